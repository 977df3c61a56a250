/** Parses untrusted JSON. Drops `__proto__` and `constructor`, so that code that merges the result cannot pollute prototypes. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === '__proto__' || key === 'constructor' ? undefined : value));
}
