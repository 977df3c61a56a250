import { busyWhile } from '../support/work.js';

/** A host of the page's own that the policy forbids for scripts. */
export const forbidden = location.origin.replace('localhost', '127.0.0.1');

/** What the page allows, which is a real policy: it lets nothing out but to the test server. */
const policy = {
  'script-src': "'self' 'unsafe-inline'",
  'connect-src': `'self' ws://${location.host} ${forbidden}`,
  'frame-src': "'self'",
};

const meta = document.createElement('meta');
meta.httpEquiv = 'Content-Security-Policy';
meta.content = Object.entries(policy)
  .map((directive) => directive.join(' '))
  .join('; ');
document.head.append(meta);

/** Counts as work of the browser until it has told of what it is about to block, which it does in its own time. */
export function busyUntilTold(): void {
  const done = busyWhile(() => true);
  document.addEventListener('securitypolicyviolation', done, { once: true });
}
