import { describe, expect, it } from 'vitest';
import { timingSafeEqual } from '../../src/server/digests.js';

describe('isSame', () => {
  it.each<[string, string, boolean]>([
    ['12345', '12345', true],
    ['', '', true],
    ['12345', '12346', false],
    ['12345', '22345', false],
    ['1234', '12345', false],
    ['12345', '1234', false],
    ['', '1', false],
  ])('compares "%s" and "%s": %s', (one, other, same) => {
    expect(timingSafeEqual(one, other)).toBe(same);
  });
});
