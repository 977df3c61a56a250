import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Texts } from './texts.js';

const languages: Record<string, Texts> = { es, en, pt };

/** The merchant's own texts, by key. Missing keys keep the built-in text. */
export type Messages = Partial<Texts>;

/** Whether the element has texts in the language of a BCP 47 locale. */
export function hasTexts(locale: string | null | undefined): boolean {
  return !!locale && Object.hasOwn(languages, getLanguage(locale));
}

/** Chooses the first wanted BCP 47 locale that has texts, else the browser's first one that has, else Spanish. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): string {
  return wanted.find(hasTexts) ?? navigator.languages.find(hasTexts) ?? 'es';
}

export function selectTexts(locale: string, messages: Messages): Texts {
  const own = Object.entries(messages).filter(([, text]) => text !== undefined && text !== null);
  const language = getLanguage(locale);
  return { ...(Object.hasOwn(languages, language) ? (languages[language] as Texts) : es), ...Object.fromEntries(own) };
}

/** Returns the `lang` of the element or of its nearest ancestor, across shadow roots. */
export function findLang(element: Element): string | undefined {
  const holder = element.closest('[lang]');
  if (holder) return (holder as HTMLElement).lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? findLang(root.host) : undefined;
}

/** A page may set anything: an exception here would end a payment without a state. */
function getLanguage(locale: string): string {
  return String(locale).toLowerCase().replace(/-.*/s, '');
}
