import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editorData } from '../../scripts/editors/index.mjs';
import { en } from '../../src/messages/en.js';
import { version } from '../../src/shared/version.js';
import { failures } from '../../src/state/errors.js';
import { namesOf, tagOf, type EditorData } from '../editors/data.js';
import { tableUnder } from '../support/markdown.js';

const readme = readFileSync('README.md', 'utf8');
const reference = readFileSync('docs/element.md', 'utf8');
const errors = readFileSync('docs/failures.md', 'utf8');

/** The cells under a heading, without the marks of code. */
const cellsUnder = (text: string, heading: string) => tableUnder(text, heading).map((row) => row.map((cell) => cell.replaceAll('`', '')));

const quoted = (text: string) => [...text.matchAll(/`(.+?)`/g)].map(([, name]) => name).sort();

/** The element as editors know it. */
const described = editorData().then((data) => tagOf(data as unknown as EditorData));

describe('README', () => {
  it.each(['README.md', 'README.es.md'])('%s has at most 150 lines', (page) => {
    expect(readFileSync(page, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('lists every error code and every state', async () => {
    expect(cellsUnder(readme, 'Errors').map(([code]) => code)).toEqual(Object.keys(failures));
    const { events } = await described;
    const states = namesOf(events).flatMap((name) => (name === 'pay-timing' ? [] : [name.replace('pay-', '')]));
    expect(
      cellsUnder(readme, 'States')
        .map(([state]) => state)
        .toSorted(),
    ).toEqual(['idle', ...states].toSorted());
  });

  it('pins the version of the package, as does the element', () => {
    const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(version).toBe(packaged);
    for (const text of [readme, readFileSync('docs/installation.md', 'utf8')])
      expect(text).toContain(`pay-checkout@${packaged}/dist/pay-checkout.min.js`);
  });
});

describe('docs/failures.md', () => {
  it.each(Object.entries(failures))('lists every reason of %s, and whether it is retryable', (code, reasons) => {
    const known = Object.entries(reasons as Record<string, { retryable: boolean }>).map(([reason, { retryable }]) => [
      reason || 'none',
      retryable ? 'yes' : 'no',
    ]);
    const written = cellsUnder(errors, `\`${code}\``);
    expect(written.map(([reason, , , retryable]) => [reason, retryable])).toEqual(known);
    for (const [reason, cause, fix] of written) expect([cause, fix], reason).not.toContain('');
  });
});

describe('docs/element.md', () => {
  it('lists every attribute and property of the element, with its default', async () => {
    const { members } = await described;
    const written = members.filter((member) => member.kind === 'field' && !member.static && !member.readonly);
    const [settable = ''] = reference.split('\n### Read-only properties\n');
    const rows = cellsUnder(settable, 'Attributes and properties').map(([attribute, property, , byDefault]) => ({
      attribute,
      property,
      byDefault,
    }));
    expect(rows.map(({ attribute, property }) => [attribute, property])).toEqual(
      written.map(({ attribute = '', name }) => [attribute, name]),
    );
    for (const { name, default: value = '' } of written) {
      expect(rows.find(({ property }) => property === name)?.byDefault, name).toContain(value.replaceAll("'", ''));
    }
  });

  it('lists every event, custom property, part and slot of the element', async () => {
    const { events, cssProperties, cssParts, slots } = await described;
    for (const { name } of events) expect(reference).toContain(`\`${name}\``);
    const [, looks = ''] = reference.split('\n## Looks\n');
    const [properties = '', parts = ''] = looks.split('\nParts: ');
    for (const { name } of cssProperties) expect(properties).toContain(`\`${name}\``);
    const [ofParts, ofSlots] = parts.split('\n')[0]!.split('Slots that replace a text: ').map(quoted);
    expect(ofParts).toEqual(namesOf(cssParts));
    expect(ofSlots).toEqual(namesOf(slots.filter(({ name }) => name !== 'form')));
  });
});

describe('docs/styling.md', () => {
  it('lists every custom property with its default, every part and every text', async () => {
    const styling = readFileSync('docs/styling.md', 'utf8');
    const { cssProperties, cssParts, slots } = await described;
    for (const { name } of [...cssProperties, ...cssParts, ...slots.filter(({ name }) => name !== 'form')])
      expect(styling, name).toContain(`\`${name}\``);
    for (const { name, default: value } of cssProperties) expect(styling).toMatch(new RegExp(`\`${name}\` +\\| \`${value}\``));
    for (const key of Object.keys(en)) expect(styling, key).toContain(`\`${key}\``);
  });
});
