// WebKitGTK for @web/test-runner.
import { startWebKit } from '../webkit.mjs';

/** The names of special keys, as W3C WebDriver encodes them. */
const keys = { Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C' };

export function webkitLauncher() {
  const pages = new Map();
  let starting;
  let version;
  const call = async (...command) => (await starting).call(...command);
  return {
    name: 'WebKitGTK',
    type: 'webdriver',
    get version() {
      return version;
    },
    initialize: async () => {},
    isActive: (id) => pages.has(id),
    getBrowserUrl: (id) => pages.get(id),
    async startSession(id, url) {
      starting ??= startWebKit();
      ({ version } = await starting);
      pages.set(id, url);
      await call('POST', '/url', { url });
    },
    async stopSession(id) {
      // Ends pending work of the page.
      await call('POST', '/url', { url: 'about:blank' });
      pages.delete(id);
      return {};
    },
    async sendKeys(_id, pressed) {
      const actions = pressed.map((key) => keys[key] ?? key).flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
      await call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    startDebugSession: () => Promise.reject(new Error('WebKitGTK cannot be debugged from here.')),
    stop: async () => (await starting)?.close(),
  };
}
