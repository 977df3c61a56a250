import { createStandIns, type StandIns } from '../../src/testing.js';

let runs = 0;

/** Runs the entry of a stand-in's classic script as if it had come from `src`. */
export async function runScript(provider: string, src: string): Promise<void> {
  Object.defineProperty(document, 'currentScript', { configurable: true, value: { src } });
  const entry = `../../src/testing/${provider}/script.ts?run=${++runs}`;
  await import(entry);
  Reflect.deleteProperty(document, 'currentScript');
}

/** Has the stand-ins answer the page's own requests, as a backend would; says what was asked. */
export function answerPage(standIns: StandIns = createStandIns()): { readonly asked: readonly string[]; restore(): void } {
  const { fetch } = window;
  const asked: string[] = [];
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    asked.push(request.url);
    return standIns.handle(request);
  };
  return { asked, restore: () => (window.fetch = fetch) };
}
