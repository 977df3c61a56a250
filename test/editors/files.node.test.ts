import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { editorData } from '../../scripts/editors/index.mjs';
import { version } from '../../src/shared/version.js';
import { namesOf, tagOf, wordsOf, type EditorData, type JetBrainsTag, type Tag } from './data.js';

const { exports, ...fields } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

describe('the files for editors', () => {
  let data: EditorData;
  let tag: Tag;
  let forJetBrains: JetBrainsTag;
  beforeAll(async () => {
    data = (await editorData()) as unknown as EditorData;
    tag = tagOf(data);
    forJetBrains = data['web-types.json'].contributions.html.elements[0]!;
  });

  it('are exported, and named where editors look', () => {
    for (const file of Object.keys(data)) expect(exports?.[`./${file}`]).toBe(`./dist/${file}`);
    expect(fields.customElements).toBe('dist/custom-elements.json');
    expect(fields['web-types']).toBe('./dist/web-types.json');
  });

  it('are where docs/editors.md tells VS Code to look', () => {
    const page = readFileSync('docs/editors.md', 'utf8');
    const settings = JSON.parse(/^```json\n(.*?)^```$/ms.exec(page)![1]!) as Record<string, string[]>;
    const named = Object.values(settings).flat();
    const forVsCode = Object.keys(data).filter((file) => file.startsWith('vscode.'));
    expect(named).toEqual(forVsCode.map((file) => `./node_modules/pay-checkout/dist/${file}`));
    expect(page).toContain(`https://unpkg.com/pay-checkout@${version}/dist/${forVsCode[0]}`);
  });

  it('describe everything that they name', () => {
    const { attributes, members, events, slots, cssParts, cssProperties } = tag;
    const named = [tag, ...attributes, ...members, ...events, ...slots, ...cssParts, ...cssProperties];
    expect(named.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
    const typed = members.filter(({ type, return: result }) => type ?? result);
    expect(namesOf(typed)).toEqual(namesOf(members));
    expect(JSON.stringify(data)).not.toMatch(/undefined_?\)|- undefined|\/src\//);
  });

  it('name the custom properties that our styles use, with their defaults', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const styles = files.map((file) => readFileSync(`src/${file}`, 'utf8'));
    const used = styles.flatMap((text) => [...text.matchAll(/var\((--[a-z][\w-]*), (?:var\(--_\w+, )?([^)]+)\)/g)]);
    const pairs = used.map(([, name = '', value = '']) => `${name}: ${value.replace(/^\./, '0.')}`);
    expect([...new Set(pairs)].sort()).toEqual(tag.cssProperties.map(({ name, default: value }) => `${name}: ${value}`).sort());
  });

  it('tell VS Code of every attribute, its words and its default', () => {
    const [told] = data['vscode.html-custom-data.json'].tags;
    expect(told?.name).toBe('pay-checkout');
    expect(namesOf(told?.attributes ?? [])).toEqual(namesOf(tag.attributes));
    for (const { name, description, values = [] } of told?.attributes ?? []) {
      const { default: value = '' } = tag.attributes.find((attribute) => attribute.name === name)!;
      expect(namesOf(values), name).toEqual(wordsOf(tag, name));
      expect(description, name).toContain(value.replaceAll("'", ''));
    }
    for (const { name } of [...tag.events, ...tag.slots]) expect(told?.description).toContain(`**${name}**`);
  });

  it('tell JetBrains of every attribute, property, event and slot', () => {
    const properties = tag.members.filter(({ kind, static: ofTheClass }) => kind === 'field' && !ofTheClass);
    expect(forJetBrains.name).toBe('pay-checkout');
    expect(namesOf(forJetBrains.attributes)).toEqual(namesOf(tag.attributes));
    for (const { name, value } of forJetBrains.attributes) {
      const { type, default: initial } = tag.attributes.find((attribute) => attribute.name === name)!;
      expect({ name, ...value }).toEqual({ name, type: type.text, ...(initial ? { default: initial } : {}) });
    }
    expect(namesOf(forJetBrains.js.properties)).toEqual(namesOf(properties));
    expect(namesOf(forJetBrains.events)).toEqual(namesOf(tag.events));
    expect(namesOf(forJetBrains.slots)).toEqual(namesOf(tag.slots));
  });

  it('tell both of every custom property and part', () => {
    const { css } = data['web-types.json'].contributions;
    const forVsCode = data['vscode.css-custom-data.json'];
    expect(namesOf(forVsCode.properties)).toEqual(namesOf(tag.cssProperties));
    expect(namesOf(css.properties)).toEqual(namesOf(tag.cssProperties));
    expect(namesOf(forVsCode.pseudoElements)).toEqual(namesOf(tag.cssParts).map((part) => `::part(${part})`));
    expect(namesOf(css['pseudo-elements'])).toEqual(namesOf(tag.cssParts).map((part) => `part(${part})`));
  });
});
