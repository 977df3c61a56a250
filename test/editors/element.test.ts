import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { restore, spy, type SinonSpy } from 'sinon';
import { PayCheckout } from '../../src/index.js';
import { chooseLocale } from '../../src/messages/locales.js';
import { AttributesElement } from '../../src/element/attributes-element.js';
import { builtInNames } from '../../src/providers/built-in.js';
import { checkout, reaches } from '../support/element.js';
import { scene, scenes } from '../support/scenes.js';
import { namesOf, tagOf, wordsOf, type EditorData, type Tag } from './data.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** What subclasses and the browser use, and pages do not. */
const notPublic = ['applyDefaults', 'pageOptions', 'reflectStatus', 'texts', 'connectedMoveCallback', 'addEntries'];

describe('what editors are told of the element', () => {
  let tag: Tag;
  before(async function () {
    // The analyzer takes its time on a machine that is busy.
    this.timeout(60_000);
    tag = tagOf((await (await fetch('/editor-data.json')).json()) as EditorData);
  });

  it('is its attributes, among them the one that it sets', async () => {
    const element = await checkout({ provider: 'nobody' });
    expect(namesOf(tag.attributes)).to.deep.equal([...PayCheckout.observedAttributes].sort());
    expect(PayCheckout.observedAttributes).to.include.members(element.getAttributeNames());
  });

  it('is its properties, and which of them have an attribute', () => {
    const fields = tag.members.filter(({ kind, ...member }) => kind === 'field' && !member.static);
    const written = fields.filter((field) => !field.readonly).map(({ name, attribute = false }) => [name, attribute]);
    const declared = [...PayCheckout.elementProperties].map(([name, { attribute }]) => [
      name,
      attribute === undefined ? String(name).toLowerCase() : attribute,
    ]);
    expect(written).to.have.deep.members(declared);
    const read = Object.entries(ownProperties()).filter(([, { get, set }]) => get && !set);
    expect(namesOf(fields.filter((field) => field.readonly))).to.deep.equal(read.map(([name]) => name).sort());
  });

  it('is its methods', () => {
    const called = Object.entries(ownProperties()).filter(([, { value }]) => typeof value === 'function');
    const methods = tag.members.filter(({ kind, ...member }) => kind === 'method' && !member.static);
    expect(namesOf(methods)).to.deep.equal(called.map(([name]) => name).sort());
  });

  it('is what its class has', () => {
    const ofLit = ['elementProperties', '__attributeToPropertyMap', 'styles'];
    const own = Object.getOwnPropertyNames(PayCheckout).filter((name) => !(name in LitElement) && ![...ofLit, ...notPublic].includes(name));
    expect(namesOf(tag.members.filter((member) => member.static))).to.deep.equal(own.sort());
  });

  it('is the defaults that a new element has', () => {
    const element = document.createElement('pay-checkout');
    for (const { name, default: value, ...field } of tag.members.filter(({ attribute }) => attribute)) {
      expect(element[name as 'loading'], name).to.equal(value?.replaceAll("'", ''));
      expect(tag.attributes.find((attribute) => attribute.name === field.attribute)?.default, name).to.equal(value);
    }
  });

  for (const attribute of ['environment', 'loading', 'credentials'] as const) {
    it(`is every word that \`${attribute}\` may be`, async () => {
      const element = await checkout({ provider: builtInNames[0]!, [attribute]: 'nonsense' });
      const state = await reaches(element, 'failed');
      const [, allowed = ''] = /should be one of (.*), but was "nonsense"/.exec(state.status === 'failed' ? state.error.message : '') ?? [];
      expect(wordsOf(tag, attribute)).to.deep.equal(allowed.split(', ').sort());
    });
  }

  it('is the parts and the slots of every state, and the states and events themselves', async () => {
    const { parts, slots, states, events } = await seen();
    expect(namesOf(tag.cssParts), 'parts').to.deep.equal(parts);
    expect(namesOf(tag.slots), 'slots').to.deep.equal(slots);
    expect(wordsOf(tag, 'status'), 'states').to.deep.equal(states);
    expect(Object.fromEntries(tag.events.map(({ name, type }) => [name, type.text])), 'events').to.deep.equal(events);
  });

  it('is every provider that is built in', () => {
    expect(wordsOf(tag, 'provider')).to.have.members(builtInNames);
  });

  it('is every language that there are texts for', () => {
    const codes = letters.flatMap((one) => letters.map((other) => one + other));
    expect(wordsOf(tag, 'locale')).to.deep.equal(codes.filter((code) => chooseLocale([code]) === code).sort());
  });
});

/** By name, what a page can use of an element and lit's have not. */
function ownProperties(): Record<string, PropertyDescriptor> {
  const all = [AttributesElement, PayCheckout].flatMap(({ prototype }) => Object.entries(Object.getOwnPropertyDescriptors(prototype)));
  const known = ([name]: [string, unknown]) => name in LitElement.prototype || notPublic.includes(name);
  return Object.fromEntries(all.filter((entry) => !known(entry)));
}

/** What it ever shows, over all the scenes that there are. */
async function seen() {
  const dispatched = spy(EventTarget.prototype, 'dispatchEvent');
  const [parts, slots, states] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const name of scenes) {
    const { element, shadow } = await scene(name);
    states.add(element.getAttribute('status')!);
    for (const { part } of shadow.querySelectorAll('[part]')) part.forEach((one) => parts.add(one));
    for (const slot of shadow.querySelectorAll('slot')) slots.add(slot.name);
  }
  restore();
  return { parts: [...parts].sort(), slots: [...slots].sort(), states: [...states].sort(), events: eventsIn(dispatched) };
}

function eventsIn({ args, thisValues }: SinonSpy<[Event], boolean>): Record<string, string> {
  const own = args.map(([event]) => event).filter((_, n) => thisValues[n] instanceof PayCheckout);
  return Object.fromEntries(own.map((event) => [event.type, event.constructor.name]));
}
