import { expect } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { confirmOutcome, type Confirmation, type ConfirmOptions } from '../../src/endpoint/confirm-outcome.js';
import { createResult } from '../../src/state/state.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, finished, secret } from '../support/endpoint.js';

const order = { provider: 'payroc', environment: 'sandbox', order: 'A-1001' };
const result = createResult({ provider: 'payroc', reference: 'r-1', singleUseToken: secret, raw: { card: { last4: '4242' } } });

/** Milliseconds that one request may take. */
const requestLimit = 15_000;

let fetched: SinonStub;
beforeEach(() => {
  fakeClock();
  fetched = stub(window, 'fetch');
});
afterEach(() => restore());

async function confirm(overrides: Partial<ConfirmOptions> = {}): Promise<string> {
  return (await confirmation(overrides)).outcome;
}

/** What is said in the end, if only that there was no answer in time. */
function confirmation(overrides: Partial<ConfirmOptions> = {}): Promise<Confirmation> {
  const { signal } = new AbortController();
  return finished(confirmOutcome({ endpoint, order, attempt: 3, result, credentials: 'include', signal, ...overrides }), requestLimit);
}

/** Every try is answered like this. */
function answers(make: () => Response | Promise<Response>): void {
  fetched.callsFake(() => Promise.resolve(make()));
}

describe('the outcome endpoint', () => {
  it('is asked by POST for what the provider reported, with what events do not show', async () => {
    answers(() => answer({ outcome: 'paid' }));
    await confirm();
    const request = fetched.firstCall.args[0] as Request;
    expect(request).to.include({ method: 'POST', url: endpoint.href, cache: 'no-store', credentials: 'include' });
    expect(Object.fromEntries(request.headers)).to.deep.equal({ accept: 'application/json', 'content-type': 'application/json' });
    const told = { provider: 'payroc', reference: 'r-1', singleUseToken: secret, raw: { card: { last4: '4242' } } };
    expect(await request.json()).to.deep.equal({ ...order, attempt: 3, result: told });
  });

  it('is not told what there is not', async () => {
    answers(() => answer({ outcome: 'paid' }));
    await confirm({ order: { provider: 'payme', environment: 'production' }, result: createResult({ provider: 'payme', raw: null }) });
    const told = { provider: 'payme', environment: 'production', attempt: 3, result: { provider: 'payme', raw: null } };
    expect(await (fetched.firstCall.args[0] as Request).json()).to.deep.equal(told);
  });

  for (const outcome of ['paid', 'pending', 'declined']) {
    for (const status of [200, 201]) {
      it(`says ${outcome} with ${status}`, async () => {
        answers(() => answer({ outcome, id: 7 }, { status }));
        expect(await confirm()).to.equal(outcome);
        expect(fetched.callCount).to.equal(1);
      });
    }
  }

  it('is told apart from a payment that is merely pending, for whoever looks for the reason', async () => {
    answers(() => answer({ outcome: 'pending' }));
    expect(await confirmation()).to.deep.equal({ outcome: 'pending' });
    answers(() => answer(secret, { status: 404 }));
    const { error } = await confirmation();
    expect(error).to.include({ code: 'token', reason: 'refused' });
    expect(error?.message).to.contain('The outcome endpoint').and.contain('404').and.not.contain(secret);
    answers(() => answer({ outcome: secret }));
    expect((await confirmation()).error?.message)
      .to.contain('"paid" | "pending" | "declined"')
      .and.not.contain(secret);
  });

  const unusable: [string, () => Response | Promise<Response>, tries: number][] = [
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch')), 3],
    ['never answers', () => new Promise(() => {}), 3],
    ['answers 500', () => answer('', { status: 500 }), 3],
    ['answers 429', () => answer('', { status: 429 }), 3],
    ['asks for a long wait', () => answer('', { status: 429, headers: { 'Retry-After': '60' } }), 1],
    ['answers 404', () => answer('', { status: 404 }), 1],
    ['answers with HTML', () => answer('<h1>paid</h1>', { headers: { 'Content-Type': 'text/html' } }), 1],
    ['answers with nothing', () => new Response(null, { status: 204 }), 1],
    ['answers with another outcome', () => answer({ outcome: 'refunded' }), 1],
    ['answers in another shape', () => answer({ paid: true }), 1],
    ['answers null', () => answer('null'), 1],
  ];
  for (const [fact, make, tries] of unusable) {
    it(`leaves the payment pending, never failed, when it ${fact}`, async () => {
      answers(make);
      const counted: number[] = [];
      expect(await confirm({ onTry: (n) => counted.push(n) })).to.equal('pending');
      expect(fetched.callCount).to.equal(tries);
      expect(counted).to.deep.equal([1, 2, 3].slice(0, tries));
    });
  }

  it('may be reached at the third try', async () => {
    answers(() => (fetched.callCount < 3 ? answer('', { status: 502 }) : answer({ outcome: 'declined' })));
    expect(await confirm()).to.equal('declined');
  });

  it('is not asked again once nobody wants to know', async () => {
    const controller = new AbortController();
    answers(() => {
      controller.abort();
      return answer('', { status: 500 });
    });
    expect(await confirm({ signal: controller.signal })).to.equal('pending');
    expect(fetched.callCount).to.equal(1);
  });

  it('leaves the payment pending where what the provider reported cannot be written as JSON', async () => {
    expect(await confirm({ result: createResult({ provider: 'payme', raw: { amount: 10n } }) })).to.equal('pending');
  });
});
