import type {} from '../../src/index.js';
import { ofProvider } from '../../src/checkout/fallback.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { chosenProvider } from '../chosen.js';
import { faults } from '../faults/index.js';
import { providers } from '../providers/index.js';
import { showTestCards } from '../test-cards.js';
import { attributesHere, setAttributes } from './attributes.js';
import { defaults, keepChoices, names, readChoices, withProvider, type Choices } from './choices.js';
import { offerCopies } from './copy.js';
import { logEvents } from './event-log.js';
import { readIntegrity } from './integrity.js';
import { colorSchemeOf, lookOf } from './look.js';
import { showSnippet } from './snippets/show.js';
import { snippets } from './snippets/index.js';
import { makeTabs } from './tabs.js';

const find = <Type extends HTMLElement>(selector: string): Type => document.querySelector<Type>(selector)!;

const controls = find<HTMLFormElement>('#controls');
const stage = find('#stage');
const diagnosis = find('#diagnosis');
const panel = find('#paste');
const checkout = document.createElement('pay-checkout');
let choices = readChoices();
const provider = chosenProvider(choices.provider);
const isStandIn = 'standIns' in document.documentElement.dataset;
let integrity: string | undefined;

const titles = Object.fromEntries(Object.entries(snippets).map(([name, { title }]) => [name, title]));
const tabs = makeTabs({ list: find('#tabs'), panel, titles, onChoice: (tab) => change({ ...choices, tab }) });

foldOnNarrowScreens(matchMedia('(min-width: 48rem)'));
offerChoices();
offerCopies();
choices = knownChoices();
find('#fault-ends').textContent = describeEnd(choices);
applyChoices();
const log = logEvents(stage, find('#events'), diagnose);
stage.append(checkout);
void readIntegrity().then((found) => {
  integrity = found;
  showSnippet(panel, choices, integrity);
});

stage.addEventListener('pay-loading', ({ state }) => {
  if (isStandIn) showTestCards(providers[chosenProvider(state.provider)]);
});
controls.addEventListener('change', () => {
  const after = { ...choices, ...chosenInMenus() };
  change(after.provider === choices.provider ? after : withProvider(after, after.provider));
});
controls.addEventListener('submit', (event) => event.preventDefault());

on('#load', () => checkout.load());
on('#retry', () => checkout.retry());
on('#restart', () => {
  checkout.remove();
  log.clear();
  stage.append(checkout);
});
on('#clear', () => log.clear());
on('#diagnose', diagnose);

/** Closes the controls on a narrow screen, so that the form is at the top. */
function foldOnNarrowScreens(wide: MediaQueryList): void {
  const fold = () => (find<HTMLDetailsElement>('#controls details').open = wide.matches);
  wide.addEventListener('change', fold);
  fold();
}

/** Fills the menus. Their options depend on the provider, and on whether it has an account. */
function offerChoices(): void {
  const { create, sample } = providers[provider];
  // Keys of one environment have no other.
  const environments = isStandIn ? create(sample).environments : ['sandbox'];
  const menu = (name: string) => find(`[name=${name}]`);
  menu('provider').append(...providerNames.map((name) => new Option(name)));
  menu('fallback').append(...fallbacksIn(environments).map((name) => new Option(name)));
  menu('environment').append(...environments.map((name) => new Option(name)));
  menu('fault').append(...Object.entries(faults[provider]).map(([name, { label }]) => new Option(label, name)));
  find<HTMLTextAreaElement>('[name=config]').placeholder = JSON.stringify(providers[provider].config);
  find<HTMLAnchorElement>('nav a').search = `provider=${provider}`;
}

/** Returns the other providers that have the chosen environment. A fallback without it would be skipped. */
function fallbacksIn(environments: readonly string[]): ProviderName[] {
  const environment = environments.find((name) => name === choices.environment) ?? defaults.environment;
  const has = (name: ProviderName) => providers[name].create(providers[name].sample).environments.some((one) => one === environment);
  return providerNames.filter((name) => name !== provider && has(name));
}

/** Returns how the chosen fault ends. */
function describeEnd({ fault, fallback }: Choices): string {
  const { ends = '' } = faults[provider][fault] ?? {};
  const [, code, reason] = /^failed · (\w+) \/ ([\w-]+)/.exec(ends) ?? [];
  return fallback && code && ofProvider.test(`${code} ${reason}`) ? `${fallback} opens instead of ${provider}` : ends;
}

/** Shows the choices in the URL, and replaces unknown ones by their defaults. */
function knownChoices(): Choices {
  showChoices(choices);
  const tab = choices.tab in titles ? choices.tab : defaults.tab;
  const known = { ...defaults, ...chosenInMenus(), tab };
  showChoices(known);
  return known;
}

function showChoices(shown: Choices): void {
  for (const name of names) {
    const control = controls.elements.namedItem(name) as HTMLInputElement | null;
    if (control) control.value = shown[name];
  }
}

/** Returns the choices in the menus. A menu has none if it has no option with the requested value. */
function chosenInMenus(): Partial<Choices> {
  return Object.fromEntries(new FormData(controls));
}

function change(after: Choices): void {
  const before = choices;
  choices = after;
  if (!keepChoices(before, after)) applyChoices();
}

function applyChoices(): void {
  document.documentElement.style.colorScheme = colorSchemeOf(choices);
  for (const [property, value] of lookOf(choices)) checkout.style.setProperty(property, value);
  setAttributes(checkout, attributesHere(choices, document.documentElement.dataset.backend));
  tabs.choose(choices.tab);
  showSnippet(panel, choices, integrity);
}

function diagnose(): void {
  diagnosis.textContent = JSON.stringify(checkout.diagnose(), null, 2);
}

function on(selector: string, act: () => void): void {
  find(selector).addEventListener('click', act);
}
