import { describe, expect, it } from 'vitest';
import { decideByRules } from '../../../../src/server/outcome-rules.js';
import { decideOutcome, readFacts } from '../../../../src/providers/payroc/server/decide-outcome.js';
import { outcomeRules } from '../../../../src/providers/payroc/server/outcome-rules.js';
import { saleResponse, requestsHold, type Sale, type SaleTerms } from '../../../../src/providers/payroc/server/sale.js';
import type { Account } from '../../../../src/providers/payroc/server/calls.js';
import type { Order } from '../../../../src/server.js';

const account: Account = {
  environment: 'sandbox',
  apiKey: 'your_api_key',
  processingTerminalId: '1234001',
  scenario: 'payment',
  form: 'card',
  secCode: 'web',
};
const order: Order = { reference: 'A-1', amount: 4999, currency: 'USD' };

const createTerms = (changed: Partial<SaleTerms> = {}): SaleTerms => ({
  account,
  order,
  orderId: 'A-1-0a1b2c3d',
  isHoldRequested: false,
  ...changed,
});

/** From Payroc's OpenAPI: the statuses of card payments and of bank transfers, and words that it does not list. */
const statuses = ['ready', 'complete', 'accepted', 'pending', 'declined', 'referral', 'pickup', 'reversal', 'expired', 'admin', 'returned'];
const unknownStatuses = ['approved', 'captured', 'authorized', 'settled', 'processing', 'held', 'READY', ''];
const unknownCodes = ['X', 'a', '00', ''];

const p = 'paid';
const h = 'authorized';
const v = 'reversed';
const d = 'declined';
const w = 'pending processing';
const part = 'pending partial';
const call = 'pending referral';
const q = 'pending unknown-state';

type Row = readonly [code: string | undefined, ...outcomes: string[]];

/** What each code means with each of `statuses`, for a charge by card. */
const chargeRows: readonly Row[] = [
  ['A', p, p, p, w, q, q, q, v, q, q, q],
  ['P', part, part, part, part, q, q, q, v, q, q, q],
  ['E', w, w, w, w, d, q, q, v, q, q, q],
  ['R', q, q, q, call, d, call, d, q, q, q, q],
  ['D', q, q, q, q, d, call, d, q, q, q, q],
  ['C', q, q, q, q, d, call, d, q, q, q, q],
  [undefined, w, w, w, w, d, call, d, v, q, q, q],
];
const [, ...refusedRows] = chargeRows;
const holdRows: readonly Row[] = [['A', h, h, h, h, q, q, q, v, v, q, q], ...refusedRows];
/** A terminal without pre-authorizations runs a sale and holds it back. */
const saleForHoldRows: readonly Row[] = [['A', p, p, p, h, q, q, q, v, v, q, q], ...refusedRows];
const completionForHoldRows: readonly Row[] = [['A', p, p, p, w, q, q, q, v, v, q, q], ...refusedRows];
const bankRows: readonly Row[] = chargeRows.map(([code, ...outcomes]) => {
  const returned = code === 'A' || code === undefined ? v : q;
  return [code, ...outcomes.slice(0, -1), returned];
});
const otherRows: readonly Row[] = chargeRows.map(([code]) => [code, ...statuses.map(() => q)]);

interface Table {
  readonly name: string;
  readonly types: readonly (string | undefined)[];
  readonly isHoldRequested?: boolean;
  readonly isBank?: boolean;
  readonly rows: readonly Row[];
}

const bankTypes = ['payment', 'refund', 'unreferencedRefund', 'accountVerification'];

const tables: readonly Table[] = [
  { name: 'a charge', types: ['sale', 'preAuthorizationCompletion', undefined], rows: chargeRows },
  { name: 'a hold', types: ['preAuthorization'], rows: holdRows },
  { name: 'a requested hold', types: ['preAuthorization', undefined], isHoldRequested: true, rows: holdRows },
  { name: 'a sale where a hold was requested', types: ['sale'], isHoldRequested: true, rows: saleForHoldRows },
  { name: 'a captured hold', types: ['preAuthorizationCompletion'], isHoldRequested: true, rows: completionForHoldRows },
  { name: 'a bank transfer', types: ['payment', undefined], isBank: true, rows: bankRows },
  { name: 'no payment', types: ['refund', 'void', 'Sale', 'toString', ''], rows: otherRows },
  { name: 'no payment by bank', types: bankTypes.slice(1), isBank: true, rows: otherRows },
];

