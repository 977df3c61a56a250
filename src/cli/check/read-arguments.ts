import { builtInAssets, builtInNames, isBuiltIn, type BuiltInName } from '../../providers/built-in.js';
import type { Environment } from '../../shared/environment.js';
import { isRecord } from '../../shared/schema.js';
import { isSecureUrl, redactUrl } from '../../shared/endpoint-url.js';
import type { CheckOptions, Header } from './options.js';
import { credentialsModes } from '../../shared/credentials-modes.js';
import { parseFlags } from '../parse-flags.js';
import { UsageError } from '../usage-error.js';
import { readBackendSecrets } from './backend/read-secrets.js';
import type { Variables } from '../../serve/config/setting-sources.js';

const flags = {
  provider: { type: 'string' },
  fallback: { type: 'string', default: '' },
  environment: { type: 'string' },
  order: { type: 'string' },
  origin: { type: 'string' },
  credentials: { type: 'string', default: 'same-origin' },
  header: { type: 'string', multiple: true, default: [] as string[] },
  config: { type: 'string', default: '{}' },
  outcome: { type: 'string' },
  backend: { type: 'string' },
  'outcome-backend': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * @param variables the environment, which has the secret for `--backend`
 * @throws {UsageError} for an unknown option or a bad value
 */
export function readArguments(args: readonly string[], variables: Variables): CheckOptions {
  const { values, positionals } = parseFlags(args, flags);
  const [url, ...more] = positionals;
  if (more.length > 0) throw new UsageError('Expected `pay-checkout check <token endpoint>`.');
  const endpoint = readUrl('<token endpoint>', url);
  return {
    endpoint,
    ...(values.outcome === undefined ? {} : { outcome: readUrl('--outcome', values.outcome) }),
    ...readBackend(values, variables),
    ...readTarget(values),
    fallback: readFallback(values.fallback),
    ...(values.order ? { order: values.order } : {}),
    origin: values.origin === undefined ? endpoint.origin : readOrigin(values.origin),
    credentials: oneOf('--credentials', credentialsModes, values.credentials),
    headers: values.header.map(readHeader),
    config: readConfig(values.config),
    json: values.json,
  };
}

function readUrl(name: string, value: string | undefined): URL {
  if (value === undefined || !URL.canParse(value)) throw new UsageError(`${name} should be an absolute URL.`);
  const url = new URL(value);
  if (!isSecureUrl(url))
    throw new UsageError(`${name} should be an https URL (http on a loopback host only), but was ${redactUrl(url.href)}.`);
  if (url.username || url.password) throw new UsageError(`${name} should be a URL without a user name and password.`);
  return url;
}

interface BackendArguments {
  readonly backend?: string;
  readonly 'outcome-backend'?: string;
}

function readBackend({ backend, 'outcome-backend': outcome }: BackendArguments, variables: Variables) {
  return {
    ...(backend === undefined ? {} : { backend: readUrl('--backend', backend) }),
    ...(outcome === undefined ? {} : { outcomeBackend: readUrl('--outcome-backend', outcome) }),
    backendSecrets: backend === undefined ? [] : readBackendSecrets(variables),
  };
}

interface TargetArguments {
  readonly provider?: string;
  readonly environment?: string;
}

function readTarget({ provider, environment }: TargetArguments): Pick<CheckOptions, 'provider' | 'environment'> {
  if (provider !== undefined) oneOf('--provider', builtInNames, provider);
  const providers = isBuiltIn(provider) ? [provider] : builtInNames;
  const environments = [...new Set(providers.flatMap((name) => Object.keys(builtInAssets[name])))];
  if (environment !== undefined) oneOf('--environment', environments, environment);
  return { provider: provider as BuiltInName | undefined, environment: environment as Environment | undefined };
}

function readFallback(value: string): BuiltInName[] {
  const names = value.split(/[\s,]+/).filter(Boolean);
  for (const name of names) if (!isBuiltIn(name)) throw new UsageError(`--fallback should have names of ${builtInNames.join(', ')}.`);
  return names as BuiltInName[];
}

function readOrigin(value: string): string {
  const origin = URL.canParse(value) ? new URL(value).origin : undefined;
  if (origin === value) return value;
  throw new UsageError(`--origin should be an origin, such as ${origin ?? 'https://shop.example.com'}.`);
}

/** The value may be a secret, so no message quotes it. */
function readHeader(line: string): Header {
  const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
  try {
    new Headers([[name, value]]);
    return [name, value];
  } catch {
    throw new UsageError("--header should be a header, such as 'Cookie: session=…'.");
  }
}

function readConfig(text: string): Record<string, unknown> {
  try {
    const config: unknown = JSON.parse(text);
    if (isRecord(config)) return config;
  } catch {
    // Invalid JSON gets the same error as JSON that is not an object.
  }
  throw new UsageError('--config should be a JSON object.');
}

function oneOf(name: string, allowed: readonly string[], value: string): string {
  if (allowed.includes(value)) return value;
  throw new UsageError(`${name} should be one of ${allowed.join(', ')}.`);
}
