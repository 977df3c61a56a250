import { securityPolicy, type SecurityPolicyOptions } from '../../../src/head/security-policy.js';
import type { Choices } from '../choices.js';
import type { Snippet } from './snippet.js';

/** The `Content-Security-Policy` header that a page with these choices needs. */
export const policy: Snippet = {
  title: 'CSP',
  text(choices) {
    const directives = Object.entries(policyOf(choices).directives);
    return `Content-Security-Policy: ${directives.map((directive) => directive.flat().join(' ')).join('; ')}`;
  },
  note: () =>
    "To be added to what your page has. 'self' is our script and your endpoints, wherever you have them: from unpkg.com, script-src needs https://unpkg.com, too.",
  warnings: (choices) => policyOf(choices).unconfirmed,
};

function policyOf({ provider, fallback, environment }: Choices) {
  return securityPolicy({ provider, fallback, environment } as SecurityPolicyOptions);
}
