import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEndpoints, createOutcomeBody, createRequest, createSale, fakePayroc, session, tokenBody } from './fake-payroc.js';
import { stopClock } from './shop.js';

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Reply = () => Response;

const failed: Reply = () => new Response(null, { status: 503 });
/** Every kind of reply that ends a call in another way. `undefined` is the documented one. */
const kinds: (Reply | undefined)[] = [
  undefined,
  failed,
  () => new Response(null, { status: 401 }),
  () => new Response('{"data": ['),
  () => Response.json({ data: [createSale({ result: { status: 'declined', responseCode: 'D' } })] }),
];

/** Requests one outcome with these replies and then 503, and returns how many calls Payroc received for the form and for the outcome. */
async function countCalls(replies: readonly (Reply | undefined)[], hasForm: boolean): Promise<{ calls: number; methods: string }> {
  const upstream = fakePayroc({ 'hosted-fields-sessions': [session] });
  const scripted = { isOn: false, n: 0, methods: '' };
  const fetch = (url: string, init: RequestInit) => {
    if (!scripted.isOn) return upstream.fetch(url, init);
    scripted.methods += url.endsWith('/authorize') ? 'a' : init.method === 'GET' ? 'g' : 'p';
    const reply = scripted.n < replies.length ? replies[scripted.n] : failed;
    scripted.n += 1;
    return reply ? Promise.resolve(reply()) : upstream.fetch(url, init);
  };
  const pay = createEndpoints(upstream, {}, { fetch });
  if (hasForm) await pay.token(createRequest(tokenBody));
  scripted.isOn = true;
  await pay.outcome(createRequest(createOutcomeBody()));
  return { calls: scripted.n, methods: scripted.methods };
}

async function explore(hasForm: boolean, replies: (Reply | undefined)[], seen: Set<string>): Promise<void> {
  const { calls, methods } = await countCalls(replies, hasForm);
  seen.add(methods);
  for (let length = replies.length; length < calls; length += 1) {
    const before = [...replies, ...Array<Reply>(length - replies.length).fill(failed)];
    for (const kind of kinds.filter((one) => one !== failed)) await explore(hasForm, [...before, kind], seen);
  }
}

describe('one request for the outcome of a first sale', () => {
  it.each([
    ['without a bearer in the cache', false, 5],
    // If Payroc rejects that bearer for the sale, the list is requested again with the next one.
    ['with a bearer in the cache', true, 6],
  ])('makes few calls %s, whatever Payroc responds', async (_, hasForm, maxCalls) => {
    const seen = new Set<string>();
    await explore(hasForm, [], seen);
    expect(Math.max(...[...seen].map((methods) => methods.length))).toBe(maxCalls);
    // The request has one retry. The list of the day and the look-up of this sale are two calls.
    for (const methods of seen) expect(methods).toMatch(/^(?!.*a.*a.*a)(?!.*p.*p.*p)(?!.*g.*g.*g.*g)/);
  });
});
