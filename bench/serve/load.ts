import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { order } from '../../test/support/shop.js';

const agent = new Agent({ keepAlive: true });
const body = JSON.stringify({ provider: 'payme', environment: 'sandbox', order: order.reference });
const headers = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), 'X-Forwarded-For': '203.0.113.7' };

/** Requests one token, and resolves once the whole response has arrived. */
export type RequestToken = () => Promise<void>;

/** Requests tokens by HTTP, with connections that stay open. */
export function createClient(url: string): RequestToken {
  return () =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/api/pay/token`, { method: 'POST', headers, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`The token endpoint returned ${response.statusCode}.`));
        response.on('end', resolve).resume();
      });
      sent.on('error', reject).end(body);
    });
}

/** Requests tokens from a handler in this process. */
export function createCaller(handler: (request: Request) => Promise<Response>): RequestToken {
  return async () => {
    const response = await handler(new Request('http://127.0.0.1/api/pay/token', { method: 'POST', headers, body }));
    if (response.status !== 200) throw new Error(`The token endpoint returned ${response.status}.`);
    await response.text();
  };
}

/** Starts requests at a constant rate, however long they take. Returns the duration of each in milliseconds. */
export async function measureAtRate(requestToken: RequestToken, perSecond: number, seconds: number): Promise<number[]> {
  const [durations, all]: [number[], Promise<void>[]] = [[], []];
  const began = performance.now();
  while (all.length < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, ((performance.now() - began) / 1000) * perSecond);
    while (all.length < due) all.push(measure(requestToken, durations));
    await sleep(1);
  }
  await Promise.all(all);
  return durations;
}

async function measure(requestToken: RequestToken, durations: number[]): Promise<void> {
  const began = performance.now();
  await requestToken();
  durations.push(performance.now() - began);
}

/** Requests tokens one after the other. Returns the duration of each in milliseconds. */
export async function measureOneByOne(requestToken: RequestToken, count: number): Promise<number[]> {
  const durations: number[] = [];
  while (durations.length < count) await measure(requestToken, durations);
  return durations;
}

/** Requests tokens as fast as a few clients can. */
export async function requestMany(requestToken: RequestToken, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) await requestToken();
  };
  await Promise.all(Array.from({ length: 16 }, one));
}

/** Closes the connections. */
export function closeClients(): void {
  agent.destroy();
}