interface Words {
  readonly type?: string;
  readonly status: string;
  readonly responseCode?: string;
}

function decide(words: Words, { isHoldRequested = false, isBank = false }: Partial<Table>): string {
  const terms = createTerms({ isHoldRequested, account: { ...account, form: isBank ? 'ach' : 'card' } });
  const { outcome, reason } = decideByRules(outcomeRules, readFacts({ order: {}, transactionResult: words }, terms));
  return reason ? `${outcome} ${reason}` : outcome;
}

const cases = tables.flatMap((table) =>
  table.types.flatMap((type) =>
    table.rows.map(([responseCode, ...expected]) => ({
      table,
      type,
      responseCode,
      expected,
      name: table.name,
      code: responseCode ?? 'none',
    })),
  ),
);

describe('outcomeRules', () => {
  it.each(cases)('decides every status of $name with type $type and code $code', ({ table, type, responseCode, expected }) => {
    const decided = statuses.map((status) => decide({ type, status, responseCode }, table));
    expect(Object.fromEntries(statuses.map((status, n) => [status, decided[n]]))).toEqual(
      Object.fromEntries(statuses.map((status, n) => [status, expected[n]])),
    );
  });

  it.each(tables)('leaves $name undecided for a status or a code that Payroc does not list', (table) => {
    const codes = table.rows.map(([code]) => code);
    for (const type of table.types) {
      for (const responseCode of codes) {
        for (const status of unknownStatuses) expect(decide({ type, status, responseCode }, table), `${responseCode} ${status}`).toBe(q);
      }
      for (const responseCode of unknownCodes) {
        for (const status of statuses) expect(decide({ type, status, responseCode }, table), `${responseCode} ${status}`).toBe(q);
      }
    }
  });

  it('reads a sale without a result as undecided, and a bank transfer without one as in progress', () => {
    const decideEmpty = (form: Account['form']) =>
      decideByRules(outcomeRules, readFacts({ order: {} }, createTerms({ account: { ...account, form } })));
    expect(decideEmpty('card')).toEqual({ outcome: 'pending', reason: 'unknown-state' });
    expect(decideEmpty('pad')).toEqual({ outcome: 'pending', reason: 'processing' });
  });
});

const approvedSale = (changed: object = {}, result: object = {}): Sale => ({
  paymentId: 'M2MJOG6O2Y',
  order: { orderId: 'A-1-0a1b2c3d', amount: 4999, currency: 'USD' },
  transactionResult: { type: 'sale', status: 'ready', responseCode: 'A', authorizedAmount: 4999, currency: 'USD', ...result },
  ...changed,
});

function decideSale(sale: Sale, terms = createTerms()): string {
  const { outcome, reason } = decideOutcome(sale, terms);
  return reason ? `${outcome} ${reason}` : outcome;
}

