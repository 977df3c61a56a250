import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { controls } from '../../src/cli/stand-ins/controls.js';
import { defaultPort } from '../../src/cli/stand-ins/read-arguments.js';
import { standInTags } from '../../src/cli/stand-ins/stand-in-tags.js';

const page = readFileSync('docs/stand-ins.md', 'utf8');

it('shows the lines that the command prints', () => {
  expect(page).toContain(standInTags(`http://127.0.0.1:${defaultPort}`));
});

it.each(Object.values(controls))('explains the button %s', (text) => expect(page).toMatch(new RegExp(`^\\| ${text} +\\|`, 'm')));
