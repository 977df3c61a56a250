import { describe, expect, it } from 'vitest';
import { labelsIn } from '../../../../src/providers/payroc/browser/labels.js';

describe('labelsIn', () => {
  it('returns Spanish for an unsupported or missing language', () => {
    expect(labelsIn('fr-CA')).toEqual(labelsIn('es'));
    expect(labelsIn('')).toEqual(labelsIn('es'));
    expect(labelsIn('en-US')).not.toEqual(labelsIn('es'));
  });
});
