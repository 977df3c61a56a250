/** Reads JSON from outside, without the keys by which a library that merges it carelessly would change every object of the page. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === '__proto__' || key === 'constructor' ? undefined : value));
}
