import { izipayCards, paymeCards, payrocCards, type PayOptions, type StandIns } from '../../src/testing.js';
import { isSigned, orders, type Shop, type ShopCall } from './support.js';

type Provider = PayOptions['provider'];

/** One shopper's payment of an order of its own. */
export interface Shopper {
  readonly provider: Provider;
  readonly order: string;
}

const cards: Readonly<Record<Provider, string>> = {
  payme: paymeCards.approved,
  izipay: izipayCards.approved,
  payroc: payrocCards.approved,
};
const providers = Object.keys(cards) as Provider[];

/** Creates shoppers of every provider. Payroc takes dollars, and the other providers soles. */
export function createShoppers(count: number): Shopper[] {
  return Array.from({ length: count }, (_, index) => {
    const provider = providers[index % providers.length]!;
    return { provider, order: `${provider === 'payroc' ? 'U' : 'A'}-${2000 + index}` };
  });
}

/** Lets the shop know every order, under the number that the page names. */
export function acceptEveryOrder(call: ShopCall): Response | undefined {
  if (call.path !== '/order' || !isSigned(call)) return undefined;
  const reference = String(call.body.order ?? call.body.reference);
  const known = orders[reference.startsWith('U') ? 'U-1001' : 'A-1001'];
  return Response.json({ ...known, reference });
}

/** Posts JSON as the page of a shopper does. */
export function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: 'visitor=ana', 'X-Forwarded-For': '203.0.113.7', ...headers },
    body: JSON.stringify(body),
  });
}

/** Requests a token, and pays with it. Returns the body of the page's outcome request. */
export async function payAt(send: (path: string, body: object) => Promise<Response>, standIns: StandIns, { provider, order }: Shopper) {
  const target = { provider, environment: 'sandbox', order };
  const answer: unknown = await (await send('/api/pay/token', target)).json();
  const result = await standIns.pay({ provider, answer, card: cards[provider] });
  return { ...target, attempt: 1, result };
}

/** How often a request is sent. The page gives up after 3 tries, but a busy machine must not fail a test. */
const tries = 6;

/**
 * Creates a function that posts as the page does: it repeats a request that failed. The next try reaches the next process, as behind a
 * proxy.
 *
 * @param first the index of the process that receives the first try
 * @param onLost receives the `User-Agent` of a try whose connection broke
 * @throws {Error} with the failure of every try
 */
export function createSender(urls: readonly string[], first: number, onLost: (agent: string) => void = () => {}) {
  return async (path: string, body: object): Promise<Response> => {
    const failures: string[] = [];
    for (let n = 0; n < tries; n++) {
      const url = urls[(first + n) % urls.length]!;
      const agent = `page/${crypto.randomUUID()}`;
      const response = await post(`${url}${path}`, body, { 'User-Agent': agent }).catch((error: Error) => {
        onLost(agent);
        failures.push(String(error.cause));
      });
      if (response && response.status < 500) return response;
      if (response) failures.push(`${path} returned ${response.status}: ${await response.text()}`);
    }
    throw new Error(failures.join('\n'));
  };
}

/** Pays every order, each first at the next process. Returns what the pages hear. */
export function payAll(
  shoppers: readonly Shopper[],
  urls: readonly string[],
  standIns: StandIns,
  onLost?: (agent: string) => void,
): Promise<unknown[]> {
  return Promise.all(
    shoppers.map(async (shopper, index) => {
      const send = createSender(urls, index % urls.length, onLost);
      const response = await send('/api/pay/outcome', await payAt(send, standIns, shopper));
      return response.json() as Promise<unknown>;
    }),
  );
}

/** Lists the orders that the shop has received as paid, once each. */
export function listPaidOrders(shop: Shop): string[] {
  const paid = shop.outcomes().filter(({ outcome }) => outcome === 'paid');
  return [...new Set(paid.map(({ payment }) => (payment as { order: string }).order))].sort();
}

/** Returns the different payments that the shop has received as paid: as many as orders, unless one was paid twice. */
export function listPaymentIds(shop: Shop): string[] {
  return [
    ...new Set(
      shop.outcomes().map(({ payment }) => JSON.stringify([(payment as { order: string }).order, (payment as { id?: string }).id])),
    ),
  ];
}

/** Counts the sales that Payroc's stand-in has made. With Payroc, the backend makes the sale. */
export async function countPayrocSales(standIns: StandIns): Promise<number> {
  const grant = await standIns.fetch('https://identity.uat.payroc.com/authorize', {
    method: 'POST',
    headers: { 'x-api-key': 'your_api_key' },
  });
  const { access_token } = (await grant.json()) as { access_token: string };
  const list = await standIns.fetch('https://api.uat.payroc.com/v1/payments?processingTerminalId=1234001&limit=1000', {
    headers: { Authorization: `Bearer ${access_token}` },
  });
  return ((await list.json()) as { count: number }).count;
}
