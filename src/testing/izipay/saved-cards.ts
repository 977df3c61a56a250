import { maskNumber, extractDigits } from '../cards.js';
import { createNumber, type Account, type SavedCard, type Session } from './account.js';

/** Saves a card for the buyer of a form, and returns its token: the same one for a card that this buyer has saved before. */
export function saveCard({ cards }: Account, { merchantBuyerId }: Session, number: string): string {
  const pan = extractDigits(number);
  const known = [...cards].find(([, card]) => card.merchantBuyerId === merchantBuyerId && card.pan === pan);
  const token = known?.[0] ?? createNumber(32);
  cards.set(token, { merchantBuyerId, pan });
  return token;
}

/** Finds the saved card that a form offers. It belongs to the buyer under whose id it was saved, and to no other. */
export function findSavedCard({ cards }: Account, { action, cardToken, merchantBuyerId }: Session): SavedCard | undefined {
  const card = action === 'pay_token' ? cards.get(cardToken) : undefined;
  return card?.merchantBuyerId === merchantBuyerId ? card : undefined;
}

/** Describes a saved card for the form. */
export function describeSavedCard({ pan }: SavedCard): string {
  return maskNumber(pan);
}
