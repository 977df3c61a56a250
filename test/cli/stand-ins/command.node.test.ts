import { describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { serve } from '../../../src/cli/stand-ins/command.js';
import { start } from '../../../src/cli/stand-ins/start.js';
import { createStandIns } from '../../../src/testing.js';

function terminal() {
  const texts = { out: '', err: '' };
  return {
    texts,
    out: { write: (text: string) => (texts.out += text) },
    err: { write: (text: string) => (texts.err += text) },
  };
}

const startHere = () =>
  start({ port: 0, standIns: createStandIns(), pageScript: '/* page */', readElement: () => Promise.resolve('/* element */') });

describe('pay-checkout stand-ins', () => {
  it('prints its addresses, serves until it is ended, and then exits with 0', async () => {
    const { texts, ...output } = terminal();
    let url = '';
    const code = await serve(0, output, async () => {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(texts.out)![0];
      expect(await (await fetch(`${url}/stand-ins.js`)).text()).toContain('stand-in/');
      const library = await fetch(`${url}/stand-in/flex.dev.pay-me.cloud/flex-payment-forms.min.js`);
      expect([library.status, library.headers.get('content-type')]).toEqual([200, 'text/javascript;charset=utf-8']);
    });
    expect([code, texts.err]).toEqual([0, '']);
    expect(texts.out).toContain(`<script src="${url}/stand-ins.js"></script>`);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('ends connections that a client keeps open', async () => {
    const running = await startHere();
    await (await fetch(`${running.url}/stand-ins.js`)).text();
    await running.close();
    await expect(fetch(`${running.url}/stand-ins.js`)).rejects.toThrow('fetch failed');
  });

  it('exits with 1 and names the port if it is taken', async () => {
    const running = await startHere();
    const port = Number(new URL(running.url).port);
    const { texts, ...output } = terminal();
    expect(await serve(port, output, () => Promise.reject(new Error('It serves.')))).toBe(1);
    expect(texts.err).toBe(
      `Port ${port} of 127.0.0.1 is taken. End the process that uses it, or choose another port with --port, such as ${port + 1}.\n`,
    );
    await running.close();
  });

  it.each([
    [['--port', 'many'], '--port should be a number from 0 to 65535'],
    [['--port', '65536'], '--port should be a number from 0 to 65535'],
    [['--port=-1'], '--port should be a number from 0 to 65535'],
    [['4010'], 'Expected `pay-checkout stand-ins [--port <number>]`.'],
    [['--host', '0.0.0.0'], "Unknown option '--host'"],
  ])('exits with 2 for %j', async (args, message) => {
    const { texts, ...output } = terminal();
    expect(await run(['stand-ins', ...args], output)).toBe(2);
    expect(texts.err).toContain(message);
  });
});
