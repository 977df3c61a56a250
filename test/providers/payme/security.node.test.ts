import { describe, expect, it } from 'vitest';
import { securityPolicy } from '../../../src/server.js';

describe('securityPolicy', () => {
  it.each([
    ['sandbox', /3-D Secure/],
    ['production', /'unsafe-inline'/],
  ] as const)('names an unpublished fact in %s: %s', (environment, fact) => {
    expect(securityPolicy({ provider: 'payme', environment }).unconfirmed.join('\n')).toMatch(fact);
  });
});
