import { izipay as create } from '../../../src/server.js';
import { izipayCards } from '../../../src/testing.js';
import { sampleAccount } from '../../../src/testing/izipay/sample-account.js';
import { fillInCard } from '../fill-in-card.js';
import { card, defineProvider } from '../provider.js';
import { izipayFaults } from './faults.js';

export const izipay = defineProvider({
  title: 'Izipay',
  sandbox: 'sandbox',
  currency: 'PEN',
  takesBuyer: true,
  lead: 'Tarjeta de crédito o débito. No guardamos los datos de tu tarjeta.',
  variables: {
    merchantCode: 'IZIPAY_MERCHANT_CODE',
    publicKey: 'IZIPAY_PUBLIC_KEY',
    hashKey: 'IZIPAY_HASH_KEY',
    keyRSA: 'IZIPAY_KEY_RSA',
  },
  sample: sampleAccount,
  // The demo shows what is experimental too.
  create: (account) => create({ ...account, experimental: true }),
  cards: {
    approved: card(izipayCards.approved, 'Aprobada', 'Approved'),
    declined: card(izipayCards.declined, 'Rechazada', 'Declined'),
    undecided: card(izipayCards.undecided, 'Pendiente: sin decidir', 'Pending: not decided'),
    unknown: card(izipayCards.unknown, 'Pendiente: estado desconocido', 'Pending: unknown state'),
    inactive: card(izipayCards.inactive, 'Vencida por inactividad', 'Expired by inactivity'),
    slow: card(izipayCards.slow, 'Aprobada, lenta', 'Approved, slow'),
  },
  config: { appearance: { theme: 'green' } },
  fillIn(container, number) {
    const pages = [...container.querySelectorAll('iframe')].map(({ contentDocument }) => contentDocument);
    const page = pages.find((one) => one !== null);
    if (page) fillInCard(page, number);
  },
  faults: izipayFaults,
});
