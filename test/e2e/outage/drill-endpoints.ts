import { Hono } from 'hono';
import { providers, type ProviderName } from '../../../demo/providers/index.js';
import { createPayEndpoints, type PayEndpoints } from '../../../src/server.js';
import type { StandIns } from '../../../src/testing.js';
import { buyer } from '../../server/fake-payme.js';
import { deferred } from '../../support/deferred.js';
import type { Drill } from './drill.js';

interface DrillEndpoints {
  readonly app: Hono;
  /** The providers for which a token was requested, in order. */
  readonly tokenRequests: string[];
  /** Resolves when the page requests its first token. */
  readonly firstRequest: Promise<void>;
}

/** Outages in a row that open the server's breaker. */
const outagesToOpen = 3;

/** Creates the merchant's two endpoints, whose upstreams fail as the drill says. */
export async function openDrillEndpoints(drill: Drill, standIns: StandIns): Promise<DrillEndpoints> {
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: Object.fromEntries([drill.provider, drill.fallback].map((name) => [name, providers[name].create(providers[name].sample)])),
    order: ({ provider }) => ({ reference: 'A-1001', amount: 1050, currency: providers[provider as ProviderName].currency, buyer }),
    fetch: (url, init) => (isDown(drill, standIns, url) ? Promise.resolve(new Response(null, { status: 503 })) : standIns.fetch(url, init)),
  });
  for (const name of [drill.provider, drill.fallback]) if (drill.outages?.[name] === 'breaker-open') await openBreaker(pay, name);
  const tokenRequests: string[] = [];
  const first = deferred<void>();
  const app = new Hono();
  app.post('/token', async ({ req }) => {
    const { provider } = (await req.raw.clone().json()) as { provider: ProviderName };
    tokenRequests.push(provider);
    first.resolve();
    const response = await pay.token(req.raw);
    return drill.outages?.[provider] === 'dead-tokens' ? expireToken(response) : response;
  });
  app.post('/outcome', ({ req }) => (drill.isOutcomeDown ? new Response(null, { status: 503 }) : pay.outcome(req.raw)));
  return { app, tokenRequests, firstRequest: first.promise };
}

function isDown({ outages }: Drill, standIns: StandIns, url: string): boolean {
  const name = (Object.keys(outages ?? {}) as ProviderName[]).find((one) => standIns[one].hosts.includes(new URL(url).host));
  return name !== undefined && ['api-5xx', 'breaker-open'].includes(outages?.[name] ?? '');
}

/** Requests tokens until the endpoint counts the provider as down, as other shoppers' pages would. */
async function openBreaker(pay: PayEndpoints, provider: ProviderName): Promise<void> {
  const body = JSON.stringify({ provider, environment: 'sandbox', order: 'A-1001' });
  const request = () => new Request('http://127.0.0.1/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  await Promise.all(Array.from({ length: outagesToOpen }, () => pay.token(request())));
}

/** Returns the token as an endpoint does that caches it for too long. */
async function expireToken(response: Response): Promise<Response> {
  return Response.json({ ...((await response.json()) as object), expiresIn: 0 });
}
