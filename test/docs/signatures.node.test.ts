import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCall } from '../../src/serve/backend/sign-call.js';
import { itWith } from '../support/interpreter.js';
import { fragmentsOf } from './fragments.js';
import { programs } from './signature-programs.js';

interface Received {
  readonly name: string;
  readonly secret: string;
  readonly now: number;
  readonly body: string;
  readonly header: string;
  readonly valid: boolean;
}

interface Signed {
  readonly name: string;
  readonly secrets: readonly [string, ...string[]];
  readonly timestamp: number;
  readonly body: string;
  readonly header: string;
}

const page = 'docs/serve-signatures.md';
const { signed, received } = JSON.parse(readFileSync('docs/serve-signatures.json', 'utf8')) as {
  signed: Signed[];
  received: Received[];
};
const base64 = (text: string) => `=${Buffer.from(text).toString('base64')}`;

describe(page, () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(programs)('the function in $language', ({ language, interpreter, file, create, build, run }) => {
    itWith(interpreter)('accepts and refuses each vector', () => {
      const { text: snippet } = fragmentsOf(page).find((fragment) => fragment.language === language)!;
      writeFileSync(join(folder, file), create(snippet));
      if (build) execFileSync(build[0], build.slice(1), { cwd: folder, stdio: 'pipe' });
      const input = received.map(({ body, header, secret, now }) => [...[body, header, secret].map(base64), now].join(' ')).join('\n');
      const printed = execFileSync(run[0], run.slice(1), { cwd: folder, input: `${input}\n`, encoding: 'utf8' });
      const names = (valid: (index: number) => boolean) => received.filter((_, index) => valid(index)).map(({ name }) => name);
      const answers = printed.trim().split('\n');
      expect(answers).toHaveLength(received.length);
      expect(names((index) => answers[index] === 'true')).toEqual(names((index) => received[index]!.valid));
    });
  });

  it.each([
    ['php', 'samples/php/src/signature.php'],
    ['php', 'samples/laravel/app/Http/Middleware/VerifyPaySignature.php'],
    ['python', 'samples/django/shop/signature.py'],
  ])('has the function in %s that %s has', (language, path) => {
    const snippet = fragmentsOf(page).find((fragment) => fragment.language === language)!.text;
    const [, body = ''] = /is_signed.*?\n(.*)$/s.exec(snippet.replace(/^[#/].*$/gm, '').replace(/^.*?(?=is_signed)/s, '')) ?? [];
    const lines = (text: string) =>
      text
        .replaceAll('($now ?? time())', 'time()')
        .split('\n')
        .map((line) => line.trim());
    expect(lines(readFileSync(path, 'utf8')).join('\n')).toContain(lines(body).join('\n').trim());
  });

  it.each(signed)('has the header that `serve` sends: $name', ({ secrets, timestamp, body, header }) => {
    expect(signCall(body, secrets, timestamp * 1000)).toBe(header);
  });

  it('shows the first vector', () => {
    const { secrets, timestamp, body, header } = signed[0]!;
    const text = readFileSync(page, 'utf8');
    expect(text).toContain(`\`\`\`text\n${body}\nPay-Checkout-Signature: ${header}\n\`\`\``);
    expect(text).toContain(`with the secret \`${secrets[0]}\` and the time ${timestamp};`);
  });
});
