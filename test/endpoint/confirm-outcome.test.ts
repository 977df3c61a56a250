import { expect } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { confirmOutcome, type Confirmation, type ConfirmOptions } from '../../src/endpoint/confirm-outcome.js';
import { createResult } from '../../src/state/state.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, finished, readRequest, secret } from '../support/endpoint.js';

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

async function requestOutcome(overrides: Partial<ConfirmOptions> = {}): Promise<string> {
  return (await confirm(overrides)).outcome;
}

/** Confirms the payment, and lets the clock go on until there is a result. */
function confirm(overrides: Partial<ConfirmOptions> = {}): Promise<Confirmation> {
  const { signal } = new AbortController();
  return finished(confirmOutcome({ endpoint, order, attempt: 3, result, credentials: 'include', signal, ...overrides }), requestLimit);
}

/** Responds to every try. */
function respond(createResponse: () => Response | Promise<Response>): void {
  fetched.callsFake(() => Promise.resolve(createResponse()));
}

describe('confirmOutcome', () => {
  it('posts what the provider reported, including what events omit', async () => {
    respond(() => answer({ outcome: 'paid' }));
    await requestOutcome();
    const request = readRequest(fetched);
    expect(request).to.include({ method: 'POST', url: endpoint.href, cache: 'no-store', credentials: 'include' });
    expect(Object.fromEntries(request.headers)).to.deep.equal({ accept: 'application/json', 'content-type': 'application/json' });
    const reported = { provider: 'payroc', reference: 'r-1', singleUseToken: secret, raw: { card: { last4: '4242' } } };
    expect(await request.json()).to.deep.equal({ ...order, attempt: 3, result: reported });
  });

  it('sends the request by the function of the page, with the order, the attempt and a signal', async () => {
    const requestOutcome = stub().resolves({ outcome: 'paid' });
    const { signal } = new AbortController();
    expect(await confirm({ requestOutcome, signal })).to.include({ outcome: 'paid' });
    const [request, context] = requestOutcome.firstCall.args as [Request, object];
    expect(request).to.include({ method: 'POST', url: endpoint.href });
    expect(context)
      .to.include({ ...order, attempt: 3 })
      .and.have.property('signal')
      .that.is.instanceOf(AbortSignal);
    expect(fetched.called).to.equal(false);
  });

  it('names the function of the page that threw', async () => {
    const requestOutcome = stub().rejects(new TypeError(secret));
    const { error } = await confirm({ requestOutcome });
    expect(error).to.include({ code: 'outcome', reason: 'unreachable' });
    expect(error?.message).to.contain('`requestOutcome` threw: TypeError').and.not.contain(secret);
  });

  it('returns an error, and sends nothing, for a report that has no JSON', async () => {
    const cycle: Record<string, unknown> = { secret };
    cycle.self = cycle;
    const { outcome, error } = await confirm({ result: createResult({ provider: 'mypay', raw: cycle }) });
    expect([outcome, error?.code, error?.reason, fetched.called]).to.deep.equal(['pending', 'outcome', 'shape', false]);
    expect(error?.message).to.contain('TypeError').and.not.contain(secret);
  });

  it('omits what is missing', async () => {
    respond(() => answer({ outcome: 'paid' }));
    await requestOutcome({
      order: { provider: 'payme', environment: 'production' },
      result: createResult({ provider: 'payme', raw: null }),
    });
    const reported = { provider: 'payme', environment: 'production', attempt: 3, result: { provider: 'payme', raw: null } };
    expect(await readRequest(fetched).json()).to.deep.equal(reported);
  });

  for (const outcome of ['paid', 'authorized', 'saved', 'pending', 'declined']) {
    for (const status of [200, 201]) {
      it(`returns ${outcome} from a response with status ${status}`, async () => {
        respond(() => answer({ outcome, id: 7 }, { status }));
        expect(await requestOutcome()).to.equal(outcome);
        expect(fetched.callCount).to.equal(1);
      });
    }
  }

  it('returns an error with `pending` only if there was no usable response', async () => {
    respond(() => answer({ outcome: 'pending' }));
    expect(await confirm()).to.deep.equal({ outcome: 'pending' });
    respond(() => answer(secret, { status: 404 }));
    const { error } = await confirm();
    expect(error).to.include({ code: 'outcome', reason: 'refused' });
    expect(error?.message).to.contain('The outcome endpoint').and.contain('404').and.not.contain(secret);
    respond(() => answer({ outcome: secret }));
    const expected = '`outcome` should be paid, authorized, saved, pending or declined, but was a different string.';
    expect((await confirm()).error).to.include({
      ...{ code: 'outcome', reason: 'shape', message: `The outcome endpoint's answer: ${expected}` },
    });
  });

  it('returns frozen instructions', async () => {
    const instructions = { cip: '123456', cipUrl: 'https://cip.example/123456', expiresAt: '2026-05-04T12:00:00-05:00' };
    respond(() => answer({ outcome: 'pending', instructions }));
    const confirmation = await confirm();
    expect(confirmation).to.deep.equal({ outcome: 'pending', instructions });
    expect(confirmation.instructions).to.be.frozen;
  });

  it('drops each instruction that is not a string', async () => {
    respond(() =>
      answer({ outcome: 'pending', instructions: { cip: 123456, cipUrl: null, qrImage: {}, continueUrl: 'https://cip.example' } }),
    );
    expect(await confirm()).to.deep.equal({ outcome: 'pending', instructions: { continueUrl: 'https://cip.example' } });
  });

  for (const instructions of ['pay', ['pay'], 7, null, {}, { cip: 7 }]) {
    it(`ignores the instructions ${JSON.stringify(instructions)}, and returns the outcome without an error`, async () => {
      for (const outcome of ['paid', 'pending']) {
        respond(() => answer({ outcome, instructions }));
        expect(await confirm()).to.deep.equal({ outcome });
      }
    });
  }

  it('returns the reason `returned`, and ignores every other reason', async () => {
    respond(() => answer({ outcome: 'declined', reason: 'returned' }));
    expect(await confirm()).to.deep.equal({ outcome: 'declined', reason: 'returned' });
    for (const reason of [secret, 'refunded', 7, null, ['returned']]) {
      respond(() => answer({ outcome: 'declined', reason }));
      expect(await confirm()).to.deep.equal({ outcome: 'declined' });
    }
  });

  const unusable: [string, () => Response | Promise<Response>, tries: number][] = [
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch')), 3],
    ['never responds', () => new Promise(() => {}), 3],
    ['responds with 500', () => answer('', { status: 500 }), 3],
    ['responds with 429', () => answer('', { status: 429 }), 3],
    ['requests a long wait', () => answer('', { status: 429, headers: { 'Retry-After': '60' } }), 1],
    ['responds with 404', () => answer('', { status: 404 }), 1],
    ['responds with HTML', () => answer('<h1>paid</h1>', { headers: { 'Content-Type': 'text/html' } }), 1],
    ['responds with an empty body', () => new Response(null, { status: 204 }), 1],
    ['responds with an unknown outcome', () => answer({ outcome: 'refunded' }), 1],
    ['responds with an outcome in capitals', () => answer({ outcome: 'PAID' }), 1],
    ['responds with a list of outcomes', () => answer({ outcome: ['paid'] }), 1],
    ['responds in another shape', () => answer({ paid: true }), 1],
    ['responds with null', () => answer('null'), 1],
  ];
  for (const [failure, createResponse, tries] of unusable) {
    it(`returns pending when the endpoint ${failure}`, async () => {
      respond(createResponse);
      const reportedTries: number[] = [];
      expect(await requestOutcome({ onTry: (n) => reportedTries.push(n) })).to.equal('pending');
      expect(fetched.callCount).to.equal(tries);
      expect(reportedTries).to.deep.equal([1, 2, 3].slice(0, tries));
    });
  }

  it('returns the outcome from the third try', async () => {
    respond(() => (fetched.callCount < 3 ? answer('', { status: 502 }) : answer({ outcome: 'declined' })));
    expect(await requestOutcome()).to.equal('declined');
  });

  it('stops retrying after an abort', async () => {
    const controller = new AbortController();
    respond(() => {
      controller.abort();
      return answer('', { status: 500 });
    });
    expect(await requestOutcome({ signal: controller.signal })).to.equal('pending');
    expect(fetched.callCount).to.equal(1);
  });

  it('returns pending when the reported result cannot be written as JSON', async () => {
    expect(await requestOutcome({ result: createResult({ provider: 'payme', raw: { amount: 10n } }) })).to.equal('pending');
  });
});
