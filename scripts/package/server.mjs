// Runs a merchant's backend in a project without lit.
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
/** Reads a file without the text of the inline script that `headTags()` returns, which is browser code. */
const codeIn = (file) => readFileSync(file, 'utf8').replace(/"\(\(\{ provider(?:[^"\\]|\\.)*"/, '""');
const ofTheBrowser = files.filter((file) => /(?<![.\w-])(customElements|HTMLElement|document|navigator)[.[]/.test(codeIn(file)));
if (ofTheBrowser.length > 0) throw new Error(`pay-checkout/server imports what is the browser half's: ${ofTheBrowser.join(', ')}`);
console.log(`pay-checkout/server hands out a token without lit, from ${files.length} files with nothing of the browser half.`);

/** Finds the file and, recursively, all files of the package that it imports. */
function filesBehind(url, found = new Set()) {
  const path = fileURLToPath(url);
  if (found.has(path)) return [...found];
  found.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?["'](\.[^"']+)["']/g);
  for (const [, relative] of imports) filesBehind(new URL(relative, url), found);
  return [...found];
}
