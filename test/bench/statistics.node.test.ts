import { describe, expect, it } from 'vitest';
import { ratioOf, summaryOf } from '../../bench/statistics.js';

describe('benchmark statistics', () => {
  it('returns the middle of an odd number of values in any order', () => {
    expect(summaryOf([9, 1, 5])).toEqual({ median: 5, quartiles: [3, 7] });
  });

  it('returns the mean of the middle two of an even number of values', () => {
    expect(summaryOf([4, 1, 3, 2])).toEqual({ median: 2.5, quartiles: [1.75, 3.25] });
  });

  it('sorts numerically', () => {
    expect(summaryOf([100, 9, 20]).median).toBe(20);
  });

  it('is not affected by one slow round', () => {
    expect(summaryOf([1, 1, 1, 1, 50])).toEqual({ median: 1, quartiles: [1, 1] });
  });

  it('compares values of the same round', () => {
    expect(ratioOf([20, 30, 40], [10, 30, 10]).median).toBe(2);
  });

  it('throws without values', () => {
    expect(() => summaryOf([])).toThrow(RangeError);
  });
});
