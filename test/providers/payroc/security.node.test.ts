import { describe, expect, it } from 'vitest';
import { securityPolicy } from '../../../src/server.js';

describe('securityPolicy', () => {
  it.each([['production', /production gateway/]] as const)('names an unpublished fact in %s: %s', (environment, fact) => {
    expect(securityPolicy({ provider: 'payroc', environment }).unconfirmed.join('\n')).toMatch(fact);
  });

  it('contains no guess: the production policy allows no gateway', () => {
    const { directives } = securityPolicy({ provider: 'payroc', environment: 'production' });
    expect(directives['connect-src']).toEqual(["'self'"]);
    expect(directives).not.toHaveProperty('frame-src');
  });
});
