import { adoptStyles, createElementMaker } from '../dom.js';

export interface FieldOptions {
  /** The library's name of the field, such as `pan`. */
  readonly name: string;
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Formats the value while it is typed. */
  readonly format?: (value: string) => string;
  readonly onFocus: (name: string) => void;
}

/** An iframe with one field of the card. */
export interface Field {
  readonly frame: HTMLIFrameElement;
  /** Returns the value, which is lost when the iframe is moved. */
  read(): string;
}

const styles = `
:root { color-scheme: light dark; } body { margin: 0; }
input { box-sizing: border-box; width: 100%; height: 44px; padding: 0 12px; border: 1px solid; border-radius: 8px; font: 16px system-ui; }
input::placeholder { color: inherit; opacity: 0.75; }
`;

/** Inserts the iframe. Its page is drawn each time it loads, as after a move. */
export function createField(place: Element, options: FieldOptions): Field {
  const frame = document.createElement('iframe');
  Object.assign(frame, { id: `krfield-${options.name}`, title: options.label });
  Object.assign(frame.style, { width: '100%', height: '46px', border: '0' });
  frame.addEventListener('load', () => drawInput(frame, options));
  place.replaceChildren(frame);
  return { frame, read: () => frame.contentDocument?.querySelector('input')?.value ?? '' };
}

function drawInput({ contentDocument: page }: HTMLIFrameElement, { name, label, attributes, format, onFocus }: FieldOptions): void {
  if (!page) return;
  const make = createElementMaker((className) => className);
  const input = make('input', '', { ...attributes, 'aria-label': label, placeholder: label });
  input.addEventListener('focus', () => onFocus(name));
  input.addEventListener('input', () => {
    if (format) input.value = format(input.value);
  });
  adoptStyles(page, styles);
  page.title = label;
  page.body.replaceChildren(input);
}
