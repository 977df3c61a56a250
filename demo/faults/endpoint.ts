import type { Faults } from './fault.js';

/** The faults of the token endpoint, which every provider can have. */
export const endpointFaults: Faults = {
  'endpoint-404': { label: 'Token endpoint: 404', ends: 'failed · token / refused', token: 404 },
  'endpoint-429': { label: 'Token endpoint: 429', ends: 'failed · endpoint / http, after 3 tries', token: 429 },
  'endpoint-500': { label: 'Token endpoint: 500', ends: 'failed · endpoint / http, after 3 tries', token: 500 },
  'endpoint-html': { label: 'Token endpoint: a page of HTML', ends: 'failed · token / shape', token: 'html' },
  'endpoint-late': { label: 'Token endpoint: 4 s late', ends: 'ready', token: 'late' },
  'endpoint-hang': { label: 'Token endpoint: never answers', ends: 'failed · endpoint / timeout, after 3 tries of 15 s', token: 'hang' },
  'stale-token': { label: 'Token endpoint: dead tokens', ends: 'failed · token / stale, after 3 tokens', token: 'stale' },
  'script-404': { label: 'Library: 404', ends: 'failed · asset / unreachable, after 3 tries', script: 404 },
};
