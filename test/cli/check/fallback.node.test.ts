import { describe, expect, it } from 'vitest';
import { builtInFolders } from '../../../src/providers/built-in.js';
import { report, serve, type Spoil } from './support.js';

const down = { type: 'urn:pay-checkout:problem:provider-down', retryable: false };
const others = builtInFolders.filter((name) => name !== 'payme');
const answer = (status: number, json: object) => Response.json(json, { status, headers: { 'Cache-Control': 'no-store' } });

/** Checks the endpoint for a page with Pay-me and this fallback, and returns the lines about it. */
async function checkFallback(
  spoil?: Spoil,
  fallback = `${others.join(' ')} payme ${others[0]}`,
): Promise<readonly [code: number, lines: string[]]> {
  const { url } = await serve(spoil);
  const args = ['--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001', '--fallback', fallback];
  const { code, text } = await report(['check', url, ...args]);
  return [code, text.split('\n').filter((line) => line.includes(' fallback: '))];
}

describe('pay-checkout check --fallback', () => {
  it('requests one token for each other provider', async () => {
    expect(await checkFallback()).toEqual([
      0,
      ['ok       fallback: it accepts `"fallback": true`.', ...others.map((name) => `ok       fallback: it issues a token for ${name}.`)],
    ]);
  });

  it('sends `"fallback": true` in one request, and only with another provider', async () => {
    const { url, asked } = await serve();
    for (const fallback of ['payroc', 'payme'])
      await report(['check', url, '--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001', '--fallback', fallback]);
    expect(asked.filter(({ body }) => 'fallback' in body).map(({ body }) => body)).toEqual([
      { provider: 'payme', environment: 'sandbox', order: 'A-1001', fallback: true },
    ]);
  });

  it('accepts the answer that the provider is down', async () => {
    const [code, [line]] = await checkFallback((good, { body }) => (body.fallback ? answer(503, down) : good));
    expect([code, line]).toEqual([0, 'ok       fallback: it accepts `"fallback": true`, and says that payme is down.']);
  });

  it('reports a provider without the environment', async () => {
    const { url } = await serve();
    const { text } = await report(['check', url, '--provider', 'izipay', '--environment', 'test', '--fallback', 'payme']);
    expect(text).toContain('wrong    fallback: payme has no test, so the element skips it.');
  });

  it('reports an endpoint that refuses the field', async () => {
    const [code, [line]] = await checkFallback((good, { body }) => (body.fallback ? answer(400, {}) : good));
    expect([code, line]).toEqual([
      1,
      expect.stringMatching(/^wrong +fallback: with `"fallback": true`, the status should be 200 or 201, but was 400/),
    ]);
  });

  it('reports a provider that the endpoint does not serve', async () => {
    const mismatch = { type: 'urn:pay-checkout:problem:mismatch' };
    const [code, lines] = await checkFallback((good, { body }) => (body.provider === 'payroc' ? answer(422, mismatch) : good), 'payroc');
    expect([code, lines[1]]).toEqual([
      1,
      expect.stringMatching(/^wrong +fallback: payroc: the status should be 200 or 201, but was 422 \(mismatch\)/),
    ]);
  });

  it('reports an answer that has no token of the other provider', async () => {
    const [code, lines] = await checkFallback((good, { body }) => (body.provider === 'payroc' ? answer(200, {}) : good), 'payroc');
    expect([code, lines[1]]).toEqual([1, expect.stringMatching(/^wrong +fallback: payroc: /)]);
  });
});
