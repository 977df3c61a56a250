import type { Choices } from '../choices.js';
import { snippets } from './index.js';

const placeholder = 'sha384-…';

/**
 * Shows the snippet of the chosen tab.
 *
 * @param integrity the hash of our script, if it is known
 */
export function showSnippet(panel: HTMLElement, choices: Choices, integrity = placeholder): void {
  const snippet = snippets[choices.tab];
  const part = (selector: string) => panel.querySelector(selector);
  part('.note')?.replaceChildren(snippet?.note(choices) ?? '');
  part('pre')?.replaceChildren(snippet?.text(choices).replaceAll(placeholder, integrity) ?? '');
  part('.warnings')?.replaceChildren(...(snippet?.warnings?.(choices) ?? []).map(item));
}

function item(text: string): HTMLElement {
  const row = document.createElement('li');
  row.append(...text.split('`').map((part, n) => (n % 2 ? code(part) : part)));
  return row;
}

function code(text: string): HTMLElement {
  const element = document.createElement('code');
  element.textContent = text;
  return element;
}
