import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers, type SinonStub } from 'sinon';
import type { RequestContext } from '../../src/endpoint/send-request.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, failure, finished, readRequest, secret } from '../support/endpoint.js';
import { body, requestAndRead } from './request-and-read.js';

let clock: SinonFakeTimers;
let fetched: SinonStub;
beforeEach(() => {
  clock = fakeClock();
  fetched = stub(window, 'fetch');
});
afterEach(() => restore());

describe('requestToken', () => {
  for (const credentials of ['omit', 'same-origin', 'include'] as const) {
    it(`posts the request with credentials ${credentials}, and without a cache`, async () => {
      fetched.callsFake(() => Promise.resolve(answer({ token: secret })));
      await requestAndRead({ credentials });
      expect(fetched.callCount).to.equal(1);
      const request = readRequest(fetched);
      expect(request).to.include({ method: 'POST', url: endpoint.href, cache: 'no-store', credentials });
      expect(Object.fromEntries(request.headers)).to.deep.equal({ accept: 'application/json', 'content-type': 'application/json' });
      expect(await request.json()).to.deep.equal(body);
    });
  }

  it('omits a missing order', async () => {
    let sent: unknown;
    await requestAndRead({
      body: { provider: 'made-up', environment: 'sandbox' },
      requestToken: async (request) => ((sent = await request.json()), { token: secret }),
    });
    expect(sent).to.deep.equal({ provider: 'made-up', environment: 'sandbox' });
  });

  it("passes the request and its context to the merchant's function instead", async () => {
    let received: [Request, RequestContext] | undefined;
    await requestAndRead({ requestToken: (...args) => ((received = args), Promise.resolve({ token: secret })) });
    const [request, context] = received!;
    expect(request).to.be.an.instanceof(Request).and.include({ method: 'POST', url: endpoint.href });
    expect(context).to.deep.equal({ ...body, attempt: 2, signal: request.signal });
    expect(fetched.called).to.be.false;
  });

  it("creates a request for each try of the merchant's function, and aborts it after 15 s", async () => {
    const requests: Request[] = [];
    const signals: AbortSignal[] = [];
    const tries: number[] = [];
    const hanging = (request: Request, { signal }: RequestContext) => {
      requests.push(request);
      signals.push(signal);
      return new Promise<Response>(() => {});
    };
    const failing = failure(requestAndRead({ requestToken: hanging, onTry: (n) => tries.push(n) }));
    await clock.tickAsync(3 * 16_000);
    const error = await failing;
    expect(error).to.include({ code: 'endpoint', reason: 'timeout' });
    expect(new Set(requests).size).to.equal(3);
    expect(signals.every(({ aborted }) => aborted)).to.be.true;
    expect(tries).to.deep.equal([1, 2, 3]);
  });

  for (const [failing, requestToken] of [
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    ['rejects', () => Promise.reject(new Error(secret))],
  ] as const) {
    it(`fails with reason \`unreachable\` when the merchant's function ${failing}`, async () => {
      const error = await failure(finished(requestAndRead({ requestToken })));
      expect(error).to.include({ code: 'endpoint', reason: 'unreachable', retryable: true });
      expect(error.cause).to.equal(undefined);
    });
  }
});