describe('readFacts', () => {
  it.each<[string, object, string]>([
    ['a surcharge', { authorizedAmount: 5149 }, 'paid'],
    ['no amount', { authorizedAmount: undefined }, 'paid'],
    ['no amount, as null', { authorizedAmount: null }, 'paid'],
    ['a part of the price', { authorizedAmount: 4998 }, 'pending partial'],
    ['a part of the price, held back', { authorizedAmount: 1, status: 'pending' }, 'pending partial'],
    ['nothing', { authorizedAmount: 0 }, 'pending unknown-state'],
    ['money for the shopper', { authorizedAmount: -4999 }, 'pending unknown-state'],
  ])('compares the approved amount with the price: %s', (_, result, expected) => {
    expect(decideSale(approvedSale({}, result))).toBe(expected);
  });

  const refund = (amount: number | null | undefined, changed: object = {}) => ({ amount, status: 'ready', responseCode: 'A', ...changed });
  it.each<[string, object[] | null, string]>([
    ['no list', null, 'paid'],
    ['an empty list', [], 'paid'],
    ['the whole price', [refund(4999)], 'refunded'],
    ['the whole price as a negative amount', [refund(-4999)], 'refunded'],
    ['the whole price in two parts', [refund(4000), refund(999)], 'refunded'],
    ['a part', [refund(4998)], 'paid'],
    ['an unknown amount', [refund(undefined)], 'refunded'],
    ['an unknown amount, as null', [refund(null)], 'refunded'],
    ['a refund of unknown state', [refund(4999, { status: undefined, responseCode: undefined })], 'refunded'],
    ['a refund with a status only', [refund(4999, { responseCode: undefined })], 'refunded'],
    ['a refund with a code only', [refund(4999, { status: null })], 'refunded'],
    ['a refund in progress', [refund(4999, { status: 'pending', responseCode: 'E' })], 'pending processing'],
    ['a refund in progress without a status', [refund(4999, { status: undefined, responseCode: 'E' })], 'pending processing'],
    ['a refund in an unknown state', [refund(4999, { status: 'frozen' })], 'pending processing'],
    ['a refund in progress, without an amount', [refund(null, { responseCode: 'E' })], 'pending processing'],
    ['a part, and the rest in progress', [refund(4000), refund(999, { responseCode: 'E' })], 'pending processing'],
    ['a part in progress', [refund(4998, { responseCode: 'E' })], 'paid'],
    ['the whole price, and another refund in progress', [refund(4999), refund(4999, { responseCode: 'E' })], 'refunded'],
    ['a declined refund', [refund(4999, { status: 'declined', responseCode: 'D' })], 'paid'],
    ['a refund that only its code declines', [refund(4999, { responseCode: 'D' })], 'paid'],
    ['a reversed refund', [refund(4999, { status: 'reversal' })], 'paid'],
    ['a declined refund and a part', [refund(4999, { status: 'declined' }), refund(1)], 'paid'],
  ])('sums the refunds: %s', (_, refunds, expected) => {
    expect(decideSale(approvedSale({ refunds }))).toBe(expected);
  });

  it.each<[string, object, object[], string]>([
    ['a settled payment', { status: 'complete' }, [refund(4999)], 'refunded'],
    ['a hold', { type: 'preAuthorization' }, [refund(4999)], 'refunded'],
    ['a payment with a surcharge, of which the price was returned', { authorizedAmount: 5149 }, [refund(4999)], 'refunded'],
    ['a part that was approved', { responseCode: 'P', authorizedAmount: 2500 }, [refund(2500)], 'refunded'],
    ['a part of the part that was approved', { responseCode: 'P', authorizedAmount: 2500 }, [refund(2499)], 'pending partial'],
    [
      'a part that was approved, in progress',
      { responseCode: 'P', authorizedAmount: 2500 },
      [refund(2500, { responseCode: 'E' })],
      'pending processing',
    ],
    ['a declined payment', { status: 'declined', responseCode: 'D' }, [refund(4999)], 'declined'],
    ['a declined payment, in progress', { status: 'declined', responseCode: 'D' }, [refund(4999, { responseCode: 'E' })], 'declined'],
    ['a reversed payment', { status: 'reversal', authorizedAmount: 0 }, [refund(4999)], 'reversed'],
  ])('decides by the refunds of %s', (_, result, refunds, expected) => {
    expect(decideSale(approvedSale({ refunds }, result))).toBe(expected);
  });
});

describe('requestsHold', () => {
  it.each<[object | undefined, Account['form'], boolean]>([
    [undefined, 'card', false],
    [{}, 'card', false],
    [{ autoCapture: true }, 'card', false],
    [{ autoCapture: 'false' }, 'card', false],
    [{ autoCapture: false }, 'card', true],
    [{ autoCapture: false, processAsSale: false }, 'card', true],
    [{ autoCapture: false, processAsSale: true }, 'card', false],
    [{ autoCapture: false }, 'ach', false],
  ])('reads `extra` %j of a form %s', (extra, form, expected) => {
    expect(requestsHold({ ...account, form }, { ...order, extra: extra as Order['extra'] })).toBe(expected);
  });
});

