import { describe, expect, it } from 'vitest';
import { securityPolicy } from '../../../src/server.js';

describe('securityPolicy', () => {
  it.each([['production', /fraud/]] as const)('names an unpublished fact in %s: %s', (environment, fact) => {
    expect(securityPolicy({ provider: 'izipay', environment }).unconfirmed.join('\n')).toMatch(fact);
  });
});
