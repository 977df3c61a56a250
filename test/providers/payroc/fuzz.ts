import fc from 'fast-check';
import type { ProviderFuzz } from '../../fuzz/provider-fuzz.js';
import { createBase, type QuickLibrary } from '../../fuzz/quick-library.js';
import { token } from '../../fuzz/secret.js';
import { isText, oddStates } from '../../fuzz/values.js';

export const fuzz: ProviderFuzz = {
  createLibrary,
  tokenAnswers: (config) => [
    { processingTerminalId: '1234001', token, expiresAt: '2026-03-01T12:10:00.000Z', config },
    { type: 'https://docs.payroc.com/api/errors#unauthorized', title: 'Unauthorized', status: 401 },
  ],
  payloads: {
    submissionSuccess: [{ token: `single-${token}`, expiresAt: '2026-03-01T12:10:00Z' }],
    error: [
      { type: 'init', message: `Invalid session token ${token}` },
      { type: 'field', field: 'cvv', message: 'No' },
      { type: 'submission', message: token },
    ],
    fieldValidityChange: [{ field: 'cvv' }, { field: 'cvv', validationError: `Invalid ${token}` }],
    surchargingAllowed: [{ percentage: 3, disclosure: `3 % more ${token}` }],
    surchargingNotAllowed: [{}],
  },
  special: {
    token: fc.constantFrom('', null, {}, 7, ['t']),
    ...{ type: oddStates, field: oddStates, message: oddStates, validationError: oddStates },
  },
  states: ['ready', 'succeeded', 'pending', 'failed'],
  isSuccess: (callback, payload) => callback === 'submissionSuccess' && isText(payload.token),
};

function createLibrary(): QuickLibrary {
  const quick = createBase();
  const library = class {
    readonly #places: { target: string }[];
    constructor({ sessionToken, fields }: { sessionToken: unknown; fields: Record<string, Record<string, { target: string }>> }) {
      quick.tokens.push(sessionToken);
      this.#places = Object.values(fields).flatMap((places) => Object.values(places));
    }
    on(name: string, callback: (payload?: unknown) => unknown) {
      quick.callbacks.set(name, callback);
    }
    initialize() {
      quick.onOpening();
      for (const { target } of this.#places) document.querySelector(target)?.append(createFrame());
      return Promise.resolve();
    }
    destroy() {}
  };
  return Object.assign(quick, { library });
}

/** Passes for an iframe, without a page that takes time to load. */
function createFrame(): Element {
  const frame = document.createElementNS<'svg'>('http://www.w3.org/2000/svg', 'iframe' as 'svg');
  frame.setAttribute('loading', 'lazy');
  frame.style.opacity = '1';
  return frame;
}
