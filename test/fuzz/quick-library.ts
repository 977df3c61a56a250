/** A provider's library that draws at once, as little as counts as a form, so that thousands of forms take seconds. */
export interface QuickLibrary {
  /** The value of the provider's global. */
  readonly library: unknown;
  /** The token of each form that was opened. */
  readonly tokens: unknown[];
  /** The newest form's callbacks, by the names that the library has for them. */
  readonly callbacks: Map<string, (payload?: unknown) => unknown>;
  /** Called within the library's own call, once its callbacks are there. */
  onOpening: () => void;
}

export function createBase(): Omit<QuickLibrary, 'library'> {
  return { tokens: [], callbacks: new Map(), onOpening: () => {} };
}

export function createPart(name: string, className: string): HTMLElement {
  return Object.assign(document.createElement(name), { className, textContent: 'form' });
}
