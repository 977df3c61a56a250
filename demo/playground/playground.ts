import type {} from '../../src/index.js';
import { providerNames, standInProviders } from '../../src/testing/providers.js';
import { chosenProvider } from '../chosen.js';
import { faults } from '../faults/index.js';
import { forms } from '../forms.js';
import { attributesOf, setAttributes, snippetOf } from './attributes.js';
import { keepChoices, names, readChoices, withProvider, type Choices } from './choices.js';
import { logEvents } from './event-log.js';

const find = <Type extends HTMLElement>(selector: string): Type => document.querySelector<Type>(selector)!;

const controls = find<HTMLFormElement>('#controls');
const stage = find('#stage');
const diagnosis = find('#diagnosis');
const snippet = find('#snippet');
const checkout = document.createElement('pay-checkout');
let choices = readChoices();
const provider = chosenProvider(choices.provider);

foldOnNarrowScreens(matchMedia('(min-width: 48rem)'));
offerChoices();
showChoices();
applyChoices();
const log = logEvents(stage, find('#events'), diagnose);
stage.append(checkout);

controls.addEventListener('change', () => {
  const before = choices;
  choices = { ...before, ...(Object.fromEntries(new FormData(controls)) as Partial<Choices>) };
  if (choices.provider !== before.provider) choices = withProvider(choices, choices.provider);
  if (!keepChoices(before, choices)) applyChoices();
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
on('#copy', () => void copy(snippet.textContent ?? ''));

/** There, the form comes first. */
function foldOnNarrowScreens(wide: MediaQueryList): void {
  const fold = () => (find<HTMLDetailsElement>('#controls details').open = wide.matches);
  wide.addEventListener('change', fold);
  fold();
}

/** What there is to choose from depends on the provider, and on whether there is an account at it. */
function offerChoices(): void {
  const isStandIn = 'standIns' in document.documentElement.dataset;
  const environments = isStandIn ? Object.keys(standInProviders[provider].provider.assets) : ['sandbox'];
  const menu = (name: string) => find(`[name=${name}]`);
  menu('provider').append(...providerNames.map((name) => new Option(name)));
  menu('environment').append(...environments.map((name) => new Option(name)));
  menu('fault').append(...Object.entries(faults[provider]).map(([name, { label }]) => new Option(label, name)));
  find<HTMLTextAreaElement>('[name=config]').placeholder = JSON.stringify(forms[provider].config);
  find<HTMLAnchorElement>('nav a').search = `provider=${provider}`;
  find('#fault-ends').textContent = faults[provider][choices.fault]?.ends ?? '';
}

function showChoices(): void {
  for (const name of names) {
    const control = controls.elements.namedItem(name) as HTMLInputElement | null;
    if (control) control.value = choices[name];
  }
}

function applyChoices(): void {
  const attributes = attributesOf(choices);
  document.documentElement.style.colorScheme = choices.theme === 'auto' ? 'light dark' : choices.theme;
  setAttributes(checkout, attributes);
  snippet.textContent = snippetOf(attributes);
}

function diagnose(): void {
  diagnosis.textContent = JSON.stringify(checkout.diagnose(), null, 2);
}

async function copy(text: string): Promise<void> {
  const said = find('#copied');
  said.textContent = await navigator.clipboard.writeText(text).then(
    () => 'Copied.',
    () => 'The browser does not allow it: select the text and copy it.',
  );
}

function on(selector: string, act: () => void): void {
  find(selector).addEventListener('click', act);
}
