import { describe, expect, it } from 'vitest';
import { createCharge, summarize, verify, type ChargeChanges } from './fake-charge.js';

/** Stands for an operation or transaction without a `state`, and for a transaction that Pay-me does not list. */
const [noState, notListed] = ['no state', 'not listed'];

const outcomes: Readonly<Record<string, object>> = {
  paid: { outcome: 'paid' },
  back: { outcome: 'reversed' },
  no: { outcome: 'declined' },
  wait: { outcome: 'pending' },
  '?': { outcome: 'pending', reason: 'unknown-state' },
  none: { outcome: 'pending', reason: 'not-found' },
};

/** The outcome of each state of the operation (row) with each state of its transaction (column), from the documentation's "Estados". */
const table = `
operation  | AUTORIZADO | LIQUIDADO | DEPOSITADO | EXTORNADO | PENDIENTE | REGISTRADO | ''   | no state | DENEGADO | INVALIDO | CANCELADO | EXPIRADO | EN PROCESO | not listed
AUTORIZADO | paid       | paid      | paid       | ?         | paid      | paid       | paid | paid     | paid     | paid     | paid      | paid     | ?          | paid
LIQUIDADO  | paid       | paid      | paid       | ?         | paid      | paid       | paid | paid     | paid     | paid     | paid      | paid     | ?          | paid
DEPOSITADO | paid       | paid      | paid       | ?         | paid      | paid       | paid | paid     | paid     | paid     | paid      | paid     | ?          | paid
EXTORNADO  | back       | back      | back       | back      | back      | back       | back | back     | back     | back     | back      | back     | ?          | back
PENDIENTE  | paid       | paid      | paid       | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
REGISTRADO | paid       | paid      | paid       | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
''         | paid       | paid      | paid       | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
no state   | paid       | paid      | paid       | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
DENEGADO   | ?          | ?         | ?          | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
INVALIDO   | ?          | ?         | ?          | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
CANCELADO  | ?          | ?         | ?          | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
EXPIRADO   | ?          | ?         | ?          | back      | wait      | wait       | wait | wait     | no       | no       | no        | no       | ?          | none
EN PROCESO | ?          | ?         | ?          | ?         | ?         | ?          | ?    | ?        | ?        | ?        | ?         | ?        | ?          | ?
`;

