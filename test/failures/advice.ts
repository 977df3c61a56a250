import type { Mistake } from '../../src/state/console.js';
import type { failures } from '../../src/state/errors.js';

type Failures = typeof failures;
type Explanation<Reasons, Text> = { readonly [Reason in keyof Reasons]: Text };

/** What each code means, as `docs/failures.md` introduces it. */
export const meanings: Explanation<Failures, string> = {
  config: 'An attribute or setting on the page is wrong. `error.message` names it, with the expected and the actual value.',
  endpoint: 'The token endpoint is unreachable, or it returns 429 or 5xx.',
  token: 'The token endpoint refuses the request, or its response is not usable.',
  asset: "The provider's script or style sheet does not load.",
  provider: "The provider's library throws an error, or its form does not appear.",
  outcome:
    'The outcome endpoint returned no usable outcome. The state is `pending`, because money may have moved, and `state.error` has this error. It is never retryable, because another attempt could be a second payment.',
  declined: 'The provider declined the payment, or returned it.',
};

interface Advice {
  readonly cause: string;
  readonly fix: string;
}

/** The cause of each error and its fix. A reason without an entry does not compile. */
export const advice: { readonly [Code in keyof Failures]: Explanation<Failures[Code], Advice> } = {
  config: {
    attribute: { cause: 'An attribute or property has a wrong value.', fix: 'Correct the attribute that the message names.' },
    'unknown-provider': {
      cause: 'No provider is registered under this name.',
      fix: "Correct the name, add the provider's file, or call `register()`. The element then starts on its own.",
    },
    environment: { cause: 'The provider does not have this environment.', fix: 'Use an environment that the message lists.' },
    'already-open': {
      cause: 'This provider draws one form per page, and another element has it open.',
      fix: 'Remove the other element or finish its payment.',
    },
    'environment-conflict': {
      cause: 'The page has already loaded the provider for another environment.',
      fix: 'Reload the page to use the second environment.',
    },
    'provider-config': {
      cause: 'The form needs a field that `config` lacks, or that has a wrong value.',
      fix: 'Add the field that the message names. Usually the token endpoint must send it.',
    },
  },
  endpoint: {
    offline: { cause: 'The shopper is offline.', fix: 'Nothing.' },
    timeout: {
      cause: 'The endpoint does not respond within 15 s, or returns no usable token within 60 s.',
      fix: "Check the endpoint's log.",
    },
    unreachable: {
      cause: 'The connection fails, or the response has no CORS headers, or your Content Security Policy blocks the request.',
      fix: 'Check that the endpoint runs, its address, its CORS headers and your `connect-src`.',
    },
    http: { cause: 'The endpoint returns 429 or 5xx.', fix: "Check the endpoint's log." },
  },
  token: {
    refused: {
      cause: 'The endpoint returns a 4xx status other than 429.',
      fix: 'Check that the shopper is logged in, that the order exists for this shopper, and your CSRF check.',
    },
    shape: { cause: 'The response lacks a field or is not JSON.', fix: 'Correct what the message names.' },
    mismatch: {
      cause: 'Page and endpoint use different providers or environments.',
      fix: 'Use the same `provider` and `environment` on both sides.',
    },
    stale: { cause: 'Every token from the endpoint has expired.', fix: 'Check that no cache stores the responses.' },
    provider: {
      cause: 'The provider refused the request inside a response with status 200.',
      fix: "Read the provider's text in `error.cause`.",
    },
  },
  asset: {
    offline: { cause: 'The shopper is offline.', fix: 'Nothing.' },
    timeout: { cause: "The provider's host does not respond.", fix: 'Nothing, unless it lasts.' },
    blocked: {
      cause: 'Your Content Security Policy blocks the file.',
      fix: 'Add the host that the message names to the directive that it names.',
    },
    'missing-global': {
      cause: 'The script ran but did not create its global, for example because it threw an error.',
      fix: 'Check the console for an error of the script. If your page has a module loader, do not add it while the script loads, because it hides the global.',
    },
    integrity: { cause: 'The file does not match its integrity hash.', fix: 'Do not remove the check. Update this package, or report it.' },
    http: { cause: "The provider's host returns an error status.", fix: 'Nothing, unless it lasts.' },
    unreachable: {
      cause: "The connection fails, or an ad blocker blocks the file. If you use a bundler, your server may lack the provider's chunk.",
      fix: 'If the message names a chunk, deploy it. Otherwise nothing, unless it lasts.',
    },
  },
  provider: {
    threw: { cause: 'The library threw an error.', fix: "Check the browser's console." },
    timeout: { cause: 'The form did not appear in two attempts.', fix: "Check the credentials and the browser's console." },
    blocked: {
      cause: "Your Content Security Policy blocks one of the provider's hosts.",
      fix: 'Add the host that the message names to the directive that it names.',
    },
    session: { cause: 'The provider reported a technical error.', fix: "Check the browser's console and the provider's panel." },
    removed: {
      cause:
        'Your page removed a form that the shopper had started to fill in, or it removed six forms. `refresh()` also removes a form: the message then ends with the reason why no other form opened.',
      fix: 'Exclude the element from [DOM morphing and page caches](frameworks.md#pages-that-replace-html). After `refresh()`, correct what the message names.',
    },
  },
  outcome: {
    offline: { cause: 'The shopper is offline.', fix: 'Nothing. A notification of the provider also reports the payment to your backend.' },
    timeout: { cause: 'The endpoint does not respond within 15 s.', fix: "Check the endpoint's log." },
    unreachable: {
      cause: 'The connection fails, or the response has no CORS headers, or your Content Security Policy blocks the request.',
      fix: 'Check that the endpoint runs, its address, its CORS headers and your `connect-src`.',
    },
    http: { cause: 'The endpoint returns 429 or 5xx.', fix: "Check the endpoint's log." },
    refused: {
      cause: 'The endpoint returns a 4xx status other than 429.',
      fix: 'Check the session cookie and your CSRF check: `requestOutcome` can add a header.',
    },
    shape: { cause: 'The response has no known `outcome`, or is not JSON.', fix: 'Correct what the message names.' },
  },
  declined: {
    '': { cause: 'The provider declined the payment.', fix: 'Nothing: the shopper can try another card.' },
    returned: {
      cause: 'The payment was charged, and the money has been given back.',
      fix: 'Nothing: the shopper can pay the order again.',
    },
  },
};

