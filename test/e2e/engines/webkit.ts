import { startWebKit } from '../../../scripts/webkit.mjs';
import { openProxy, type Proxy } from './proxy.js';
import type { Key, Started, Tab, Visit } from './tab.js';

type Call = Awaited<ReturnType<typeof startWebKit>>['call'];

/** As W3C WebDriver writes them. */
const keys: Record<Key, string> = { Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C' };

export async function startWebKitGTK(): Promise<Started> {
  const proxy = await openProxy();
  // WebDriver's own `proxy` would speak TLS with the proxy itself, for what is asked for by https.
  const args = ['--automation', `--proxy=http://${proxy.address}`];
  const { version, call, close } = await startWebKit({ 'webkitgtk:browserOptions': { args } });
  return {
    version,
    open: () => open(call, proxy),
    async close() {
      await close();
      proxy.close();
    },
  };
}

/** There is one window: each visit leaves it as it was. */
async function open(call: Call, proxy: Proxy): Promise<Visit> {
  const before = (await call('GET', '/window/rect')) as object;
  const notes = { requests: [], abroad: [], errors: [] };
  proxy.notes = notes;
  return {
    ...notes,
    page: new WebKitTab(call),
    resize: async (width, height) => void (await call('POST', '/window/rect', { width, height })),
    async close() {
      await call('DELETE', '/cookie');
      await call('POST', '/url', { url: 'about:blank' });
      await call('POST', '/window/rect', before);
    },
  };
}

class WebKitTab implements Tab {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  async goto(url: string): Promise<void> {
    await this.#call('POST', '/url', { url });
  }

  async evaluate<Result, Arg>(act: (arg: Arg) => Result, arg?: Arg): Promise<Result> {
    return (await this.#call('POST', '/execute/sync', { script: `return (${String(act)})(arguments[0])`, args: [arg] })) as Result;
  }

  readonly mouse = {
    click: (x: number, y: number) =>
      this.#act('pointer', [
        { type: 'pointerMove', duration: 0, x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]),
  };

  readonly keyboard = {
    type: (text: string) => this.#strike([...text]),
    press: (key: Key) => this.#strike([keys[key]]),
  };

  #strike(values: readonly string[]): Promise<void> {
    const strokes = values.flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
    return this.#act('key', strokes);
  }

  async #act(type: 'key' | 'pointer', actions: readonly object[]): Promise<void> {
    await this.#call('POST', '/actions', { actions: [{ type, id: type, actions }] });
  }
}
