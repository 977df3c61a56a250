import * as z from 'zod/mini';
import type { Schema } from '../../shared/schema.js';
import type { Environment } from '../../shared/environment.js';
import {
  backendUrl,
  headerName,
  list,
  loopbackOrigin,
  origin,
  page,
  path,
  proxy,
  redisUrl,
  secrets,
  secureOrigin,
  text,
  wholeNumber,
} from './schemas.js';
import { toVariable, type Setting } from './setting.js';

interface Options {
  /** `PAY_` and the name by default. */
  readonly variable?: string;
  readonly isSecret?: boolean;
  readonly rotates?: boolean;
}

const environments = ['sandbox', 'production', 'test'] as const satisfies readonly Environment[];
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const environmentSchema: Schema<Environment> = z.enum(environments);

const withDefault = <T extends z.ZodMiniType>(schema: T, value: z.output<T>) => z.pipe(z.prefault(z.unknown(), value), schema);

/** The settings of the process itself. Those of the providers are in each provider's folder. */
const schemas = {
  environment: z.enum(environments),
  orderUrl: backendUrl(),
  outcomeUrl: backendUrl(),
  backendSecret: secrets(),
  operationsKey: z.optional(secrets()),
  host: withDefault(text(), '127.0.0.1'),
  port: withDefault(wholeNumber(65_535), 8080),
  basePath: withDefault(path(), '/api/pay'),
  publicUrl: z.optional(secureOrigin()),
  returnPage: withDefault(page(), '/'),
  origins: withDefault(list(origin()), []),
  forwardHeaders: withDefault(list(headerName()), []),
  redisUrl: z.optional(redisUrl()),
  redisPrefix: withDefault(z.string().check(z.regex(/^[\w.-]+$/, 'should have letters, digits and .-_ only')), 'pay-checkout'),
  trustedProxies: withDefault(list(proxy()), ['loopback', 'uniquelocal']),
  rateLimit: withDefault(wholeNumber(1_000_000), 60),
  logLevel: withDefault(z.enum(logLevels), 'info'),
  standIns: z.optional(loopbackOrigin()),
};

type Name = keyof typeof schemas;

/** The validated settings of the process. Secrets are lists, newest first. */
export type ProcessConfig = { readonly [Key in Name]: z.output<(typeof schemas)[Key]> };

const options: { readonly [Key in Name]?: Options } = {
  backendSecret: { isSecret: true, rotates: true },
  operationsKey: { isSecret: true, rotates: true },
  host: { variable: 'HOST' },
  port: { variable: 'PORT' },
  // A Redis URL may hold a password.
  redisUrl: { variable: 'REDIS_URL', isSecret: true },
};

export const processSettings: readonly Setting[] = (Object.keys(schemas) as Name[]).map((name) => ({
  path: name,
  variable: `PAY_${toVariable(name)}`,
  schema: schemas[name],
  ...options[name],
}));
