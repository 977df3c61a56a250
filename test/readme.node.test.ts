import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editorData } from '../scripts/editors/index.mjs';
import { failures } from '../src/state/errors.js';
import { version } from '../src/shared/version.js';
import { namesOf, tagOf, type EditorData } from './editors/data.js';
import { tableUnder } from './support/markdown.js';

const readme = readFileSync('README.md', 'utf8');

/** The same, without what marks code. */
const cellsUnder = (heading: string) => tableUnder(readme, heading).map((row) => row.map((cell) => cell.replaceAll('`', '')));

const quoted = (text: string) => [...text.matchAll(/`(.+?)`/g)].map(([, name]) => name).sort();

/** What editors are told of the element. */
const told = editorData().then((data) => tagOf(data as unknown as EditorData));

describe('README', () => {
  it('has every failure that the code knows, and says of each whether it is retryable', () => {
    const known = Object.entries(failures).flatMap(([code, reasons]) =>
      Object.entries(reasons).map(([reason, { retryable }]) => [code, reason, retryable ? 'yes' : 'no']),
    );
    expect(cellsUnder('When it fails').map((row) => row.slice(0, 3))).toEqual(known);
  });

  it('has every attribute and property of the element, with its default', async () => {
    const { members } = await told;
    const written = members.filter((member) => member.kind === 'field' && !member.static && !member.readonly);
    const rows = cellsUnder('Attributes').map(([attribute, property, , byDefault]) => ({ attribute, property, byDefault }));
    expect(rows.map(({ attribute, property }) => [attribute, property])).toEqual(
      written.map(({ attribute = '', name }) => [attribute, name]),
    );
    for (const { name, default: value = '' } of written) {
      expect(rows.find(({ property }) => property === name)?.byDefault, name).toContain(value.replaceAll("'", ''));
    }
  });

  it('has every custom property, part and slot of the element', async () => {
    const { cssProperties, cssParts, slots } = await told;
    const [, looks = ''] = readme.split('\n## Looks\n');
    const [properties = '', parts = ''] = looks.split('\nParts: ');
    for (const { name } of cssProperties) expect(properties).toContain(`\`${name}\``);
    const [ofParts, ofSlots] = parts.split('\n')[0]!.split('Slots that replace a text: ').map(quoted);
    expect(ofParts).toEqual(namesOf(cssParts));
    expect(ofSlots).toEqual(namesOf(slots.filter(({ name }) => name !== 'form')));
  });

  it('pins the version that it is about, as does the element', () => {
    const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(version).toBe(packaged);
    expect(readme).toContain(`pay-checkout@${packaged}/dist/pay-checkout.min.js`);
  });
});
