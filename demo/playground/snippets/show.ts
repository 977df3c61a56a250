import type { Choices } from '../choices.js';
import { snippets } from './index.js';

/** Shows what the chosen tab has to paste. */
export function showSnippet(panel: HTMLElement, choices: Choices): void {
  const snippet = snippets[choices.tab];
  const part = (selector: string) => panel.querySelector(selector);
  part('.note')?.replaceChildren(snippet?.note(choices) ?? '');
  part('pre')?.replaceChildren(snippet?.text(choices) ?? '');
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
