import { JSON } from './natives.js';
import { withPlainPrototypes } from './with-plain-prototypes.js';

/** Parses untrusted JSON. Drops `__proto__` and `constructor`, so that code that merges the result cannot pollute prototypes. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === '__proto__' || key === 'constructor' ? undefined : value));
}

/** Stringifies a value as the platform does, whatever libraries have added to prototypes. */
export function stringifyJson(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  return withPlainPrototypes(() => JSON.stringify(value, replacer));
}
