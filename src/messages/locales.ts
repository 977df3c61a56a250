import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Texts } from './texts.js';

const languages: Record<string, Texts> = { es, en, pt };

/** The shop's own words, by key; whatever is left out keeps ours. */
export type Messages = Partial<Texts>;

/** The first of the wanted BCP 47 locales that there are texts for, else of the browser's, else Spanish. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): string {
  const known = (locale: string | null | undefined) => locale && Object.hasOwn(languages, languageOf(locale));
  return wanted.find(known) ?? navigator.languages.find(known) ?? 'es';
}

export function selectTexts(locale: string, messages: Messages): Texts {
  const own = Object.entries(messages).filter(([, text]) => text !== undefined && text !== null);
  const language = languageOf(locale);
  return { ...(Object.hasOwn(languages, language) ? (languages[language] as Texts) : es), ...Object.fromEntries(own) };
}

/** The `lang` that a page gives an element: its own, or the next one outside, across shadow roots. */
export function findLang(element: Element): string | undefined {
  const holder = element.closest('[lang]');
  if (holder) return (holder as HTMLElement).lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? findLang(root.host) : undefined;
}

function languageOf(locale: string): string {
  return locale.toLowerCase().replace(/-.*/s, '');
}
