/** The default of each choice, by its name in the URL's query. */
export const defaults = {
  provider: 'payme',
  fallback: '',
  environment: 'sandbox',
  order: 'A-1001',
  locale: '',
  loading: 'eager',
  credentials: 'same-origin',
  config: '',
  outcome: 'on',
  theme: 'auto',
  accent: '',
  radius: '',
  font: '',
  height: '',
  fault: '',
  tab: 'html',
};

export type Choices = typeof defaults;
export type Choice = keyof Choices;

export const names = Object.keys(defaults) as Choice[];

/** These choices need a new page: a library is evaluated once, and the server sets the fault when it serves the page. */
const needReload: readonly Choice[] = ['provider', 'fallback', 'environment', 'fault'];

export function readChoices(query = new URLSearchParams(location.search)): Choices {
  const chosen = names.map((name) => [name, query.get(name) ?? defaults[name]]);
  return Object.fromEntries(chosen) as Choices;
}

/** Selects another provider and resets the choices that belong to the old one. */
export function withProvider(choices: Choices, provider: string): Choices {
  const { fallback, environment, config, fault } = defaults;
  return { ...choices, provider, fallback, environment, config, fault };
}

/** Writes the choices to the URL, so that a link shows the same page. Returns whether the page reloads. */
export function keepChoices(before: Choices, after: Choices): boolean {
  const changed = names.filter((name) => after[name] !== defaults[name]).map((name) => [name, after[name]]);
  const query = new URLSearchParams(changed).toString();
  const url = query ? `?${query}` : location.pathname;
  const reload = needReload.some((name) => before[name] !== after[name]);
  if (reload) location.assign(url);
  else history.replaceState(null, '', url);
  return reload;
}
