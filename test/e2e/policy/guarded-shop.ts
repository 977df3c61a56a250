import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { html, raw } from 'hono/html';
import type { BrowserContext, Route } from 'playwright-core';
import { createBackend } from '../../../demo/backend.js';
import { endpointsOf } from '../../../demo/chosen.js';
import { bundleClassic } from '../../../demo/library.js';
import type { ProviderName } from '../../../demo/providers/index.js';
import { welcome } from '../../../demo/session.js';
import { builtInAssets } from '../../../src/providers/built-in.js';
import type { Assets } from '../../../src/providers/provider.js';
import type { StandIns } from '../../../src/testing.js';
import { providerNames } from '../../../src/testing/providers.js';

export interface GuardedPage {
  readonly provider: ProviderName;
  readonly fallback?: string;
  /** Default `sandbox`. */
  readonly environment?: 'sandbox' | 'production';
  readonly policy: string;
  /** Instead of enforcing the policy, only reports. */
  readonly reportOnly?: boolean;
  /** On our own script tag, and nowhere else. */
  readonly nonce?: string;
  /** Further HTML of the body. */
  readonly more?: string;
  readonly tokenEndpoint?: string;
  readonly loading?: 'eager' | 'manual';
  /** Tags of our script. */
  readonly copies?: number;
  /** HTML of the head, instead of our script tag. */
  readonly head?: string;
}

/** A page under a Content-Security-Policy, which loads each provider's own URLs; they are answered on this machine. */
export interface GuardedShop {
  /** The address that shows the page from now on. */
  show(this: void, page: GuardedPage): string;
  /** Answers for the providers' hosts in the windows of that context. */
  answer(this: void, context: BrowserContext): Promise<void>;
  close(this: void): void;
}

export async function openGuardedShop(): Promise<GuardedShop> {
  const [libraries, foreignLit] = await Promise.all([bundleLibraries(), bundleTestFile('e2e/policy/foreign-lit')]);
  const { app, standIns } = createBackend({ library: (name) => Promise.resolve(libraries[name]) });
  const published = readFileSync('dist/pay-checkout.min.js', 'utf8');
  const script = withHashesOf(libraries, published);
  let shown: GuardedPage | undefined;
  app.get('/guarded', (context) => {
    if (!shown) return context.notFound();
    welcome(context);
    context.header(`Content-Security-Policy${shown.reportOnly ? '-Report-Only' : ''}`, shown.policy);
    const head = shown.head && withHashesOf(libraries, shown.head).replace(hashOf(published), hashOf(script));
    return context.html(write({ ...shown, head }, hashOf(script)));
  });
  for (const [path, code] of Object.entries({ '/pay-checkout.js': script, '/foreign-lit.js': foreignLit })) {
    app.get(path, ({ body }) => body(code, 200, { 'Content-Type': 'text/javascript' }));
  }
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    show: (page) => ((shown = page), `http://127.0.0.1:${port}/guarded`),
    async answer(context) {
      await context.route(/^https:/, (route) => answer(route, standIns));
    },
    close: () => void server.close(),
  };
}

type Libraries = Readonly<Record<ProviderName, string>>;

async function bundleLibraries(): Promise<Libraries> {
  const libraries = providerNames.map(async (name) => [name, await bundleTestFile(`providers/${name}/own-host`)] as const);
  return Object.fromEntries(await Promise.all(libraries)) as Record<ProviderName, string>;
}

function bundleTestFile(path: string): Promise<string> {
  return bundleClassic(fileURLToPath(new URL(`../../${path}.ts`, import.meta.url)));
}

/** Replaces the hashes of pinned scripts by those of the stand-ins, because a browser runs a pinned script only with its hash. */
function withHashesOf(libraries: Libraries, text: string): string {
  const pinned = providerNames.flatMap((name) =>
    Object.values<Assets>(builtInAssets[name]).flatMap(({ script }) =>
      script?.integrity ? [[script.integrity, libraries[name]] as const] : [],
    ),
  );
  return pinned.reduce((changed, [integrity, library]) => changed.replace(integrity, hashOf(library)), text);
}

function hashOf(code: string): string {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

function write(
  { provider, environment = 'sandbox', nonce = '', more = '', copies = 1, loading = 'eager', head, ...page }: GuardedPage,
  integrity: string,
) {
  const { fallback = '', tokenEndpoint = `${endpointsOf(environment)}/token` } = page;
  const script = html`<script
    src="/pay-checkout.js"
    integrity="${integrity}"
    crossorigin="anonymous"
    ${raw(nonce && `nonce="${nonce}"`)}
    defer
  ></script>`;
  return html`<!doctype html>
    <html lang="es">
      <head>
        <meta charset="utf-8" />
        <title>A shop under a Content-Security-Policy</title>
        ${head ? raw(head) : Array(copies).fill(script)}
      </head>
      <body>
        <pay-checkout
          provider="${provider}"
          fallback="${fallback}"
          environment="${environment}"
          order="A-1001"
          loading="${loading}"
          token-endpoint="${tokenEndpoint}"
          outcome-endpoint="${endpointsOf(environment)}/outcome"
        ></pay-checkout>
        ${raw(more)}
      </body>
    </html>`;
}

/** What stands at the provider's own URL: a page without anything in a frame, else what the stand-in says. */
async function answer(route: Route, standIns: StandIns): Promise<void> {
  const request = route.request();
  if (request.resourceType() === 'document') return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
  const url = request.url().replace(/^https:\//, 'http://127.0.0.1/stand-in');
  const init = { method: request.method(), headers: await request.allHeaders(), body: request.postData() ?? undefined };
  const said = await standIns.handle(new Request(url, init));
  const headers = { ...Object.fromEntries(said.headers), 'access-control-allow-origin': '*' };
  return route.fulfill({ status: said.status, headers, body: await said.text() });
}
