import type { IncomingMessage } from 'node:http';
import { expect, it, vi } from 'vitest';
import { Visitors } from '../../../src/serve/http/visitors.js';

it('does not know the visitor of a connection that has ended', () => {
  const visitors = new Visitors(['loopback'], vi.fn());
  const request = new Request('http://127.0.0.1/');
  const incoming = { headers: { 'x-forwarded-for': '203.0.113.7' }, socket: {} } as unknown as IncomingMessage;
  visitors.add(request, incoming);
  expect(visitors.find(request)).toBeUndefined();
});
