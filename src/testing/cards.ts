/** Milliseconds that the slow card takes. */
export const slowCardDelay = 6000;

/** What comes of a card: what its name in the provider's table says; another valid number is approved. */
export function findBehaviour<Name extends string>(cards: Readonly<Record<Name, string>>, pan: string): Name | 'approved' | 'invalid' {
  const digits = extractDigits(pan);
  if (!isCardNumber(digits)) return 'invalid';
  return (Object.keys(cards) as Name[]).find((name) => extractDigits(cards[name]) === digits) ?? 'approved';
}

export function extractDigits(text: string): string {
  return text.replace(/\D/g, '');
}

/** Luhn's check, which every card number passes. */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** `MM/YY`; a card is good until the end of its month. */
export function isExpiry(value: string): boolean {
  const [, month = '', year = ''] = /^(0[1-9]|1[0-2])\/(\d\d)$/.exec(value) ?? [];
  return month !== '' && Date.UTC(2000 + Number(year), Number(month)) > Date.now();
}

/** Never the whole number. */
export function maskNumber(digits: string): string {
  return `${digits.slice(0, 6)}${'*'.repeat(Math.max(0, digits.length - 10))}${digits.slice(-4)}`;
}
