// Writes down, after each test file on Node, what it covered of src/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';

const folder = 'coverage/node';

afterAll(() => {
  const counters: unknown = Reflect.get(globalThis, '__coverage__');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${randomUUID()}.coverage.json`, JSON.stringify(counters ?? {}));
});
