import { payme as create } from '../../../src/server.js';
import { paymeCards } from '../../../src/testing.js';
import { sampleAccount } from '../../../src/testing/payme/sample-account.js';
import { fillInCard } from '../fill-in-card.js';
import { card, defineProvider } from '../provider.js';
import { paymeFaults } from './faults.js';

export const payme = defineProvider({
  title: 'Pay-me',
  sandbox: 'pre-production (sandbox)',
  currency: 'PEN',
  takesBuyer: true,
  lead: 'Tarjeta, Yape, QR o transferencia. No guardamos los datos de tu tarjeta.',
  variables: { clientId: 'PAYME_CLIENT_ID', clientSecret: 'PAYME_CLIENT_SECRET', merchantCode: 'PAYME_MERCHANT_CODE' },
  optional: { audience: 'PAYME_AUDIENCE' },
  accountNote: 'PAYME_AUDIENCE is for an account with a base URL other than https://api.preprod.alignet.io/, the documented one.',
  sample: sampleAccount,
  create,
  cards: {
    approved: card(paymeCards.approved, 'Aprobada', 'Approved'),
    declined: card(paymeCards.declined, 'Rechazada', 'Declined'),
    pending: card(paymeCards.pending, 'Pendiente y luego pagada', 'Pending, then paid'),
    expiring: card(paymeCards.expiring, 'Pendiente y luego vencida', 'Pending, then expired'),
    declinedLater: card(paymeCards.declinedLater, 'Pendiente y luego rechazada', 'Pending, then declined'),
    unknown: card(paymeCards.unknown, 'Pendiente: estado desconocido', 'Pending: unknown state'),
    slow: card(paymeCards.slow, 'Aprobada, lenta', 'Approved, slow'),
  },
  config: { display_settings: { methods: ['CARD', 'QR'] } },
  fillIn: fillInCard,
  faults: paymeFaults,
});
