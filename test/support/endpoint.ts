import type { SinonStub } from 'sinon';
import type { CheckoutError } from '../../src/state/errors.js';
import { secret } from './answer.js';
import { until } from './clock.js';

export { answer, secret } from './answer.js';

export const endpoint = new URL(`https://shop.example/api/pay?visitor=${secret}`);

/**
 * Advances the clock, as `until` does, until the promise is settled.
 *
 * @param longest milliseconds of the longest step from one timer to the next
 */
export async function finished<T>(promise: Promise<T>, longest?: number): Promise<T> {
  let done = false;
  void promise.catch(() => {}).then(() => (done = true));
  await until(() => done, 'an end', longest);
  return promise;
}

/** Returns the error of a rejected promise. Throws if the error contains the secret. */
export async function failure(promise: Promise<unknown>): Promise<CheckoutError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error as CheckoutError,
  );
  if (!error) throw new Error('it should have failed');
  if (everythingIn(error).includes(secret)) throw new Error(`the secret is told: ${everythingIn(error)}`);
  return error;
}

/** Everything that a log could show of a value: its JSON, and for an error all its properties and those of its causes. */
export function everythingIn(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? String(value);
  const own = Object.getOwnPropertyNames(value) as (keyof Error)[];
  return [String(value), JSON.stringify(value), ...own.map((name) => everythingIn(value[name]))].join('\n');
}

/**
 * Returns the request of a call of `fetch`. Scripts that wrap `fetch` expect an address as a string, and headers as a plain object.
 *
 * @throws {TypeError} for other arguments
 */
export function readRequest(fetched: SinonStub, call = 0): Request {
  const [url, init] = fetched.args[call] as [unknown, RequestInit];
  if (typeof url !== 'string' || Object.getPrototypeOf(init.headers) !== Object.prototype)
    throw new TypeError('fetch(url, init) was expected');
  return new Request(url, init);
}
