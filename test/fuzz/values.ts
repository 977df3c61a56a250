import fc from 'fast-check';
import { mark, token } from './secret.js';

export type Path = readonly string[];

/** Takes its place away, where an edit puts it. */
const nothing = Symbol('nothing');

const long = 'x'.repeat(20_000);
const oddTexts = ['', ' ', '0', '-5', '30', '1e9', 'NaN', 'Infinity', 'null', 'true', '__proto__', 'constructor', '\u0000', '💳', long];
const oddNumbers = [0, -0, -1, 0.001, 30, 901, 2 ** 31, 1e308, -1e308];

export const oddities: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(...oddTexts, ...oddNumbers, null, true, false, [], [null], {}, [
  [],
]);

/** A payment's state as Pay-me reports it, and values that resemble it. */
export const oddStates: fc.Arbitrary<unknown> = fc.constantFrom(
  ...['AUTORIZADO', 'PENDIENTE', 'REGISTRADO', 'DENEGADO', 'autorizado', ''],
  ...[null, ['AUTORIZADO'], token],
);

export function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Any JSON, with a token in it here and there, also as a key. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: oddities },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(token, `the token ${token}`, [token], { [token]: token }, { token }, { data: { token } }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** A few changes to `good`: keys dropped, values of other types, and in `special` places what is odd there. */
export function mutations(good: object, special: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}): fc.Arbitrary<object> {
  const anywhere = fc.record({
    at: fc.constantFrom(['more'], ...pathsIn(good)),
    value: fc.oneof({ weight: 1, arbitrary: fc.constant(nothing) }, { weight: 2, arbitrary: anyJson }),
  });
  const places = Object.entries(special).map(([key, value]) => fc.record({ at: fc.constant(key.split('.')), value }));
  const edits = fc.array(fc.oneof(anywhere, ...places), { maxLength: 3 });
  return edits.map((all) => all.reduce((value, { at, value: other }) => edited(value, at, other) as object, good));
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

/** A copy; its keys are its own, also `__proto__`. */
function edited(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(Object(value) as object) };
  const inner = edited(Object.hasOwn(copy, key) ? (copy as Record<string, unknown>)[key] : {}, rest, other);
  if (inner === nothing) Reflect.deleteProperty(copy, key);
  else Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** Without a token in what is passed on by design: a provider's own words, and its references to a payment. */
export function withoutTokenIn(keys: readonly string[], value: object): object {
  const clean = (key: string, inner: unknown) =>
    (keys.includes(key) ? JSON.parse(JSON.stringify(inner).replaceAll(mark, '')) : inner) as unknown;
  return JSON.parse(JSON.stringify(value, clean)) as object;
}
