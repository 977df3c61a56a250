// Checks the endpoint with the command, in a project without lit.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { createPayEndpoints, payroc } from 'pay-checkout/server';
import { createStandIns } from 'pay-checkout/testing';

const pay = createPayEndpoints({
  environment: 'sandbox',
  providers: { payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }) },
  order: () => ({ reference: 'A-1001', amount: 1050, currency: 'USD' }),
  fetch: createStandIns().fetch,
});

const server = createServer(async (incoming, outgoing) => {
  const { method, headers } = incoming;
  const body = method === 'POST' ? await text(incoming) : undefined;
  const answer = await pay.token(new Request(`http://${headers.host}${incoming.url}`, { method, headers, body }));
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const url = `http://127.0.0.1:${server.address().port}/token`;
const child = spawn('npx', ['--no-install', 'pay-checkout', 'check', url], { stdio: ['ignore', 'pipe', 'inherit'] });
const [report, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
server.close();

if (code !== 0 || !report.includes('for payroc in sandbox.')) {
  console.error(`npx pay-checkout check ended with ${code}:\n${report}`);
  process.exitCode = 1;
} else {
  console.log(`npx pay-checkout check: ${report.trimEnd().split('\n').at(-1)}`);
}
