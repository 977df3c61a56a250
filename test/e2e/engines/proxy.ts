import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { note, type Visit } from './tab.js';

type Notes = Pick<Visit, 'requests' | 'abroad' | 'errors'>;

/** No host has that name, so it is no request of a page's own. */
const reports = 'http://page-errors.invalid/';

/** Reports requests and uncaught errors, which W3C WebDriver does not. It forwards only requests to this machine. */
export interface Proxy {
  readonly address: string;
  /** Where it writes down what it sees from now on. */
  notes: Notes;
  close(this: void): void;
}

export async function openProxy(): Promise<Proxy> {
  const server = createServer((asked, answer) => void pass(asked, answer, proxy.notes)).listen(0, '127.0.0.1');
  server.on('connect', ({ url }, socket) => {
    proxy.notes.abroad.push(`https://${url}`);
    socket.destroy();
  });
  await once(server, 'listening');
  const proxy: Proxy = { address: addressOf(server), notes: { requests: [], abroad: [], errors: [] }, close: () => close(server) };
  return proxy;
}

function addressOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}

async function pass(asked: IncomingMessage, answer: ServerResponse, notes: Notes): Promise<void> {
  const url = asked.url ?? '';
  if (url === reports) {
    notes.errors.push(await text(asked));
    return void answer.writeHead(204, { 'Access-Control-Allow-Origin': '*' }).end();
  }
  note(notes, url);
  if (new URL(url).hostname !== '127.0.0.1') return void answer.destroy();
  const headers = { ...asked.headers, 'accept-encoding': 'identity' };
  const onward = request(url, { method: asked.method, headers }, (said) => void hand(said, answer));
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}

async function hand(said: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { statusCode = 502, headers } = said;
  if (!headers['content-type']?.startsWith('text/html')) return void said.pipe(answer.writeHead(statusCode, headers));
  const { 'content-length': _, ...others } = headers;
  const page = (await text(said)).replace(
    /<head>|(?<=<!doctype html>)/i,
    `$&<script>(${String(tellErrors)})(${JSON.stringify(reports)})</script>`,
  );
  answer.writeHead(statusCode, others).end(page);
}

/** Runs in every page before anything else of it. */
function tellErrors(reports: string): void {
  const tell = (error: unknown) => {
    const request = new XMLHttpRequest();
    // Before anything else happens in the page, so that a test which has seen the rest has been told of it.
    request.open('POST', reports, false);
    request.send(String(error));
  };
  addEventListener('error', ({ error, message }) => message && tell(error ?? message));
  addEventListener('unhandledrejection', ({ reason }) => tell(reason));
}
