import type { Environment } from '../../src/server.js';

type Values<Value = string> = Readonly<Partial<Record<Environment, Value>>>;

/** A name, whether it is required, and its value: the same in all environments, by environment, or a pattern. */
export type Row = readonly [name: string, required: 'SI' | 'NO', value: string | RegExp | Values<unknown>];

/** A request as the provider's documentation (its seed) describes it, with the sample values of the seed. */
export interface SeedRequest {
  readonly seed: string;
  readonly method: string;
  readonly url: Values;
  readonly headers: readonly Row[];
  /** Absent if the request has no body. */
  readonly body?: readonly Row[];
  /** The example of a response. */
  readonly answer: object;
}

export const uuid4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
export const json: Row = ['content-type', 'SI', 'application/json'];
