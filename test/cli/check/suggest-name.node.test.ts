import { describe, expect, it } from 'vitest';
import { suggestName } from '../../../src/cli/check/suggest-name.js';

const names = ['first_name', 'last_name', 'city'];

describe('suggestName', () => {
  it.each(['firstName', 'FIRST_NAME', 'first-name', 'firstname'])('is certain of %s', (key) => {
    expect(suggestName(key, names)).toEqual({ name: 'first_name', isCertain: true });
  });

  it.each(['frist_name', 'first_nam', 'first_names', 'forst_name', 'irst_name', 'first_nmae'])('guesses what %s means', (key) => {
    expect(suggestName(key, names)).toEqual({ name: 'first_name', isCertain: false });
  });

  it.each(['name', 'firt_nme', 'cty', 'address', ''])('suggests nothing for %s', (key) => {
    expect(suggestName(key, names)).toBeUndefined();
  });
});
