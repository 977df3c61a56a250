import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { start, type Running } from '../../../src/cli/stand-ins/start.js';
import { builtInNames } from '../../../src/providers/built-in.js';
import { createStandIns } from '../../../src/testing.js';
import { answerWith, findFreeAddress, openShop } from '../stand-ins/support.js';

const standIns = createStandIns();
let running: Running;

beforeAll(async () => {
  running = await start({ port: 0, standIns, pageScript: '', readElement: () => Promise.resolve('') });
});

afterAll(() => running.close());

async function notify(...args: string[]) {
  const texts = { out: '', err: '' };
  const code = await run(['notify', ...args], {
    out: { write: (text) => (texts.out += text) },
    err: { write: (text) => (texts.err += text) },
  });
  return { code, ...texts };
}

describe('pay-checkout notify', () => {
  it('exits with 1 if the provider has no payment', async () => {
    const { code, out, err } = await notify('izipay', '--stand-ins', running.url);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^The stand-in of Izipay has no payment yet\. .*\n$/);
  });

  it('prints what was sent where, and exits with 0 if the endpoint took it', async () => {
    const shop = await openShop(standIns, 'payme');
    await shop.pay('A-1001');
    const { id } = standIns.payme.payments()[0]!;
    const { code, out, err } = await notify('payme', '--stand-ins', running.url);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      `Pay-me's notification about payment ${id} (order A-1001, AUTORIZADO) was sent to ${shop.notificationUrl}, which answered 200.\n`,
    );
    expect(shop.told.map(({ outcome }) => outcome)).toEqual(['paid']);
    await shop.pay('A-1002');
    await notify('payme', id, '--stand-ins', running.url);
    expect(shop.told.map(({ order }) => order.reference)).toEqual(['A-1001', 'A-1001']);
    shop.close();
  });

  it('exits with 1 if the endpoint of --to does not take it', async () => {
    const shop = await openShop(standIns, 'payme');
    await shop.pay('A-1003');
    shop.close();
    const endpoint = await answerWith(503);
    const { code, err } = await notify('payme', '--stand-ins', running.url, '--to', endpoint.url);
    expect([code, err]).toEqual([1, expect.stringMatching(/answered 503\.\n$/)]);
    endpoint.close();
  });

  it('exits with 1 and says what to do instead for a provider that sends no notifications', async () => {
    const { code, err } = await notify('payroc', '--stand-ins', running.url);
    expect([code, err]).toEqual([1, expect.stringContaining('Payroc sends no notifications.')]);
  });

  it('exits with 1 if no stand-ins run', async () => {
    const free = await findFreeAddress();
    const { code, err } = await notify('payme', '--stand-ins', free);
    expect([code, err]).toEqual([1, `No stand-ins answer on ${free}. Start them with \`npx pay-checkout stand-ins\`.\n`]);
  });

  it.each([
    [[], 'Expected `pay-checkout notify <provider> [<payment id>]`.'],
    [['payme', '1', '2'], 'Expected `pay-checkout notify <provider> [<payment id>]`.'],
    [['paypal'], `<provider> should be one of ${builtInNames.join(', ')}.`],
    [['payme', '--to', 'https://shop.example.com/'], '--to should be the URL of a server on this machine'],
    [['payme', '--stand-ins', '4010'], '--stand-ins should be the URL of a server on this machine'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, err } = await notify(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
