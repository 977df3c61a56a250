import { describe, expect, it } from 'vitest';
import { securityPolicy } from '../../../src/server.js';

describe('securityPolicy', () => {
  it.each([['production', /production gateway/]] as const)(
    'lists what the provider has not published about %s: %s',
    (environment, fact) => {
      expect(securityPolicy({ provider: 'payroc', environment }).unconfirmed.join('\n')).toMatch(fact);
    },
  );

  it('allows no gateway in production, because Payroc publishes none', () => {
    const { directives } = securityPolicy({ provider: 'payroc', environment: 'production' });
    expect(directives['connect-src']).toEqual(["'self'"]);
    expect(directives).not.toHaveProperty('frame-src');
  });
});