/** What the console warns of, although the checkout goes on. A mistake without an entry does not compile. */
export const mistakes: Readonly<Record<Mistake, Advice>> = {
  'late-stand-ins': {
    cause: '`useStandIns()` was called after an element had started. That element keeps its provider, which is usually the real one.',
    fix: 'Call `useStandIns()` first: set `loading="manual"` on the tag, or [add the tag afterwards](testing.md#component).',
  },
  'no-outcome-endpoint': {
    cause: 'The element has no `outcome-endpoint`, so no backend confirms its payments.',
    fix: 'Set `outcome-endpoint`. Otherwise ship only after your own check of the payment.',
  },
  'not-rendered': {
    cause: 'The element has no box, for example in a closed dialog. The checkout waits until it has one.',
    fix: 'Nothing, if the page shows the element later. `preload()` fetches the files meanwhile.',
  },
  'self-closing': {
    cause:
      'The tag is written as `<pay-checkout />`. HTML does not close such a tag, so the rest of the page is inside the element and hidden.',
    fix: 'Write `<pay-checkout …></pay-checkout>`.',
  },
  'unknown-attribute': { cause: 'The element has an attribute that resembles one of its own.', fix: 'Correct the name.' },
  'unknown-key': { cause: '`config` has a key that the provider does not know.', fix: 'Correct or remove the key. It has no effect.' },
  'unknown-locale': {
    cause: 'The element has no texts in the language of `locale`.',
    fix: 'Use a language that the message names, or set `messages`.',
  },
  'unreachable-stand-ins': {
    cause: '`useStandIns()` cannot reach the element of the page: another package or an older version has defined the tag.',
    fix: 'Load one version of pay-checkout only. In an outdated browser, test with a [newer one](installation.md#browsers).',
  },
};
