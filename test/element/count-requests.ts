import type { Setup } from '../support/element.js';

/** A token endpoint that counts its requests, and responds with another token to each. */
export interface CountingEndpoint extends Required<Pick<Setup, 'requestToken'>> {
  requests: number;
}

export function countRequests(): CountingEndpoint {
  const endpoint = {
    requests: 0,
    requestToken: () => Promise.resolve({ token: `token-${++endpoint.requests}`, expiresIn: 30 }),
  };
  return endpoint;
}
