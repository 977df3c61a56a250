/** @param amount minor units */
export function formatMoney(amount: number, currency: string): string {
  // A backend in another language may send a currency that is not one.
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} (currency ${currency})`;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);
}

/** @param ms since the epoch */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);
}
