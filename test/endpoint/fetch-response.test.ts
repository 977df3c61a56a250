import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { fetchResponse } from '../../src/endpoint/fetch-response.js';
import { answer } from '../support/endpoint.js';

const options = { signal: new AbortController().signal };
/** A file of the test server, which the platform's `fetch` finds. */
const url = `${location.origin}/package.json`;

describe('fetchResponse', () => {
  afterEach(() => restore());

  it("uses the page's fetch at the time of the call", async () => {
    const wrapped = stub(window, 'fetch').resolves(answer({}));
    await fetchResponse(url, options);
    expect(wrapped.args).to.deep.equal([[url, options]]);
  });

  it('passes on the error of a request that failed, and sends no other request', async () => {
    const wrapped = stub(window, 'fetch').rejects(new TypeError('Failed to fetch'));
    const error = await fetchResponse(url, options).catch((error: unknown) => error);
    expect(error).to.include({ message: 'Failed to fetch' });
    expect(wrapped.callCount).to.equal(1);
  });

  for (const [what, fetch] of [
    ['returns nothing', () => undefined],
    ['resolves with something else', () => Promise.resolve('<html>')],
    [
      'throws',
      () => {
        throw new TypeError('url.append is not a function');
      },
    ],
    ['is no function', undefined],
  ] as const) {
    it(`sends the request by the platform's fetch when the page's ${what}`, async () => {
      stub(window, 'fetch').value(fetch);
      const response = await fetchResponse(url, options);
      expect(await response.json()).to.include({ name: 'pay-checkout' });
    });
  }
});
