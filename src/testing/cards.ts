/** Milliseconds that a payment with the slow card takes. */
export const slowCardDelay = 6000;

/** The values that a shopper types beside the card number. */
export const sampleCard = { expiry: '12/49', code: '123', holder: 'Ana Prueba' };

/** Returns the behaviour of a test card, by its name in the provider's table. Any other valid number is approved. */
export function findBehaviour<Name extends string>(cards: Readonly<Record<Name, string>>, pan: string): Name | 'approved' | 'invalid' {
  const digits = extractDigits(pan);
  if (!isCardNumber(digits)) return 'invalid';
  return (Object.keys(cards) as Name[]).find((name) => extractDigits(cards[name]) === digits) ?? 'approved';
}

export function extractDigits(text: string): string {
  return text.replace(/\D/g, '');
}

/** Formats a number as `4111 1111 1111 1111` while it is typed. */
export function groupDigits(text: string): string {
  return text.replaceAll(' ', '').replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** Checks the length of a card number and its Luhn check digit. Spaces are allowed. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(' ', '');
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

export function createCardNumberError(): Error {
  return new Error('The card number should be one that a form accepts, such as those of the stand-ins.');
}

/** Formats an expiry as `MM/YY` while it is typed. */
export function formatExpiry(text: string): string {
  return extractDigits(text).replace(/^(\d\d)(\d)/, '$1/$2');
}

/** Whether an expiry in the form `MM/YY` is in the future. A card is valid until the end of its month. */
export function isExpiry(value: string): boolean {
  const [, month = '', year = ''] = /^(0[1-9]|1[0-2])\/(\d\d)$/.exec(value) ?? [];
  return month !== '' && Date.UTC(2000 + Number(year), Number(month)) > Date.now();
}

/** Replaces all but the first six and the last four digits with asterisks. */
export function maskNumber(digits: string): string {
  return `${digits.slice(0, 6)}${'*'.repeat(Math.max(0, digits.length - 10))}${digits.slice(-4)}`;
}
