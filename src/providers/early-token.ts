/**
 * What an inline script in the page's head runs, before any file of ours is there: it asks for the token that the tag will ask for,
 * just as the tag would, and leaves a function that hands the answer over once, with the moment at which it was asked for. What to ask
 * for stands in the `data-` attributes of that `<script>`, so that the code is the same on every page and a policy can know it by its
 * hash. `src/token.ts` is the other side.
 */
export const earlyToken = `(({ provider, environment = 'production', order, tokenEndpoint, credentials = 'same-origin' }) => {
  if (window.payCheckoutToken) return;
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const body = JSON.stringify({ provider, environment, order });
  const asked = new Request(tokenEndpoint, { method: 'POST', headers, body, credentials, cache: 'no-store' });
  const early = { began: { monotonic: performance.now(), wall: Date.now() }, response: fetch(asked) };
  early.response.catch(() => {});
  window.payCheckoutToken = (request, wanted) => {
    if (request.url === asked.url && request.credentials === credentials && wanted === body) {
      delete window.payCheckoutToken;
      return early;
    }
    console.warn('pay-checkout: the head of this page asked for the token of another tag; its data- attributes should be as those of the tag.');
  };
})(document.currentScript.dataset);`;
