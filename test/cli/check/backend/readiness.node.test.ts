import { describe, expect, it } from 'vitest';
import { checkReadiness } from '../../../../src/cli/check/backend/readiness.js';
import { serveHttp } from '../../../serve/support.js';

const at = async (response: () => Response) => checkReadiness(new URL('/api/pay/token', await serveHttp(response)));
const plain = (status: number) => () => new Response('text\n', { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });

describe('checkReadiness', () => {
  it('reports a process that is not ready', async () => {
    const message = 'the process says that it is not ready; its `/readyz` and its log name the reason.';
    expect(await at(plain(503))).toEqual([{ level: 'wrong', check: 'ready', message }]);
  });

  it.each([
    ['a process without that address', plain(404)],
    ['a page for every address', () => new Response('<p>', { headers: { 'Content-Type': 'text/html' } })],
  ])('says nothing of %s', async (_what, response) => {
    expect(await at(response)).toEqual([]);
  });

  it('sends nothing to another machine, where a proxy is before the process', async () => {
    expect(await checkReadiness(new URL('https://shop.invalid/api/pay/token'))).toEqual([]);
  });
});
