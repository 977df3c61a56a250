import type { Buyer } from './buyer.js';
import { readCountry, type Country } from './countries.js';

/** A phone number in digits. */
export interface PhoneNumber {
  /** The country's calling code, without a plus. */
  readonly countryCode?: string;
  /** The number as it is dialled inside the country, without its trunk prefix. At most 15 digits. */
  readonly number?: string;
}

/** The calling codes of the countries in Pay-me's own plugin, of its other currencies, and of frequent visitors. */
const callingCodes: Readonly<Record<string, string>> = {
  ...{ PE: '51', CO: '57', CL: '56', AR: '54', BR: '55', EC: '593', UY: '598', PY: '595', BO: '591', VE: '58' },
  ...{ CR: '506', PA: '507', US: '1', CA: '1', MX: '52', ES: '34' },
};

/** The calling code at the start of an international number (ITU-T E.164). */
const callingCodePattern = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** A number of Peru after its calling code: a mobile has nine digits, a landline has eight with its area. */
const peruvianNumber = /^51(?=(9\d|[1-8])\d{7}$)/;

/** Reads a phone number as people type it: with a calling code or without, with separators, words or an extension. */
export function readPhone({ phone = {}, address = {} }: Pick<Buyer, 'phone' | 'address'>): PhoneNumber {
  const typed = findNumber(phone.number ?? '');
  const digits = typed.replace(/\D/g, '');
  const isInternational = typed.startsWith('+') || digits.startsWith('00');
  const { countryCode, number } = isInternational ? splitInternational(digits) : readNational(digits, phone.countryCode, address.country);
  // In Peru, the 0 before an area is dialled only inside the country.
  const subscriber = countryCode === '51' ? number.replace(/^0+/, '') : number;
  return { countryCode, ...(subscriber && subscriber.length <= 15 && { number: subscriber }) };
}

/** Finds the first number in a text that is long enough for a phone. Letters, slashes and commas end a number. */
function findNumber(text: string): string {
  const numbers = text
    .normalize('NFKC')
    .replaceAll('(0)', '')
    .match(/(?:\+[\s(]*)?\d[\d\s().*_·‐-―-]*/g);
  return numbers?.find((one) => one.replace(/\D/g, '').length >= 6) ?? numbers?.[0] ?? '';
}

function splitInternational(digits: string): { countryCode?: string; number: string } {
  const international = digits.replace(/^0+/, '');
  const [countryCode = ''] = callingCodePattern.exec(international) ?? [];
  return { ...(countryCode && { countryCode }), number: international.slice(countryCode.length) };
}

function readNational(digits: string, typedCode: string | undefined, typedCountry: string | undefined) {
  const country = readCountry(typedCountry);
  const countryCode = readCallingCode(typedCode) ?? getCallingCode(country);
  const mayBePeruvian = countryCode === '51' || (!countryCode && !country);
  if (mayBePeruvian && peruvianNumber.test(digits)) return { countryCode: '51', number: digits.slice(2) };
  return { countryCode: countryCode ?? (mayBePeruvian && /^9\d{8}$/.test(digits) ? '51' : undefined), number: digits };
}

/** Reads a calling code: from digits, or from the country that was given in their place. */
function readCallingCode(typed = ''): string | undefined {
  const digits = typed.replace(/\D/g, '').replace(/^0+/, '');
  return /^\d{1,4}$/.test(digits) ? digits : getCallingCode(readCountry(typed));
}

function getCallingCode(country: Country | undefined): string | undefined {
  return country && callingCodes[country.alpha2];
}
