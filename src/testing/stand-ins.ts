import type { StandInApi } from './api.js';
import type { StandIn } from './descriptor.js';
import { listFiles, type StandInFile } from './files.js';
import { toProviderUrl } from './path.js';
import { payWithoutPage, type PaidResult, type PayOptions } from './pay.js';
import { forEachProvider, providerNames, standInProviders, type ApiOptions, type Apis, type ProviderName } from './providers.js';

/** By provider, what its API is set up with. */
export interface StandInsOptions extends ApiOptions {
  /** Where a backend has them, for `handle`. Default `/stand-in/`. */
  path?: string;
  /** The text of each library as a classic script, for a page that loads it as it loads the real one: `scripts` of `pay-checkout/testing/scripts`. */
  scripts?: { [Name in ProviderName]?: () => string | Promise<string> };
}

/** The providers' HTTP APIs, imitated in memory: no account, no network. */
export interface StandIns extends Apis {
  /**
   * Takes what `fetch` takes and leads it to the provider whose host it names: `createPayEndpoints({ fetch: standIns.fetch, … })`.
   *
   * @throws {TypeError} for any other host; nothing ever leaves the process
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /**
   * Serves them to a browser page, for development only: `https://host/path` stands at `/stand-in/host/path`, the style sheets
   * and scripts of the providers included. `GET` and `PUT /stand-in/faults` read and replace what goes wrong, as JSON by provider.
   */
  handle(this: void, request: Request): Promise<Response>;
  /**
   * Pays with a card where there is no page, as in the test of a backend: the token is spent by the requests that the provider's form makes.
   *
   * @returns the `result` for the body of the outcome endpoint; after a decline, too, which the element itself would not ask about
   * @throws {Error} where no form would open, or it would end without a payment
   */
  pay(this: void, options: PayOptions): Promise<PaidResult>;
}

/** Stand-ins of their own, that share nothing with others. */
export function createStandIns({ path = '/stand-in/', scripts = {}, ...options }: StandInsOptions = {}): StandIns {
  const apis = forEachProvider((name) => createApi(name, options)) as Apis;
  const files = new Map(providerNames.flatMap((name) => [...listFiles(standInProviders[name], scripts[name])]));
  const fetch: StandIns['fetch'] = async (input, init) => {
    const request = new Request(input, init);
    const { host } = new URL(request.url);
    const api = Object.values(apis).find(({ hosts }) => hosts.includes(host));
    if (!api) throw new TypeError(`Failed to fetch: no stand-in answers for ${host}.`);
    return api.fetch(request);
  };
  const handle: StandIns['handle'] = async (request) => {
    const url = toProviderUrl(path, request.url);
    if (url === 'https://faults') return handleFaults(request, apis);
    return (await serveFile(files, url)) ?? (await forward(request, url, fetch));
  };
  return { ...apis, fetch, handle, pay: (options) => payWithoutPage(fetch, options) };
}

function createApi(name: ProviderName, options: ApiOptions): StandInApi {
  const { createApi: create } = standInProviders[name] as StandIn<unknown, StandInApi, object>;
  return create(options[name]);
}

async function serveFile(files: ReadonlyMap<string, StandInFile>, url = ''): Promise<Response | undefined> {
  const [redactUrl = ''] = url.split('?');
  const file = files.get(redactUrl);
  return (
    file && new Response(await file.read(), { headers: { 'content-type': `${file.type};charset=utf-8`, 'cache-control': 'no-store' } })
  );
}

async function forward(request: Request, url: string | undefined, fetch: StandIns['fetch']): Promise<Response> {
  const { method, headers, signal } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : await request.text();
  try {
    return url ? await fetch(url, { method, headers, body, signal }) : new Response(null, { status: 404 });
  } catch (error) {
    // An unknown host, or a fault that breaks the connection; a server cannot break it from here.
    if (error instanceof TypeError) return new Response(null, { status: 502 });
    throw error;
  }
}

type Faulty = Readonly<Record<string, { readonly faults: object }>>;

async function handleFaults(request: Request, apis: Faulty): Promise<Response> {
  if (request.method === 'PUT') {
    const wanted = (await request.json()) as Record<string, object | undefined>;
    for (const [name, { faults }] of Object.entries(apis)) {
      for (const key of Object.keys(faults)) Reflect.deleteProperty(faults, key);
      Object.assign(faults, wanted[name]);
    }
  }
  const all = Object.entries(apis).map(([name, { faults }]) => [name, faults]);
  return Response.json(Object.fromEntries(all));
}
