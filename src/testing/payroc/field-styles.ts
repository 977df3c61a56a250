import type { Css } from './types.js';

/** Most of the default styles of the documentation ("Style your fields"). */
export const defaultCss: Css = {
  body: { margin: '0' },
  form: { display: 'flex', 'align-items': 'center', margin: '0' },
  input: {
    'line-height': '2',
    'box-sizing': 'border-box',
    border: '1px rgb(158, 158, 158) solid',
    width: '100%',
    padding: '8px',
    'border-radius': '5px',
    'background-color': '#FFF',
    color: 'rgb(99, 99, 99)',
    'font-size': '0.8rem',
    outline: 'none',
  },
  "input[type='text']": { 'min-height': '45px' },
  label: { padding: '8px 16px 8px 0', 'font-family': 'Arial', 'font-size': '0.8rem', display: 'inline-block' },
  "input[type='radio']": { width: '1.25rem', height: '1.25rem', 'margin-right': '6px' },
  button: {
    'background-color': 'rgb(23, 134, 97)',
    color: '#FFF',
    border: '1px rgb(23, 134, 97) solid',
    'border-radius': '8px',
    width: '100%',
    'text-align': 'center',
    'min-height': '45px',
    padding: '8px',
    outline: 'none',
  },
  'input.invalid': { color: '#d72d2d', 'border-color': '#d72d2d' },
  '.loading-svg': { display: 'none' },
  '.loading .loading-svg': { display: 'inline-block' },
  '.loading .button-text': { display: 'none' },
};

const selectors =
  /^(body|form|fieldset|label|div(:first-of-type)?|\.(valid|invalid|spin|button-text|loading-svg|loading \.(button-text|loading-svg))|(input|button)(\[type=['"](text|radio|submit)['"]\])?(\.(valid|invalid))?(:not\(:checked\)|:{1,2}[a-z]+){0,2})$/;

const properties = new Set(
  (
    'animation align-items appearance background-color border-color border-radius border box-shadow box-sizing color content direction ' +
    'display flex-basis flex-direction float font-family font-size font-style font-weight font height justify-content letter-spacing ' +
    'line-height margin-bottom margin-left margin-right margin-top margin max-width min-height opacity outline padding-bottom ' +
    'padding-left padding-right padding-top padding text-align text-shadow transform-origin transform transition width'
  ).split(' '),
);

/** Creates a style sheet. Leaves out what the documentation does not list; the real library logs it in the iframe's console. */
export function createCss(css: Css): string {
  const rules = Object.entries(css).filter(([selector]) => selectors.test(selector));
  return rules.map(([selector, declarations]) => `${selector} { ${formatDeclarations(declarations)} }`).join('\n');
}

function formatDeclarations(declarations: Readonly<Record<string, string>>): string {
  const known = Object.entries(declarations).filter(([property]) => properties.has(property));
  return known.map(([property, value]) => `${property}: ${value};`).join(' ');
}
