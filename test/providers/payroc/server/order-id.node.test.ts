import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createOrderId, createOrderIdPrefix, isOrderIdOf } from '../../../../src/providers/payroc/server/order-id.js';

const token = 'c96cb928e39c34bd05022cd821d2cbba';
const references = [
  ...['A-1001', 'A_1', 'OrderRef6543', '1', 'A-', 'A--1', 'A-1001-3f9a2c1b', 'exactly-15-long', 'just-16-chars-xx'],
  ...['5f0c1c7e-7a53-4a1d-9b8e-1f8a2c9d0e11', '5f0c1c7e-7a53-4a1d-9b8e-1f8a2c9d0e12', 'pedido nº 7', 'pedido nº 8', 'a/b', '///', '令和'],
];

describe('createOrderId', () => {
  it('appends the first eight digits of the token’s SHA-256 to the reference', async () => {
    const hash = createHash('sha256').update(token).digest('hex').slice(0, 8);
    expect(await createOrderId('A-1001', token)).toBe(`A-1001-${hash}`);
  });

  it('returns the same id for the same token, and another one for another token', async () => {
    expect(await createOrderId('A-1001', token)).toBe(await createOrderId('A-1001', token));
    expect(await createOrderId('A-1001', token)).not.toBe(await createOrderId('A-1001', `${token}2`));
  });

  it.each(references)('has at most 24 letters, digits, hyphens and underscores for the reference %s', async (reference) => {
    expect(await createOrderId(reference, token)).toMatch(/^[\w-]{9,24}$/);
  });

  it('keeps the start of a reference that it has to cut', async () => {
    expect(await createOrderId('5f0c1c7e-7a53-4a1d-9b8e-1f8a2c9d0e11', token)).toMatch(/^5f0c--[a-z\d]{9}-[\da-f]{8}$/);
    expect(await createOrderId('令和', token)).toMatch(/^--[a-z\d]{13}-[\da-f]{8}$/);
  });
});

describe('isOrderIdOf', () => {
  it('matches the ids of its own order only', async () => {
    const ids = await Promise.all(references.map((reference) => createOrderId(reference, token)));
    for (const [n, reference] of references.entries()) {
      const prefix = await createOrderIdPrefix(reference);
      expect(ids.filter((id) => isOrderIdOf(prefix, id))).toEqual([ids[n]]);
    }
  });

  it.each(['A-1', 'A-1-', 'A-1-0a1b2c3', 'A-1-0a1b2c3d4', 'A-1-0A1B2C3D', 'A-1-0a1b2c3g', 'A-10-0a1b2c3d', 'xA-1-0a1b2c3d', ''])(
    'does not match %j with the order A-1',
    (id) => {
      expect(isOrderIdOf('A-1', id)).toBe(false);
    },
  );
});
