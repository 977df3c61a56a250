import { onAbort } from '../../../shared/signals.js';

/**
 * Styles of the form that we lay out. The fields' boxes are ours. Their content is Payroc's: transparent, and of the same size
 * whatever the page's font size is (*measured on 1.7.0*). `clip-path` draws the padlock, because elements of SVG would delay the form.
 */
const css = `
.pay-checkout-payroc { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; max-inline-size: 27rem; margin-inline: auto;
  line-height: 1.4;
  --_accent: var(--pay-checkout-accent, #0b57d0); --_radius: var(--pay-checkout-radius, .5rem); --_wrong: light-dark(#b3261e, #f2b8b5); }
.pay-checkout-payroc > * { grid-column: 1 / -1; min-inline-size: 0; margin: 0; }
.pay-checkout-payroc > [data-field=expiryDate] { grid-column: 1; }
.pay-checkout-payroc > [data-field=cvv] { grid-column: 2; }
.pay-checkout-payroc .label { display: block; margin-block-end: .375rem; font-size: .875rem; font-weight: 500; }
.pay-checkout-payroc .place { box-sizing: border-box; min-block-size: 48px; border: 1px solid color-mix(in srgb, currentColor 45%, transparent);
  border-radius: var(--_radius); background: var(--_field, Field); color: var(--_text, FieldText); overflow: clip; }
.pay-checkout-payroc [data-invalid] .place { border-color: var(--_wrong); }
.pay-checkout-payroc [data-field=accountType] .place { border: 0; background: none; color: inherit; }
.pay-checkout-payroc [data-field=submit] .place { border-color: transparent; background: var(--_accent); color: #fff; }
.pay-checkout-payroc [data-field=submit] .place:hover { filter: brightness(1.1); }
.pay-checkout-payroc .error { display: block; min-block-size: 1.25rem; margin-block-end: -.5rem; padding-block-start: .125rem; color: var(--_wrong); font-size: .8125rem; }
.pay-checkout-payroc .note { display: flex; gap: .5rem; font-size: .8125rem; color: color-mix(in srgb, currentColor 72%, transparent); }
.pay-checkout-payroc .note::before { content: ''; flex: none; inline-size: 16px; block-size: 18px; background: currentColor; forced-color-adjust: none;
  clip-path: path('M3 8V5a5 5 0 0 1 10 0v3h1v10H2V8zm2 0h6V5a3 3 0 0 0-6 0z'); }
.pay-checkout-payroc-words:empty { display: none; }
.pay-checkout-payroc-words { padding: .625rem .75rem; border-radius: var(--pay-checkout-radius, .5rem); font-size: .875rem; line-height: 1.4;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.pay-checkout-payroc-words[role=alert] { border-inline-start: .25rem solid light-dark(#b3261e, #f2b8b5); }
[data-pay-checkout-payroc] iframe { display: block; width: 100% !important; block-size: 46px; border: 0; color-scheme: light; }
`;

/** Parsed when the adapter loads, so that the shopper does not wait for it when the form opens. */
const sheet = globalThis.document && new CSSStyleSheet();
sheet?.replaceSync(css);

/**
 * Adds our style sheet to the container's root until the signal aborts. A `<style>` element would be blocked by a strict CSP. A page that
 * assigns `adoptedStyleSheets` removes the sheet, which changes the size of what it styles: then it is added again.
 *
 * @param styled elements whose size depends on the sheet
 */
export function adoptStyles(container: Element, styled: readonly Element[], signal: AbortSignal): void {
  const { adoptedStyleSheets: sheets } = container.getRootNode() as Document | ShadowRoot;
  sheets.push(sheet);
  const restore = () => signal.aborted || sheets.includes(sheet) || sheets.push(sheet);
  // In the next frame, because a new size in the callback would be an error of the window.
  const observer = new ResizeObserver(() => requestAnimationFrame(restore));
  for (const element of styled) observer.observe(element);
  onAbort(signal, () => {
    observer.disconnect();
    // Only one copy is removed: each other form on the page has added its own. The page may have removed all of them.
    const index = sheets.lastIndexOf(sheet);
    if (index >= 0) sheets.splice(index, 1);
  });
}

type Css = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Returns styles that make the library's fields fit our boxes. They use only the selectors and properties that the documentation
 * lists ("Style your fields"). A frame cannot read the page's colours, so the styles carry them. The boxes keep the same colours,
 * because the page may turn dark later.
 */
export function styleFields(form: HTMLElement, field: Element, button: Element): Css {
  const { color, backgroundColor, fontFamily, borderRadius } = getComputedStyle(field);
  const { color: onAccent, backgroundColor: accent } = getComputedStyle(button);
  const { color: onPage } = getComputedStyle(form);
  form.style.setProperty('--_text', color);
  form.style.setProperty('--_field', backgroundColor);
  const plain = { 'background-color': 'transparent', border: '0', 'font-family': fontFamily, 'font-size': '16px' };
  return {
    input: { ...plain, color, padding: '0 12px' },
    'input.invalid': { color },
    // The page cannot style the focus, because it cannot see which frame has it.
    'input[type="text"]:focus': createFocusRing(accent, borderRadius),
    label: { color: onPage, 'font-family': fontFamily, 'font-size': '15px' },
    button: { ...plain, color: onAccent, 'font-weight': '600' },
    'button:focus': createFocusRing(onAccent, borderRadius),
  };
}

function createFocusRing(color: string, radius: string): Readonly<Record<string, string>> {
  return { 'box-shadow': `inset 0 0 0 2px ${color}`, 'border-radius': radius };
}
