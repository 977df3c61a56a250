// A merchant's backend. It runs where lit is not installed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPayEndpoints, payroc } from 'pay-checkout/server';

const answers = {
  '/authorize': { access_token: 'bearer', expires_in: 3600 },
  '/v1/processing-terminals/1234001/hosted-fields-sessions': {
    processingTerminalId: '1234001',
    token: 'session-token',
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  },
};
const pay = createPayEndpoints({
  environment: 'sandbox',
  providers: { payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }) },
  order: () => ({ reference: 'A-1001', amount: 1050, currency: 'USD' }),
  fetch: async (url) => Response.json(answers[new URL(url).pathname]),
});
const body = JSON.stringify({ provider: 'payroc', environment: 'sandbox', order: 'A-1001' });
const headers = { 'Content-Type': 'application/json' };
const answer = await pay.token(new Request('https://shop.example/token', { method: 'POST', body, headers }));
const { token } = await answer.json();
if (token !== 'session-token') throw new Error(`The server half answered ${answer.status}, without a token.`);

const files = filesBehind(import.meta.resolve('pay-checkout/server'));
/** But for the text of the script that headTags() writes into a page. */
const codeIn = (file) => readFileSync(file, 'utf8').replace('})(document.currentScript.dataset);', '');
const ofTheBrowser = files.filter((file) => /\b(customElements|HTMLElement|document|navigator)\b[.[]/.test(codeIn(file)));
if (ofTheBrowser.length > 0) throw new Error(`pay-checkout/server imports what is the browser half's: ${ofTheBrowser.join(', ')}`);
console.log(`pay-checkout/server hands out a token without lit, from ${files.length} files with nothing of the browser half.`);

/** The file, and all of the package's own that it imports, and so on. */
function filesBehind(url, found = new Set()) {
  const path = fileURLToPath(url);
  if (found.has(path)) return [...found];
  found.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?["'](\.[^"']+)["']/g);
  for (const [, relative] of imports) filesBehind(new URL(relative, url), found);
  return [...found];
}