describe('decideOutcome', () => {
  const mismatches: [string, string, object, object][] = [
    ['another order', 'forged order', { order: { orderId: 'A-2-0a1b2c3d', amount: 4999, currency: 'USD' } }, {}],
    ['another sale of the same order', 'forged order', { order: { orderId: 'A-1-ffffffff', amount: 4999, currency: 'USD' } }, {}],
    ['another terminal', 'forged order', { processingTerminalId: '1234002' }, {}],
    ['a smaller amount', 'pending price', { order: { orderId: 'A-1-0a1b2c3d', amount: 499, currency: 'USD' } }, {}],
    ['a larger amount', 'pending price', { order: { orderId: 'A-1-0a1b2c3d', amount: 6000, currency: 'USD' } }, {}],
    ['another currency', 'forged currency', { order: { orderId: 'A-1-0a1b2c3d', amount: 4999, currency: 'CAD' } }, {}],
    ['a result in another currency', 'forged currency', {}, { currency: 'CAD' }],
  ];
  const moved: [string, object, object][] = [
    ['paid', {}, {}],
    ['authorized', {}, { type: 'preAuthorization' }],
    ['refunded', { refunds: [{ amount: 4999 }] }, {}],
    ['pending processing', { refunds: [{ amount: 4999, responseCode: 'E' }] }, {}],
    ['reversed', {}, { status: 'reversal' }],
    ['pending partial', {}, { authorizedAmount: 3 }],
  ];
  it.each(
    moved.flatMap(([outcome, sale, result]) =>
      mismatches.map(([name, ...mismatch]) => [outcome, name, sale, result, ...mismatch] as const),
    ),
  )('does not count what would be %s, but is of %s, because money moved', (outcome, _, sale, result, verdict, otherSale, otherResult) => {
    expect(decideSale(approvedSale(sale, result))).toBe(outcome);
    // Money that was returned has no price.
    const expected = ['refunded', 'pending processing', 'reversed'].includes(outcome) && verdict !== 'forged order' ? outcome : verdict;
    const refunds = 'refunds' in sale ? { refunds: [{ ...(sale.refunds as object[])[0], amount: 6000 }] } : {};
    expect(decideSale(approvedSale({ ...sale, ...otherSale, ...refunds }, { ...result, ...otherResult }))).toBe(expected);
  });

  it.each([
    [4999, 'refunded'],
    [3000, 'pending price'],
  ])('counts refunds against the amount of the sale, not against a lower price of now: %i of 4999', (amount, expected) => {
    const { order, ...terms } = createTerms();
    const sale = approvedSale({ refunds: [{ amount }] });
    const { outcome, reason } = decideOutcome(sale, { ...terms, order: { ...order, amount: 3000 } });
    expect([outcome, reason].filter(Boolean).join(' ')).toBe(expected);
  });

  it('reports what was charged at another price', () => {
    const { order, ...terms } = createTerms();
    const decided = decideOutcome(approvedSale(), { ...terms, order: { ...order, amount: 3000 } });
    expect(decided).toMatchObject({ outcome: 'pending', reason: 'price', details: { amount: 4999, currency: 'USD' } });
  });

  it('accepts another amount in the order of a partial approval', () => {
    const order = { orderId: 'A-1-0a1b2c3d', amount: 2500, currency: 'USD' };
    const partial = decideOutcome(approvedSale({ order }, { responseCode: 'P', authorizedAmount: 2500 }), createTerms());
    expect(partial).toMatchObject({ outcome: 'pending', reason: 'partial', approved: 2500, reference: 'M2MJOG6O2Y' });
    expect(decideOutcome(approvedSale({ order }, { responseCode: 'P', authorizedAmount: null }), createTerms())).not.toHaveProperty(
      'approved',
    );
  });

  it('reports a decline for another order as declined, because no money moved', () => {
    expect(decideSale(approvedSale({ order: { orderId: 'x', amount: 1 } }, { status: 'declined', responseCode: 'D' }))).toBe('declined');
  });
});

/** A card payment with all fields that we read, as in Payroc's documentation. */
const documentedSale = {
  paymentId: 'M2MJOG6O2Y',
  processingTerminalId: '1234001',
  order: { orderId: 'A-1-0a1b2c3d', dateTime: '2024-07-02T15:30:00Z', amount: 4999, currency: 'USD' },
  card: {
    type: 'MasterCard',
    cardNumber: '453985******7062',
    entryMethod: 'keyed',
    secureToken: { secureTokenId: 'MREF_abc', token: '296753123456', status: 'cvvValidated', customerName: 'Sarah' },
  },
  transactionResult: { type: 'sale', status: 'ready', approvalCode: 'OK3', authorizedAmount: 5149, currency: 'USD', responseCode: 'A' },
};

