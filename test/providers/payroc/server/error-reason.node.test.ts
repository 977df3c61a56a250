import { describe, expect, it } from 'vitest';
import { readErrorReason } from '../../../../src/providers/payroc/server/error-reason.js';
import { labelsIn } from '../../../../src/providers/payroc/browser/labels.js';

const problem = (slug: string, more: object = {}) => ({
  ...{ type: `https://docs.payroc.com/api/errors#${slug}`, title: 'Bad request', status: 400, detail: 'One or more fields are wrong.' },
  ...more,
});

describe('the words for the card form', () => {
  it('are Spanish for a language that has none, and for none at all', () => {
    expect(labelsIn('fr-CA')).toEqual(labelsIn('es'));
    expect(labelsIn('')).toEqual(labelsIn('es'));
    expect(labelsIn('en-US')).not.toEqual(labelsIn('es'));
  });
});

describe("the reason in an error of Payroc's", () => {
  it('is its slug, whatever its details leave out', () => {
    for (const errors of [undefined, [], [{}], [{ message: 'x' }], [{ detail: 'y' }]]) {
      expect(readErrorReason(problem('bad-request', { errors }))?.code).toBe('bad-request');
    }
  });

  it('is the version of the library, where either text says so', () => {
    for (const error of [{ message: 'Invalid libVersion' }, { detail: 'Invalid libVersion 1.2' }]) {
      expect(readErrorReason(problem('bad-request', { errors: [error] }))?.code).toBe('libVersion-not-accepted');
    }
  });

  it('is none for what is no error of its own', () => {
    for (const body of [undefined, 'text', {}, problem('constructor')]) expect(readErrorReason(body)).toBe(undefined);
  });
});
