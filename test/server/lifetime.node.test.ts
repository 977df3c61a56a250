import { expect, it } from 'vitest';
import { readSeconds } from '../../src/server/lifetime.js';

const fallback = 3600;
const day = 86_400;

it.each<[unknown, number]>([
  [8600, 8600],
  ['8600', 8600],
  ['8600.5', 8600.5],
  [0, 0],
  [-1, 0],
  ['-1', 0],
  [1e15, day],
  ['1000000000000000', day],
  [Infinity, day],
  [NaN, fallback],
  [undefined, fallback],
  [null, fallback],
  [true, fallback],
  ['', fallback],
  ['x', fallback],
  ['1e15', fallback],
  [[8600], fallback],
  [{}, fallback],
])('readSeconds reads %j as %d', (value, expected) => {
  expect(readSeconds(value, fallback)).toBe(expected);
});