const describeSale = (sale: object, form: Account['form'] = 'card') =>
  decideOutcome(saleResponse.parse(sale), createTerms({ account: { ...account, form } }));

describe('numbers, details and savedCard', () => {
  it('reads them from a card payment', () => {
    expect(describeSale(documentedSale)).toEqual({
      outcome: 'paid',
      reference: 'M2MJOG6O2Y',
      numbers: { id: 'M2MJOG6O2Y', orderId: 'A-1-0a1b2c3d', form: 'card', amount: 4999, currency: 'USD' },
      details: {
        method: 'CARD',
        brand: 'MasterCard',
        last4: '7062',
        authorizationCode: 'OK3',
        amount: 5149,
        currency: 'USD',
        paidAt: '2024-07-02T15:30:00Z',
        transactionId: 'M2MJOG6O2Y',
      },
      savedCard: {
        ...{ token: '296753123456', id: 'MREF_abc', brand: 'MasterCard', last4: '7062' },
        numbers: { form: 'card', paymentId: 'M2MJOG6O2Y' },
      },
    });
  });

  it('reads them from a bank transfer', () => {
    const { card: _, ...rest } = documentedSale;
    const bankAccount = { type: 'ach', accountNumber: '****7890', secureToken: { token: '2967', status: 'bankAccountValidated' } };
    const { numbers, details, savedCard } = describeSale({ ...rest, bankAccount }, 'ach');
    expect(numbers).toMatchObject({ form: 'ach' });
    expect(details).toMatchObject({ method: 'ACH', last4: '7890' });
    expect(savedCard).toEqual({ token: '2967', last4: '7890', numbers: { form: 'ach', paymentId: 'M2MJOG6O2Y' } });
  });

  it.each<[string, object, object]>([
    ['a date without its offset', { order: { ...documentedSale.order, dateTime: '2024-07-02T15:30:00' } }, { paidAt: undefined }],
    ['a date that does not exist', { order: { ...documentedSale.order, dateTime: '2024-99-02T15:30:00Z' } }, { paidAt: undefined }],
    ['a date of another type', { order: { ...documentedSale.order, dateTime: 7 } }, { paidAt: undefined }],
    ['a card of another type', { card: 'VISA' }, { brand: undefined, last4: undefined }],
    ['a card with other types inside', { card: { type: 7, cardNumber: 7, secureToken: 7 } }, { brand: undefined, last4: undefined }],
    ['a number without digits', { card: { cardNumber: '****' } }, { last4: undefined }],
    [
      'an approval code of another type',
      { transactionResult: { ...documentedSale.transactionResult, approvalCode: 3 } },
      { authorizationCode: undefined },
    ],
  ])('leaves out %s, without failing the payment', (_, changed, missing) => {
    const { outcome, details } = describeSale({ ...documentedSale, ...changed });
    expect(outcome).toBe('paid');
    for (const name of Object.keys(missing)) expect(details).not.toHaveProperty(name);
  });

  it('falls back to the order where Payroc omits a field', () => {
    const described = describeSale({ order: {}, transactionResult: { status: 'declined', responseCode: 'D', authorizedAmount: 0 } });
    expect(described).toEqual({
      outcome: 'declined',
      numbers: { orderId: 'A-1-0a1b2c3d', form: 'card', amount: 4999, currency: 'USD' },
      details: { method: 'CARD' },
    });
  });

  it('takes amount and currency of the order where the result has none', () => {
    const { details } = describeSale({ ...documentedSale, transactionResult: { status: 'ready', responseCode: 'A' } });
    expect(details).toMatchObject({ amount: 4999, currency: 'USD' });
  });

  it('does not offer a card that failed its check as a saved card', () => {
    const secureToken = { ...documentedSale.card.secureToken, status: 'validationFailed' };
    expect(describeSale({ ...documentedSale, card: { ...documentedSale.card, secureToken } })).not.toHaveProperty('savedCard');
  });
});
