import { standInTags } from './stand-in-tags.js';

/** Returns the lines that the command prints once it listens. */
export function describeAddresses(url: string): string {
  return `The stand-ins listen on ${url}

  Payments     ${url}/
  Credentials  ${url}/settings

In your page, for development only:
${standInTags(url).replace(/^/gm, '  ')}
Your endpoints: PAY_STAND_INS=${url} npx pay-checkout serve
A backend of your own sends the requests for https://<host>/<path> to ${url}/stand-in/<host>/<path>.

Press Ctrl+C to end. Never use the stand-ins in production.
`;
}
