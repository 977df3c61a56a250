/** Text that a shopper typed, as a merchant's records may hold it. */
export type TypedText = string | number | bigint | null;

/**
 * What became of a field on its way to the provider. `normalized`: the same value in another spelling. `shortened`: cut to the provider's
 * limit. `omitted`: left out, because the provider would reject it. `filled`: taken from another field, because it was empty. `missing`:
 * sent empty, although the provider documents it as required.
 */
export type InputChange = 'normalized' | 'shortened' | 'omitted' | 'filled' | 'missing';

export function isTypedText(value: unknown): value is TypedText {
  return value === null || ['string', 'number', 'bigint'].includes(typeof value);
}

/** Returns the text in one line, without control characters and lone surrogates. Returns `undefined` if nothing is left. */
export function cleanText(typed: TypedText): string | undefined {
  if (typed === null || (typeof typed === 'number' && !Number.isFinite(typed))) return undefined;
  const text = String(typed);
  if (isPlainText(text)) return text;
  const visible = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  return visible.replace(/ +/g, ' ').trim().normalize('NFC') || undefined;
}

/** Whether the text is clean already: most fields are, and the test costs a tenth of the cleaning. */
function isPlainText(text: string): boolean {
  return /^[!-~]+(?: [!-~]+)*$/.test(text);
}

/** Removes emoji and other pictographs, which banks' systems may not store. */
export function removePictographs(typed: string): string | undefined {
  if (isPlainText(typed)) return typed;
  return cleanText(typed.replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3\ufe0f]/gu, ''));
}

/** Lengths in UTF-16 code units, which is how libraries in the browser count. */
export type Lengths = readonly [min: number, max: number];

/** Makes a text fit. `clean` removes what the provider does not take. The rest is cut to the limit, and left out if it is too short. */
export function fitText(typed: string | undefined, clean: (text: string) => string | undefined, [min, max]: Lengths) {
  const whole = typed && clean(typed);
  const cut = whole && shorten(whole, max);
  const text = cut && cut.length >= min ? cut : undefined;
  return { text, change: text && text !== whole ? ('shortened' as const) : describeChange(typed, text) };
}

/** Cuts a text to `max` UTF-16 code units, without splitting a character in two. */
export function shorten(text: string, max: number): string {
  return text
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

/** Returns a text that matches the pattern as a whole. A part of it, such as half an e-mail address, would be another value. */
export function matchOrOmit(pattern: RegExp, text: string | undefined): string | undefined {
  return text !== undefined && pattern.test(text) ? text : undefined;
}

/** Compares what was typed with what is sent. White space and a leading plus do not count. */
export function describeChange(typed: string | undefined, sent: string | undefined): InputChange | undefined {
  if (typed === undefined) return sent === undefined ? undefined : 'filled';
  if (sent === undefined) return 'omitted';
  if (typed === sent) return undefined;
  const [before, after] = [typed, sent].map((text) => removeSpace(text).replace(/^\+/, ''));
  return before === after ? undefined : 'normalized';
}

export function removeSpace(text: string): string {
  return text.replace(/\s/g, '');
}
