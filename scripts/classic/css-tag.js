// Stands in for lit's module of the same name: its ways around browsers without `adoptedStyleSheets` are older than what the
// rest of the script needs.
export const supportsAdoptingStyleSheets = true;

export const getCompatibleStyle = (style) => style;

export function css([text]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

export function adoptStyles(root, styles) {
  root.adoptedStyleSheets = styles;
}

/** Exported on, and used by nobody here. */
export class CSSResult {}
export const unsafeCSS = undefined;
