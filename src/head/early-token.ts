/**
 * What an inline script in the page's head runs, before any file of ours is there: it asks for the token that the tag will ask for,
 * just as the tag would, and leaves a function that hands the answer over once, with the moment at which it was asked for. What to ask
 * for stands in the `data-` attributes of that `<script>`, so that the code is the same on every page and a policy can know it by its
 * hash. `src/token.ts` is the other side.
 *
 * A tag that comes later than 10 s gets nothing: the order may have been changed or paid meanwhile. A refusal is not handed on but asked
 * about anew, as the visitor may have been let in since.
 */
export const earlyTokenScript = `(({ provider, environment = 'production', order, tokenEndpoint, credentials = 'same-origin' }) => {
  if (window.payCheckoutToken || !window.isSecureContext) return;
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const body = JSON.stringify({ provider, environment, order });
  const request = new Request(tokenEndpoint, { method: 'POST', headers, body, credentials, cache: 'no-store' });
  const began = { monotonic: performance.now(), wall: Date.now() };
  const response = fetch(request);
  response.catch(() => {});
  const age = () => Math.max(performance.now() - began.monotonic, Date.now() - began.wall);
  const take = (wanted, wantedBody) => {
    if (wanted.url !== request.url || wanted.credentials !== credentials || wantedBody !== body || age() > 10000) return;
    delete window.payCheckoutToken;
    return { began, response: response.then((early) => (early.status < 400 || early.status > 428 ? early : fetch(wanted))) };
  };
  window.payCheckoutToken = take;
  setTimeout(() => {
    if (window.payCheckoutToken !== take) return;
    delete window.payCheckoutToken;
    console.warn('pay-checkout: no tag used the token that the head of this page requested. Give the script the data- attributes of the tag, and put the tag into the HTML of the page.');
  }, 10000);
})(document.currentScript.dataset);`;

/** For the `script-src` of a policy: of the code as it stands in the page, with a line break before and after it. */
export const earlyTokenHash = 'sha256-a1Gy0KCCqktxCNha7QjUcb7/02cVtgK4ngjP6x05HJk=';