const [[, ...columns] = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const cells = rows.flatMap(([operation = '', ...row]) => row.map((cell, n): [string, string, string] => [operation, columns[n]!, cell]));

function createChanges(operation: string, transaction: string): ChargeChanges {
  const createState = (word: string) => ({ state: word === noState ? undefined : word === "''" ? '' : word });
  return {
    operation: { ...createState(operation), ...(transaction === notListed && { transactions: [] }) },
    transaction: createState(transaction),
  };
}

const decide = async (changes: ChargeChanges) => (await verify((operation) => createCharge(operation, changes))).reported!;

describe('outcomeRules (Pay-me)', () => {
  it('has an expected outcome for each pair of states', () => {
    expect(cells).toHaveLength(13 * 14);
    expect(cells.filter(([, , cell]) => !outcomes[cell])).toEqual([]);
  });

  it.each(cells)('decides the operation %s with the transaction %s as %s', async (operation, transaction, expected) => {
    const { outcome, reason } = await decide(createChanges(operation, transaction));
    expect({ outcome, ...(reason && { reason }) }).toEqual(outcomes[expected]);
  });

  const unknown = [
    'autorizado',
    'AUTORIZADO ',
    ' AUTORIZADO',
    'AUTORIZADO SIN LIQUIDACION',
    'AUTHORIZED',
    'DEVUELTO',
    'denegado',
    'EXTORNO FALLIDO',
  ];
  it.each([...unknown, 7, true, {}, ['AUTORIZADO'], 'constructor'])('does not know the state %j', async (state) => {
    const unclear = { outcome: 'pending', reason: 'unknown-state' };
    expect(await decide({ operation: { state } })).toMatchObject(unclear);
    expect(await decide({ transaction: { state } })).toMatchObject(unclear);
    expect(await decide({ operation: { state }, transaction: { state } })).toMatchObject(unclear);
  });

  it('treats a state of null as none', async () => {
    expect(await decide({ operation: { state: null } })).toMatchObject({ outcome: 'paid' });
    expect(await decide({ operation: { state: 'PENDIENTE' }, transaction: { state: null } })).toMatchObject({ outcome: 'pending' });
  });

  it('reports an operation as paid if another of its transactions was authorised', async () => {
    const paid = { transaction_id: 'second', state: 'AUTORIZADO', amount: '1050', currency: '604' };
    for (const state of ['AUTORIZADO', 'PENDIENTE', undefined])
      for (const reported of ['DENEGADO', 'PENDIENTE', 'EXTORNADO', 'EN PROCESO'])
        expect(summarize(await decide({ operation: { state }, transaction: { state: reported }, others: [paid] }))).toEqual({
          outcome: 'paid',
          reference: 'second',
        });
  });

  it('does not report an operation as paid because another transaction is pending or declined', async () => {
    const others = [
      { transaction_id: 'second', state: 'PENDIENTE' },
      { transaction_id: 'third', state: 'EN PROCESO' },
    ];
    expect(await decide({ operation: { state: 'PENDIENTE' }, transaction: { state: 'DENEGADO' }, others })).toMatchObject({
      outcome: 'declined',
    });
  });
});

describe('a charge of another order or price', () => {
  const good: [string, ChargeChanges, boolean][] = [
    ['paid, by operation and transaction', {}, true],
    ['paid, by the transaction', { operation: { state: 'PENDIENTE' } }, true],
    ['paid, by the operation after a declined try', { transaction: { state: 'DENEGADO' } }, false],
    ['settled', { operation: { state: 'LIQUIDADO' }, transaction: { state: 'LIQUIDADO' } }, true],
    ['paid out', { operation: { state: 'DEPOSITADO' }, transaction: { state: 'DEPOSITADO' } }, true],
    ['reversed, by operation and transaction', { operation: { state: 'EXTORNADO' }, transaction: { state: 'EXTORNADO' } }, true],
    ['reversed, by the transaction', { operation: { state: 'PENDIENTE' }, transaction: { state: 'EXTORNADO' } }, true],
    ['reversed, by the operation', { operation: { state: 'EXTORNADO' }, transaction: { state: 'DENEGADO' } }, false],
  ];
  const mismatches: [string, ChargeChanges, string][] = [
    ['another merchant code', { top: { merchant_code: 'another' } }, 'forged, order'],
    ['another operation number', { operation: { merchant_operation_number: '100000000000' } }, 'forged, order'],
    ['another amount', { operation: { amount: '105' } }, 'pending, price'],
    ['a larger amount', { operation: { amount: 105000 } }, 'pending, price'],
    ['the amount 0', { operation: { amount: 0 } }, 'pending, price'],
    ['another currency', { operation: { currency: '840' } }, 'forged, currency'],
    ['an unknown currency', { operation: { currency: '978' } }, 'forged, currency'],
    ['an empty currency', { operation: { currency: 0 } }, 'forged, currency'],
    ['another amount in another currency', { operation: { amount: '105', currency: '840' } }, 'forged, currency'],
    ['a transaction of another amount', { transaction: { amount: '1' } }, 'pending, price'],
    ['a transaction of another currency', { transaction: { currency: 840 } }, 'forged, currency'],
  ];
  const cases = good.flatMap(([state, right, countsTransaction]) =>
    mismatches
      .filter(([, { transaction }]) => countsTransaction || !transaction)
      .map(([wrong, changes, verdict]): [string, string, string, ChargeChanges] => [
        state,
        wrong,
        // Money that was returned has no price.
        state.startsWith('reversed') && verdict !== 'forged, order' ? 'reversed' : verdict,
        {
          top: changes.top,
          operation: { ...right.operation, ...changes.operation },
          transaction: { ...right.transaction, ...changes.transaction },
        },
      ]),
  );

  it.each(good)('counts if it is %s and fits', async (state, changes) => {
    expect((await decide(changes)).outcome).toBe(state.startsWith('reversed') ? 'reversed' : 'paid');
  });

  it.each(cases)('does not count if it is %s, with %s: it is %s', async (_, __, verdict, changes) => {
    const { json, reported } = await verify((operation) => createCharge(operation, changes));
    expect(json).toEqual(verdict === 'reversed' ? { outcome: 'declined', reason: 'returned' } : { outcome: 'pending' });
    expect([reported!.outcome, reported!.reason].filter(Boolean).join(', ')).toBe(verdict);
  });
});
