import { describe, expect, it } from 'vitest';
import { createSecurity } from '../../../src/providers/micuentaweb/security.js';

const host = 'https://static.micuentaweb.pe';
const security = createSecurity('micuentaweb');

describe('the security facts of micuentaweb', () => {
  it('allow the script and the frames of one host, in both environments', () => {
    const facts = security.production();
    expect(facts.sources).toMatchObject({ 'script-src': [host], 'frame-src': [host], 'connect-src': [host] });
    expect(security.sandbox()).toEqual(facts);
  });

  it('list the script, for which no hash can be pinned', () => {
    const [script, ...others] = security.production().scripts;
    expect(others).toEqual([]);
    expect(script).toMatchObject({
      source: expect.stringMatching(`^${host}/`) as string,
      assurance: expect.stringMatching(/no hash/) as string,
    });
    expect(script).not.toHaveProperty('integrity');
  });

  it('name what was not tried', () => {
    const unconfirmed = security.production().unconfirmed.join('\n');
    for (const fact of [/smart form/, /unsafe-inline/, /require-trusted-types-for/]) expect(unconfirmed).toMatch(fact);
  });

  it('name the host of another brand', () => {
    expect(createSecurity('payzen').production().sources['script-src']).toEqual(['https://static.payzen.eu']);
  });
});
