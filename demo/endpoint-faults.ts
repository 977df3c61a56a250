import type { Context, MiddlewareHandler } from 'hono';
import { builtInAssets } from '../src/providers/built-in.js';
import type { Assets } from '../src/providers/provider.js';
import { delay } from '../src/testing/faults.js';
import type { ProviderName } from '../src/testing/providers.js';
import type { CurrentFault } from './faults/current-fault.js';
import type { EndpointFault } from './faults/fault.js';

/** Milliseconds. */
const lateness = 4_000;

/** Seconds. */
const shortLife = 20;

/** Simulates the current fault of the token endpoint. */
export function breakToken(fault: CurrentFault): MiddlewareHandler {
  return async (context, next) => {
    const provider = await readProvider(context);
    const { token } = fault.of((broken) => broken === (provider ?? broken));
    const instead = await insteadOf(token, context);
    if (instead) return instead;
    await next();
    if (token === 'stale') await shorten(context, 0);
    if (token === 'short') await shorten(context, shortLife);
  };
}

/** Simulates a failed download of the stand-ins' libraries. */
export function breakScript(fault: CurrentFault): MiddlewareHandler {
  return async ({ req }, next) => {
    const { script } = fault.of((broken) => scriptHostsOf(broken).some((host) => req.path.includes(`/${host}/`)));
    if (script && req.path.endsWith('.js')) return new Response(null, { status: script });
    await next();
  };
}

/** Reads which provider the element requests a token of. */
async function readProvider({ req }: Context): Promise<unknown> {
  const body: unknown = await req.raw
    .clone()
    .json()
    .catch(() => undefined);
  return (Object(body) as { provider?: unknown }).provider;
}

function scriptHostsOf(provider: ProviderName): string[] {
  return Object.values<Assets>(builtInAssets[provider]).flatMap(({ script }) => (script ? [new URL(script.url).host] : []));
}

async function insteadOf(fault: EndpointFault | undefined, { req }: Context): Promise<Response | undefined> {
  if (typeof fault === 'number') return new Response(null, { status: fault });
  if (fault === 'html') return new Response('<!doctype html><title>Inicia sesión</title>', { headers: { 'Content-Type': 'text/html' } });
  const wait = { late: lateness, hang: Infinity, stale: 0, short: 0 }[fault ?? 'stale'];
  // The wait ends when the client disconnects or the server stops.
  if (wait) await delay(wait, req.raw.signal).catch(() => {});
  return undefined;
}

/** Shortens the token's life, like an endpoint that returns cached tokens. */
async function shorten(context: Context, expiresIn: number): Promise<void> {
  const answer = (await context.res.json()) as object;
  context.res = Response.json({ ...answer, expiresIn });
}
