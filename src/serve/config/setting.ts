import type { Schema } from '../../shared/schema.js';

/** One setting of the process: a value from the environment, a file of its own, or the JSON file. */
export interface Setting<T = unknown> {
  /** Its name in the JSON file, such as `providers.payme.clientId`. */
  readonly path: string;
  /** Its environment variable, such as `PAYME_CLIENT_ID`. */
  readonly variable: string;
  readonly schema: Schema<T>;
  /** For the table in docs/serve.md. */
  readonly description: string;
  /** Whether it comes from the environment or a file of its own only. */
  readonly isSecret?: boolean;
  /** Whether older values may follow, as `<variable>_2`. `schema` then receives the list, newest first. */
  readonly rotates?: boolean;
  readonly isOptional?: boolean;
}

/** *keyRSA* → *KEY_RSA* */
export function toVariable(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
}
