import { describe, expect, it } from 'vitest';
import { getLabels } from '../../../../src/providers/payroc/browser/labels.js';

describe('getLabels', () => {
  it('returns Spanish for an unsupported or missing language', () => {
    expect(getLabels('fr-CA')).toEqual(getLabels('es'));
    expect(getLabels('')).toEqual(getLabels('es'));
    expect(getLabels('en-US')).not.toEqual(getLabels('es'));
  });
});
