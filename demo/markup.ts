import type { html } from 'hono/html';

/** A template of `hono/html`, before it is text. */
export type Markup = ReturnType<typeof html>;

/** Converts a template to text. Our templates contain no promises. */
export function toText(markup: Markup): string {
  if (markup instanceof Promise) throw new TypeError('A template holds a promise.');
  return String(markup);
}
