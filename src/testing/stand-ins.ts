import type { StandInApi } from './api.js';
import type { StandIn } from './descriptor.js';
import { listFiles, type StandInFile } from './files.js';
import { toProviderUrl } from './path.js';
import { payWithoutPage, type PaidResult, type PayOptions } from './pay.js';
import { forEachProvider, providerNames, standInProviders, type ApiOptions, type Apis, type ProviderName } from './providers.js';

/** The options of each provider's API, by the provider's name. */
export interface StandInsOptions extends ApiOptions {
  /** The path that `handle` serves. Default `/stand-in/`. */
  path?: string;
  /** The text of each library as a classic script, for pages that load it like the real one: `scripts` of `pay-checkout/testing/scripts`. */
  scripts?: { [Name in ProviderName]?: () => string | Promise<string> };
}

/** In-memory imitations of the providers' HTTP APIs. They need no account and no network. */
export interface StandIns extends Apis {
  /**
   * Answers a request as the provider of its host does: `createPayEndpoints({ fetch: standIns.fetch, … })`. The parameters are
   * those of the global `fetch`.
   *
   * @throws {TypeError} for any other host; no request leaves the process
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /**
   * Serves the APIs to a browser page, for development only. `https://host/path` is at `/stand-in/host/path`, including the
   * providers' style sheets and scripts. `GET` and `PUT /stand-in/faults` read and replace the faults, as JSON by provider.
   */
  handle(this: void, request: Request): Promise<Response>;
  /**
   * Pays with a card without a page, as in a test of a backend. It spends the token with the requests that the provider's form sends.
   *
   * @returns the `result` for the body of the outcome request; also after a decline, for which the element sends no request
   * @throws {Error} if no form would open, or it would end without a payment
   */
  pay(this: void, options: PayOptions): Promise<PaidResult>;
}

/** Creates stand-ins that share no state with any others. */
export function createStandIns({ path = '/stand-in/', scripts = {}, ...options }: StandInsOptions = {}): StandIns {
  const apis = forEachProvider((name) => createApi(name, options)) as Apis;
  const files = new Map(providerNames.flatMap((name) => [...listFiles(name, scripts[name])]));
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
    // An unknown host, or the fault `drop`. This function cannot break the connection to the browser, so it answers 502.
    if (error instanceof TypeError) return new Response(null, { status: 502 });
    throw error;
  }
}

async function handleFaults(request: Request, apis: Readonly<Record<string, { readonly faults: object }>>): Promise<Response> {
  if (request.method === 'PUT') {
    const newFaults = (await request.json()) as Record<string, object | undefined>;
    for (const [name, { faults }] of Object.entries(apis)) {
      for (const key of Object.keys(faults)) Reflect.deleteProperty(faults, key);
      Object.assign(faults, newFaults[name]);
    }
  }
  const all = Object.entries(apis).map(([name, { faults }]) => [name, faults]);
  return Response.json(Object.fromEntries(all));
}
