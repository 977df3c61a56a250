import { providers } from '../../demo/providers/index.js';
import { createPayEndpoints, type Payment, type PaymentOutcome } from '../../src/server.js';
import type { OutcomeAnswer } from '../../src/shared/endpoint-contract.js';
import { slowCardDelay } from '../../src/testing/cards.js';
import { standInProviders, type ProviderName } from '../../src/testing/providers.js';
import { createStandIns } from '../../src/testing/stand-ins.js';
import { order } from '../support/shop.js';

/** What becomes of a payment with a card. */
export interface PlayedCard {
  /** The state of the element after the shopper has paid. */
  readonly state: string;
  /** What `onOutcome` receives because of the page's report; nothing if the element does not call the outcome endpoint. */
  readonly reported?: string;
  /** What `onOutcome` receives later, from a notification, or from `pay.settle()` if the provider sends none. */
  readonly later?: string;
}

/** Milliseconds until the notification. All pending payments of the stand-ins are decided by then. */
const laterBy = 300_000;

/** By the answer of the outcome endpoint, the state that follows. */
const states: Readonly<Record<string, string>> = { paid: 'succeeded', pending: 'pending', declined: 'failed' };

/** Pays with a card on the stand-ins, and reports it to a backend as the element does. */
export async function playCard(name: ProviderName, card: string): Promise<PlayedCard> {
  const shop = await openShop(name);
  const { token, config = {} } = (await shop.requestToken()) as { token: string; config?: Record<string, unknown> };
  const { outcome } = await skipSlowness(() => standInProviders[name].pay({ fetch: shop.fetch, token, config, card }));
  if (!('raw' in outcome)) return { state: outcome.status, later: await shop.learnLater() };
  const { status: _, ...result } = outcome;
  const answer = await skipSlowness(() => shop.confirm({ provider: name, ...result }));
  return { state: states[answer.outcome] ?? answer.outcome, reported: shop.takeReport(), later: await shop.learnLater() };
}

/** Opens a backend with one provider. */
async function openShop(name: ProviderName) {
  let age = 0;
  const clock = { now: () => Date.now() + age };
  const { [name]: api, fetch } = createStandIns({ [name]: clock });
  const notifies = 'notification' in api;
  const url = 'https://shop.example.com/notification';
  const keys = 'notificationKey' in api && { notificationKey: await api.notificationKey() };
  const { create, sample } = providers[name];
  const outcomes: PaymentOutcome[] = [];
  let payment: Payment | undefined;
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { [name]: create({ ...sample, ...keys, ...(notifies && { notificationUrl: url }) }) },
    order: () => order,
    orderByReference: () => order,
    onToken: (issued) => void (payment = issued.payment),
    onOutcome: (outcome) => void outcomes.push(outcome),
    fetch,
  });
  const body = { provider: name, environment: 'sandbox', order: order.reference };
  const takeReport = () => describe(outcomes.splice(0).at(-1));
  return {
    fetch,
    requestToken: () => post(pay.token, body),
    confirm: (result: object) => post(pay.outcome, { ...body, attempt: 1, result }) as Promise<OutcomeAnswer>,
    takeReport,
    async learnLater() {
      age = laterBy;
      // Payroc's stand-in decides a payment only after it has listed it once, as it does for a payment without the provider's id.
      for (let times = 0; !notifies && times < 2; times++) await pay.settle(payment!);
      if (notifies) await notify();
      return takeReport();
    },
  };

  async function notify(): Promise<void> {
    const { id = payment!.orderId } = payment!;
    const create = async () => api.notification?.(String(id), url);
    // A payment without a result has no notification.
    const request = await create().catch(() => undefined);
    if (request) await pay.notifications[name]!(request);
  }
}

async function post(endpoint: (request: Request) => Promise<Response>, body: object): Promise<object> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await endpoint(new Request('https://shop.example.com/', { method: 'POST', headers, body: JSON.stringify(body) }));
  return (await response.json()) as object;
}

function describe(outcome: PaymentOutcome | undefined): string | undefined {
  return outcome && [outcome.outcome, outcome.reason].filter(Boolean).join(' / ');
}

/** Runs the work without the seconds that the slow card takes. */
async function skipSlowness<T>(work: () => Promise<T>): Promise<T> {
  const { setTimeout } = globalThis;
  const skip = (callback: () => void, ms?: number) => setTimeout(callback, ms === slowCardDelay ? 0 : ms);
  globalThis.setTimeout = skip as typeof setTimeout;
  try {
    return await work();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}
