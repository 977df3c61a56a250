import { micuentaweb as create } from '../../../src/server.js';
import { micuentawebCards } from '../../../src/testing.js';
import { fillInCard } from '../../../src/testing/pay-with-card.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';
import { card, defineProvider } from '../provider.js';
import { micuentawebFaults } from './faults.js';

export const micuentaweb = defineProvider({
  title: 'micuentaweb',
  sandbox: 'test keys (sandbox)',
  currency: 'PEN',
  takesBuyer: false,
  lead: 'Tarjeta de crédito o débito. No guardamos los datos de tu tarjeta.',
  variables: {
    shopId: 'MICUENTAWEB_SHOP_ID',
    password: 'MICUENTAWEB_PASSWORD',
    publicKey: 'MICUENTAWEB_PUBLIC_KEY',
    hashKey: 'MICUENTAWEB_HASH_KEY',
  },
  sample: sampleAccount,
  // The demo shows what is experimental too.
  create: (account) => create({ ...account, experimental: true }),
  cards: {
    approved: card(micuentawebCards.approved, 'Aprobada', 'Approved'),
    declined: card(micuentawebCards.declined, 'Rechazada', 'Declined'),
    challenge: card(micuentawebCards.challenge, 'Aprobada, con 3-D Secure', 'Approved, with 3-D Secure'),
    challengeDeclined: card(micuentawebCards.challengeDeclined, 'Rechazada, con 3-D Secure', 'Declined, with 3-D Secure'),
    challengeTimedOut: card(micuentawebCards.challengeTimedOut, '3-D Secure sin terminar', '3-D Secure not finished'),
    pending: card(micuentawebCards.pending, 'Pendiente', 'Pending'),
    partial: card(micuentawebCards.partial, 'Pendiente: aprobada a medias', 'Pending: approved in part'),
    undecided: card(micuentawebCards.undecided, 'Sin respuesta, pagada', 'Unanswered, paid'),
    unsigned: card(micuentawebCards.unsigned, 'Sin firma', 'Unsigned'),
    unknown: card(micuentawebCards.unknown, 'Pendiente: estado desconocido', 'Pending: unknown state'),
    slow: card(micuentawebCards.slow, 'Aprobada, lenta', 'Approved, slow'),
  },
  config: { 'kr-placeholder-pan': '4970 1000 0000 0055' },
  fillIn(container, number) {
    fillInCard(container, number)?.focus();
  },
  faults: micuentawebFaults,
});
