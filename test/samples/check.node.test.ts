import { describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { atEnd, serveStandIns } from '../serve/support.js';
import { itIf } from '../support/interpreter.js';
import { backendSecret, runShop } from './run-shop.js';
import { samples } from './samples.js';
import { readServeConfig, startServe } from './start-serve.js';
import { Visitor } from './visitor.js';

describe.each(samples)('pay-checkout check --backend of samples/$name', (sample) => {
  itIf(sample.isInstalled, sample.needs)('finds nothing wrong', async () => {
    const shop = await runShop(sample);
    atEnd(() => shop.stop());
    const serve = await startServe(sample, shop, await serveStandIns());
    atEnd(() => serve.close());
    const visitor = new Visitor(shop.url);
    const order = await visitor.order('payme');
    vi.stubEnv('PAY_BACKEND_SECRET', backendSecret);
    let text = '';
    const out = { isTTY: false, write: (line: string) => (text += line) };
    const backend = ['--backend', `${shop.url}/pay/order`, '--outcome-backend', `${shop.url}/pay/outcome`];
    const args = ['check', `${serve.url}/api/pay/token`, '--provider', 'payme', '--order', order, '--header', `Cookie: ${visitor.cookies}`];
    const code = await run([...args, ...backend], { out, err: out });
    vi.unstubAllEnvs();
    expect(text.split('\n').filter((line) => line.startsWith('wrong'))).toEqual([]);
    expect(text).toContain('backend other visitor');
    expect(code).toBe(0);
  });
});

describe.each(samples)('the .env.example of samples/$name', (sample) => {
  it('starts serve without a warning', async () => {
    const { warnings } = await readServeConfig(sample, { url: 'http://127.0.0.1:8000' }, await serveStandIns());
    expect(warnings).toEqual([]);
  });
});
