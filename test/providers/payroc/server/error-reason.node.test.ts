import { describe, expect, it } from 'vitest';
import { readErrorReason } from '../../../../src/providers/payroc/server/error-reason.js';

const createProblem = (slug: string, more: object = {}) => ({
  ...{ type: `https://docs.payroc.com/api/errors#${slug}`, title: 'Bad request', status: 400, detail: 'One or more fields are wrong.' },
  ...more,
});

describe('readErrorReason', () => {
  it('returns the slug, whichever details are missing', () => {
    for (const errors of [undefined, [], [{}], [{ message: 'x' }], [{ detail: 'y' }]]) {
      expect(readErrorReason(createProblem('bad-request', { errors }))?.code).toBe('bad-request');
    }
  });

  it('returns the library version if either text names it', () => {
    for (const error of [{ message: 'Invalid libVersion' }, { detail: 'Invalid libVersion 1.2' }]) {
      expect(readErrorReason(createProblem('bad-request', { errors: [error] }))?.code).toBe('libVersion-not-accepted');
    }
  });

  it('returns nothing for a body that is not a documented error', () => {
    for (const body of [undefined, 'text', {}, createProblem('constructor')]) expect(readErrorReason(body)).toBe(undefined);
  });
});
