import { describe, expect, it } from 'vitest';
import { ratioOf, summaryOf } from '../../bench/statistics.js';

describe('the arithmetic of the benchmarks', () => {
  it('takes the middle of an odd number of values, whatever their order', () => {
    expect(summaryOf([9, 1, 5])).toEqual({ median: 5, quartiles: [3, 7] });
  });

  it('takes the mean of the middle two of an even number', () => {
    expect(summaryOf([4, 1, 3, 2])).toEqual({ median: 2.5, quartiles: [1.75, 3.25] });
  });

  it('sorts by size and not by letters', () => {
    expect(summaryOf([100, 9, 20]).median).toBe(20);
  });

  it('is not thrown off by one slow round', () => {
    expect(summaryOf([1, 1, 1, 1, 50])).toEqual({ median: 1, quartiles: [1, 1] });
  });

  it('compares what was measured in the same round', () => {
    expect(ratioOf([20, 30, 40], [10, 30, 10]).median).toBe(2);
  });

  it('makes nothing of nothing', () => {
    expect(() => summaryOf([])).toThrow(RangeError);
  });
});
