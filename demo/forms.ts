import { fillInHostedFields, izipayCards, paymeCards, payrocCards } from '../src/testing.js';
import type { ProviderName } from '../src/testing/providers.js';
import { field } from '../src/testing/payroc/fill-in.js';

/** A number that the stand-in knows, and what comes of it. */
export interface Card {
  readonly number: string;
  readonly es: string;
  readonly en: string;
}

/** One provider's form, seen from a page. The backend's half of it stands in `providers.ts`. */
export interface DemoForm {
  /** The shop shows `approved`, `declined` and `pending`, the playground all of them. */
  readonly cards: Readonly<Record<string, Card>>;
  /** Display options to begin with, in the provider's own words. */
  readonly config: object;
  /** Types a card into the form inside `place`, and leads to its button; paying is left to the shopper. */
  fillIn(place: HTMLElement, number: string): void;
}

const card = (number: string, es: string, en: string): Card => ({ number, es, en });

export const forms: Readonly<Record<ProviderName, DemoForm>> = {
  payme: {
    cards: {
      approved: card(paymeCards.approved, 'Aprobada', 'Approved'),
      declined: card(paymeCards.declined, 'Rechazada', 'Declined'),
      pending: card(paymeCards.pending, 'Pendiente y luego pagada', 'Pending, then paid'),
      expiring: card(paymeCards.expiring, 'Pendiente y luego vencida', 'Pending, then expired'),
      slow: card(paymeCards.slow, 'Aprobada, lenta', 'Approved, slow'),
    },
    config: { display_settings: { methods: ['CARD', 'QR'] } },
    fillIn: fillInInputs,
  },
  izipay: {
    cards: {
      approved: card(izipayCards.approved, 'Aprobada', 'Approved'),
      declined: card(izipayCards.declined, 'Rechazada', 'Declined'),
      undecided: card(izipayCards.undecided, 'Pendiente: nadie lo sabe', 'Pending: nobody can say'),
      inactive: card(izipayCards.inactive, 'Vencida por inactividad', 'Expired by inactivity'),
      slow: card(izipayCards.slow, 'Aprobada, lenta', 'Approved, slow'),
    },
    config: { appearance: { theme: 'green' } },
    fillIn(place, number) {
      const frame = [...place.querySelectorAll('iframe')].map(({ contentDocument }) => contentDocument).find((page) => page !== null);
      if (frame) fillInInputs(frame, number);
    },
  },
  payroc: {
    cards: {
      approved: card(payrocCards.approved, 'Aprobada', 'Approved'),
      declined: card(payrocCards.declined, 'Rechazada', 'Declined'),
      pending: card(payrocCards.pending, 'Pendiente', 'Pending'),
      referral: card(payrocCards.referral, 'Pendiente: llamar al banco', 'Pending: call the bank'),
      partial: card(payrocCards.partial, 'Pendiente: aprobada a medias', 'Pending: approved in part'),
      surcharge: card(payrocCards.surcharge, 'Aprobada, con recargo', 'Approved, with a surcharge'),
      unsupported: card(payrocCards.unsupported, 'Rechazada: tipo no admitido', 'Declined: kind not taken'),
      slow: card(payrocCards.slow, 'Aprobada, lenta', 'Approved, slow'),
    },
    config: { labels: { pay: 'Donate' } },
    fillIn(place, number) {
      fillInHostedFields(place, number);
      field(place, 'submit').querySelector('button')?.focus();
    },
  },
};

function fillInInputs(place: ParentNode, number: string): void {
  const texts = { 'cc-number': number, 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };
  place.querySelector<HTMLElement>('[data-method="CARD"]')?.click();
  for (const [autocomplete, text] of Object.entries(texts)) {
    const input = place.querySelector<HTMLInputElement>(`input[autocomplete="${autocomplete}"]`);
    if (!input) return;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  place.querySelector<HTMLElement>('[data-action="pay"]')?.focus();
}
