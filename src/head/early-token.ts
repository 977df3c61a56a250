/**
 * The code of an inline script in the page's head, which requests the token before any file of ours has loaded. It sends the request
 * that the tag will send. It leaves a function on `window` that returns the response once, with the time of the request.
 * `src/endpoint/request-token.ts` calls that function.
 *
 * The options are in the `data-` attributes of the `<script>`. The code is therefore the same on every page, and a policy can allow
 * it by its hash.
 *
 * The response is dropped after 10 s, because the order may have been changed or paid meanwhile. After a refusal the function sends a
 * new request, because the visitor may have been let in since.
 */
export const earlyTokenScript = `(({ provider, environment = 'production', order, fallback = '', tokenEndpoint, credentials = 'same-origin' }) => {
  if (window.payCheckoutToken || !window.isSecureContext) return;
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const mayFollow = fallback.split(/[\\s,]+/).some((name) => name && name !== provider);
  const body = JSON.stringify({ provider, environment, order, fallback: mayFollow || undefined });
  const { href: url } = Object.assign(document.createElement('a'), { href: tokenEndpoint });
  const began = { monotonic: performance.now(), wall: Date.now() };
  const response = fetch(url, { method: 'POST', headers, body, credentials, cache: 'no-store' });
  response.catch(() => {});
  const age = () => Math.max(performance.now() - began.monotonic, Date.now() - began.wall);
  const take = (wantedUrl, wanted) => {
    if (wantedUrl !== url || wanted.credentials !== credentials || wanted.body !== body || age() > 10000) return;
    delete window.payCheckoutToken;
    return { began, response: response.then((early) => (early.status < 400 || early.status > 428 ? early : fetch(url, wanted))) };
  };
  window.payCheckoutToken = take;
  setTimeout(() => {
    if (window.payCheckoutToken !== take) return;
    delete window.payCheckoutToken;
    console.warn('pay-checkout: no tag used the token that the head of this page requested. Give the script the data- attributes of the tag, and put the tag into the HTML of the page.');
  }, 10000);
})(document.currentScript.dataset);`;

/** The hash for the `script-src` of a policy: of the code as it is in the page, with a line break before and after it. */
export const earlyTokenHash = 'sha256-+yNzerYTxGq8K/4Vb3DTFT4ubzRphYh/PDxZFcncPfM=';
