export type Child = Node | string;

/** Creates an element. Attributes that are `undefined` are left out. */
export type MakeElement = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  attributes?: Readonly<Record<string, string | undefined>>,
  ...children: Child[]
) => HTMLElementTagNameMap[Name];

/** @param nameClass maps a class name of the real library to the name in the page */
export function createElementMaker(nameClass: (name: string) => string): MakeElement {
  return (name, className, attributes = {}, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className.split(' ').map(nameClass).join(' ');
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
}

/**
 * Adds a style sheet to a document as an adopted sheet, which no Content Security Policy blocks. The sheet is created by the
 * document's own window, as the DOM requires. Returns a function that removes it.
 */
export function adoptStyles(page: Document, css: string): () => void {
  const { CSSStyleSheet: Sheet } = page.defaultView as unknown as typeof globalThis;
  const sheet = new Sheet();
  sheet.replaceSync(css);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  return () => (page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet));
}

/** Sets the value of an input and dispatches the events of a shopper who types it and leaves the field. */
export function typeText(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
