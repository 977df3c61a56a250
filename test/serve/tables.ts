import type { Metric } from 'prom-client';
import { processSettings } from '../../src/serve/config/process-settings.js';
import { listProviderSettings } from '../../src/serve/config/provider-setting-list.js';
import { providerTable } from '../../src/serve/config/provider-table.js';
import type { Setting } from '../../src/serve/config/setting.js';
import { Metrics } from '../../src/serve/monitoring/metrics.js';
import { parse } from '../../src/shared/schema.js';
import { fillPage } from '../support/generated-page.js';
import { table } from '../support/markdown.js';

export const servePage = 'docs/serve.md';

export function buildServePage(): Promise<string> {
  return fillPage(servePage, { settings: buildSettings(), providers: buildProviderSettings(), metrics: buildMetrics() });
}

const code = (text: string) => `\`${text}\``;

function buildSettings(): string {
  const rows = processSettings.map((setting) => [...nameSetting(setting), findDefault(setting), setting.description]);
  return table(['variable', 'in the JSON file', 'default', 'meaning'], rows);
}

function buildProviderSettings(): string {
  const settings = Object.entries(providerTable).flatMap(([name, entry]) => Object.values(listProviderSettings(name, entry)));
  const rows = settings.map((setting) => [...nameSetting(setting), setting.isOptional ? '' : 'yes', setting.description]);
  return table(['variable', 'in the JSON file', 'required', 'meaning'], rows);
}

/** A secret is in a file of its own, and the JSON file names that file. */
function nameSetting({ variable, path, isSecret, rotates }: Setting): [string, string] {
  return [code(variable) + (rotates ? ', `_2`, …' : ''), code(isSecret ? `${path}File` : path)];
}

function findDefault({ schema }: Setting): string {
  try {
    const value = parse(schema, undefined, '') as string | number | readonly string[] | undefined;
    const text = [value ?? []].flat().join(',');
    return text === '' ? 'none' : code(text);
  } catch {
    return 'required';
  }
}

/** The metrics of the endpoints. Those of Node come from prom-client. */
export function listMetrics(): readonly {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labels: string[];
}[] {
  const metrics = new Metrics();
  metrics.watchQueue(() => Promise.resolve(0));
  const found = metrics.registry.getMetricsAsArray() as unknown as (Metric &
    Record<'name' | 'help' | 'type', string> & { labelNames: string[] })[];
  return found
    .filter(({ name }) => name.startsWith('pay_checkout_'))
    .map(({ name, help, type, labelNames }) => ({ name, help, type, labels: labelNames.filter((label) => label !== 'le') }));
}

function buildMetrics(): string {
  const rows = listMetrics().map(({ name, type, labels, help }) => [code(name), type, labels.map(code).join(', '), help]);
  return table(['metric', 'type', 'labels', 'what it counts'], rows);
}
