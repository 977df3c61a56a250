import { expect } from '@open-wc/testing';
import type { Endpoint } from '../../src/endpoint/endpoint-error.js';
import { readRefusal } from '../../src/endpoint/read-refusal.js';
import { answer, endpoint, secret } from '../support/endpoint.js';

const body = { provider: 'payme', environment: 'production', order: 'A-1' };
const address = 'https://shop.example/api/pay';

function refuse(
  problem: object,
  { status = 422, to = 'token', asked = body }: { status?: number; to?: Endpoint; asked?: typeof body } = {},
) {
  return readRefusal({ to, endpoint, body: asked }, answer(problem, { status, headers: { 'Content-Type': 'application/problem+json' } }));
}

describe('readRefusal', () => {
  it('quotes the detail of a problem from our own server', async () => {
    const error = await refuse({ type: 'urn:pay-checkout:problem:request', detail: 'The body: `order` should be string.' });
    expect(error).to.include({ code: 'token', reason: 'refused', retryable: false });
    expect(error.message).to.equal(`The token endpoint ${address} answered 422: The body: \`order\` should be string.`);
  });

  it('quotes no problem of another server', async () => {
    for (const type of ['about:blank', undefined, 7]) {
      const { message } = await refuse({ type, detail: secret });
      expect(message).to.equal(`The token endpoint ${address} answered 422: see its log.`);
    }
  });

  it('names what the page asked for when the endpoint serves another environment', async () => {
    const detail = 'The body: `environment` should be sandbox, as this endpoint is set.';
    const error = await refuse({ type: 'urn:pay-checkout:problem:mismatch', detail });
    expect(error).to.include({ code: 'token', reason: 'mismatch', retryable: false });
    expect(error.message).to.equal(
      `The token endpoint ${address} answered 422: ${detail} The page asked for \`payme\` in \`production\`, the default.`,
    );
    expect(await refuse({ type: 'urn:pay-checkout:problem:mismatch', shopperMessage: 'Agotado.' })).to.include({
      shopperMessage: 'Agotado.',
    });
    const asked = { ...body, environment: 'test' };
    expect((await refuse({ type: 'urn:pay-checkout:problem:mismatch', detail }, { asked })).message).to.match(
      /asked for `payme` in `test`\.$/,
    );
  });

  it('hints at the CSRF header after 419, which Laravel returns', async () => {
    expect((await refuse({}, { status: 419 })).message).to.match(
      /answered 419: check the session cookie, `credentials` and CSRF header\.$/,
    );
  });

  it('has the code `outcome` for the outcome endpoint, also after a mismatch', async () => {
    const mismatch = { type: 'urn:pay-checkout:problem:mismatch', detail: 'Wrong.' };
    expect(await refuse(mismatch, { to: 'outcome' })).to.include({ code: 'outcome', reason: 'refused' });
    expect(await refuse({}, { to: 'outcome', status: 503 })).to.include({ code: 'outcome', reason: 'http', retryable: false });
  });

  for (const status of [422, 503]) {
    it(`passes on the sentence for the shopper from a problem with status ${status}`, async () => {
      expect(await refuse({ shopperMessage: '  Agotado.  ' }, { status })).to.have.property('shopperMessage', 'Agotado.');
      expect((await refuse({ shopperMessage: 'x'.repeat(1_000) }, { status })).shopperMessage).to.have.length(200);
      expect((await refuse({ shopperMessage: `${'x'.repeat(199)}😀 Agotado.` }, { status })).shopperMessage).to.match(/^x{199}😀$/u);
    });

    it(`has no sentence for the shopper where a problem with status ${status} has another value`, async () => {
      for (const shopperMessage of ['', ' ', 7, null, { text: 'x' }]) {
        expect(await refuse({ shopperMessage }, { status })).to.not.have.property('shopperMessage');
      }
    });
  }
});
