import { describe, expect, it } from 'vitest';
import { createHeaderForwarder } from '../../../src/serve/backend/forward-headers.js';

const request = new Request('https://shop.example.com', { headers: { 'X-Tenant': 'lima', 'X-Forwarded-For': '203.0.113.7' } });

describe('createHeaderForwarder', () => {
  it('selects headers in any case', () => {
    expect(Object.fromEntries(createHeaderForwarder(['x-TENANT'], () => '198.51.100.1')(request))).toEqual({
      'x-tenant': 'lima',
      'x-forwarded-for': '198.51.100.1',
    });
  });

  it('does not pass an address on that no trusted proxy reported', () => {
    expect(Object.fromEntries(createHeaderForwarder([], () => undefined)(request))).toEqual({});
  });
});
