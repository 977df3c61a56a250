import { CheckoutError, type ErrorReason } from '../state/errors.js';
import { isRecord, describeKind } from '../shared/schema.js';
import { stringifyJson } from '../shared/json.js';
import { URL } from '../shared/natives.js';
import { isSecureUrl, redactUrl } from '../shared/endpoint-url.js';
import { findEntry, registeredNames, type ProviderEntry } from '../providers/registry.js';
import type { Environment } from '../shared/environment.js';
import { credentialsModes } from '../shared/credentials-modes.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';

/** The element's attributes and properties, as the page set them. */
export interface Attributes {
  readonly provider?: unknown;
  readonly fallback?: unknown;
  readonly environment?: unknown;
  readonly tokenEndpoint?: unknown;
  readonly outcomeEndpoint?: unknown;
  readonly order?: unknown;
  readonly config?: unknown;
  readonly credentials?: unknown;
  readonly loading?: unknown;
}

/** The validated attributes of an attempt. They stay the same until it ends. */
export interface Settings {
  readonly provider: string;
  /** The value of the `provider` attribute. A fallback has replaced it if `provider` is another. */
  readonly wanted: string;
  /** The names of the providers that may follow, in order. */
  readonly fallback: readonly string[];
  readonly environment: Environment;
  readonly tokenEndpoint: URL;
  readonly outcomeEndpoint?: URL;
  readonly order?: string;
  readonly config: Record<string, unknown>;
  readonly credentials: RequestCredentials;
}

const loadingModes = ['eager', 'lazy', 'manual'];

/**
 * Validates the element's attributes.
 *
 * @throws {CheckoutError} code `config`. Its message names the attribute, what was expected and what was found.
 */
export function readSettings(attributes: Attributes): Settings {
  const { outcomeEndpoint, order, config, loading = 'eager' } = attributes;
  readChoice('loading', loadingModes, loading);
  return {
    ...readProvider(attributes),
    tokenEndpoint: readEndpoint('token-endpoint', attributes.tokenEndpoint),
    ...(isGiven(outcomeEndpoint) ? { outcomeEndpoint: readEndpoint('outcome-endpoint', outcomeEndpoint) } : {}),
    ...(isGiven(order) ? { order: readOrder(order) } : {}),
    config: readConfig(config ?? {}),
    credentials: readChoice('credentials', credentialsModes, attributes.credentials) as RequestCredentials,
  };
}

/** The part of a request's body that both endpoints receive. */
export function requestBody({ provider, environment, order }: Settings): TokenRequest {
  return { provider, environment, ...(order === undefined ? {} : { order }) };
}

/** Returns the part of `config` for this provider. It may hold an object for each provider, by name. */
export function selectConfig({ config, provider }: Settings): Record<string, unknown> {
  const own = config[provider];
  if (isRecord(own)) return own;
  return Object.keys(config).some(findEntry) ? {} : config;
}

/** Returns a string that changes when the checkout must restart. The order of keys in `config` does not matter. */
export function fingerprint({ provider, environment, tokenEndpoint, order, config, credentials }: Attributes): string {
  return stringifyJson([provider, environment, tokenEndpoint, isGiven(order) ? order : null, credentials, stringifySorted(config ?? {})]);
}

/** Whether two attempts are for the same purchase. Without `order`, the endpoint's URL may name the order. */
export function isSamePurchase(one: Settings, other: Settings): boolean {
  if (one.environment !== other.environment || one.order !== other.order) return false;
  return one.order !== undefined || one.tokenEndpoint.href === other.tokenEndpoint.href;
}

type ProviderSettings = Pick<Settings, 'provider' | 'wanted' | 'fallback' | 'environment'>;

function readProvider({ provider, fallback, environment }: Attributes): ProviderSettings {
  requireEntry(provider, environment);
  return { provider, wanted: provider, fallback: readFallback(fallback, provider), environment } as ProviderSettings;
}

/** The names may be of files that arrive later, so none of them is required yet. */
function readFallback(value: unknown, provider: unknown): string[] {
  const names = typeof value === 'string' ? value.split(/[\s,]+/) : [];
  return [...new Set(names)].filter((name) => name && name !== provider);
}

/**
 * Finds a provider that has the environment.
 *
 * @throws {CheckoutError} code `config`
 */
export function requireEntry(provider: unknown, environment: unknown): ProviderEntry {
  const entry = findEntry(provider as string);
  if (entry) {
    readChoice('environment', Object.keys(entry.assets ?? {}), environment, 'environment');
    return entry;
  }
  const known = registeredNames().join(', ');
  const reason = provider ? 'unknown-provider' : 'attribute';
  throw createAttributeError('provider', `one of ${known}, or one that a script adds`, provider, reason);
}

/** An empty attribute counts as absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function readOrder(value: unknown): string {
  if (typeof value === 'string') return value;
  throw createAttributeError('order', 'a string', value);
}

function readEndpoint(attribute: string, value: unknown): URL {
  const url = typeof value === 'string' && value ? parseUrl(value) : undefined;
  if (!url) throw createAttributeError(attribute, 'a URL, relative to the page or absolute', value);
  if (!isSecureUrl(url)) throw createAttributeError(attribute, 'an https URL (http on a loopback host only)', redactUrl(url.href));
  // `fetch` rejects such a URL with an error that quotes the password.
  if (url.username || url.password) throw createAttributeError(attribute, 'a URL without a user name and password', redactUrl(url.href));
  return url;
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value, document.baseURI);
  } catch {
    return undefined;
  }
}

function readChoice(attribute: string, allowed: readonly string[], value: unknown, reason: ErrorReason = 'attribute'): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  throw createAttributeError(attribute, `one of ${allowed.join(', ')}`, value, reason);
}

function readConfig(value: unknown): Record<string, unknown> {
  if (isRecord(value)) return requireSerializable(value);
  const stringified = typeof value === 'string' && value.startsWith('[object');
  const advice = stringified ? ' An object was written into the attribute: set the property `config` instead.' : '';
  throw new CheckoutError('config', 'attribute', `\`config\` should be a JSON object, but was ${describeKind(value)}.${advice}`);
}

/** Configs are compared as JSON, so a config must have one. */
function requireSerializable(config: Record<string, unknown>): Record<string, unknown> {
  if (stringifySorted(config) !== undefined) return config;
  throw new CheckoutError('config', 'attribute', '`config` should be a JSON object, but holds a BigInt or a cycle.');
}

function stringifySorted(value: unknown): string | undefined {
  try {
    return stringifyJson(value, sortKeys);
  } catch {
    return undefined;
  }
}

function createAttributeError(attribute: string, expected: string, value: unknown, reason: ErrorReason = 'attribute'): CheckoutError {
  const found = typeof value === 'string' && value !== '' ? `"${value.slice(0, 100)}"` : describeKind(value);
  return new CheckoutError('config', reason, `\`${attribute}\` should be ${expected}, but was ${found}.`);
}

function sortKeys(_key: string, value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
