import { payroc as create } from '../../../src/server.js';
import { fillInHostedFields, payrocCards } from '../../../src/testing.js';
import { sampleAccount } from '../../../src/testing/payroc/sample-account.js';
import { field } from '../../../src/testing/payroc/fill-in.js';
import { card, defineProvider } from '../provider.js';
import { payrocFaults } from './faults.js';

export const payroc = defineProvider({
  title: 'Payroc',
  sandbox: 'UAT (sandbox)',
  currency: 'USD',
  takesBuyer: false,
  lead: 'Tarjeta de crédito o débito, en dólares. No guardamos los datos de tu tarjeta.',
  variables: { apiKey: 'PAYROC_API_KEY', processingTerminalId: 'PAYROC_PROCESSING_TERMINAL_ID' },
  accountNote: 'The terminal should take US dollars.',
  sample: sampleAccount,
  create,
  cards: {
    approved: card(payrocCards.approved, 'Aprobada', 'Approved'),
    declined: card(payrocCards.declined, 'Rechazada', 'Declined'),
    pending: card(payrocCards.pending, 'Pendiente', 'Pending'),
    declinedLater: card(payrocCards.declinedLater, 'Pendiente y luego rechazada', 'Pending, then declined'),
    referral: card(payrocCards.referral, 'Pendiente: llamar al banco', 'Pending: call the bank'),
    partial: card(payrocCards.partial, 'Pendiente: aprobada a medias', 'Pending: approved in part'),
    surcharge: card(payrocCards.surcharge, 'Aprobada, con recargo', 'Approved, with a surcharge'),
    unsupported: card(payrocCards.unsupported, 'Rechazada: tipo no admitido', 'Declined: kind not taken'),
    unknown: card(payrocCards.unknown, 'Pendiente: estado desconocido', 'Pending: unknown state'),
    slow: card(payrocCards.slow, 'Aprobada, lenta', 'Approved, slow'),
  },
  config: { labels: { pay: 'Donate' } },
  fillIn(container, number) {
    fillInHostedFields(container, number);
    field(container, 'submit').querySelector('button')?.focus();
  },
  faults: payrocFaults,
});
