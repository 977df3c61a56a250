import { earlyTokenScript } from '../../src/head/early-token.js';

/** Runs the inline script of the page's head, as the parser would, with these `data-` attributes. */
export function runHead(dataset: Readonly<Record<string, string | undefined>>): void {
  const script = document.createElement('script');
  for (const [name, value] of Object.entries(dataset)) if (value !== undefined) script.dataset[name] = value;
  script.text = earlyTokenScript;
  document.head.append(script);
  script.remove();
}
