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
  /** For the table in docs/serve.md. */
  readonly description: string;
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

const options: { readonly [Key in Name]: Options } = {
  environment: { description: '`sandbox`, `production` or, for Izipay, `test`. Each provider can have its own.' },
  orderUrl: { description: "The shop's address for the `order` call: https, or http on a loopback host." },
  outcomeUrl: { description: "The shop's address for the `outcome` call: https, or http on a loopback host." },
  backendSecret: { description: 'Signs both calls. At least 32 characters.', isSecret: true, rotates: true },
  operationsKey: {
    description: 'Authenticates calls to `/operations/…`, which do not exist without it. At least 32 characters.',
    isSecret: true,
    rotates: true,
  },
  host: { description: 'The address at which the process listens. `0.0.0.0` is every IPv4 address of the machine.', variable: 'HOST' },
  port: { description: 'The port at which the process listens.', variable: 'PORT' },
  basePath: { description: "The path of the public addresses, the same as in the shop's proxy." },
  publicUrl: {
    description: "The shop's own address, such as `https://shop.example.com`. With it, tokens name the address for notifications.",
  },
  returnPage: { description: "The page for shoppers who return from a provider's page. It receives `?order=<reference>`." },
  origins: { description: 'Other origins whose pages may use the endpoints.' },
  forwardHeaders: { description: "Further headers of the shopper's request that the `order` call receives." },
  // A Redis URL may hold a password.
  redisUrl: { description: 'The address of Redis, such as `redis://127.0.0.1:6379`.', variable: 'REDIS_URL', isSecret: true },
  redisPrefix: { description: 'Starts each key in Redis. Each shop and each environment needs its own.' },
  trustedProxies: {
    description: 'Proxies whose `X-Forwarded-For` counts: addresses, CIDR blocks, or `loopback`, `linklocal` and `uniquelocal`.',
  },
  rateLimit: {
    description:
      'Token requests per minute for each visitor address. Ten times as many outcome requests are allowed. `0` turns the limit off.',
  },
  logLevel: { description: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.' },
  standIns: { description: 'The address of `npx pay-checkout stand-ins`, for a try without an account. Never set it in production.' },
};

export const processSettings: readonly Setting[] = (Object.keys(schemas) as Name[]).map((name) => ({
  path: name,
  variable: `PAY_${toVariable(name)}`,
  schema: schemas[name],
  ...options[name],
}));
