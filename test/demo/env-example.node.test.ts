import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envExample } from '../../demo/env-example.js';

describe('.env.example', () => {
  it('is current; otherwise run `npm run docs`', () => expect(readFileSync('.env.example', 'utf8')).toBe(envExample()));
});
