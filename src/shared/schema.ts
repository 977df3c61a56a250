/** Anything that checks a value as zod does. A provider of your own may bring `zod`, `zod/mini` or a hand-written one. */
export interface Schema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

/** The part of a zod issue that a sentence can be made of without quoting the value. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
  readonly expected?: string;
  /** What the value could have been one of. */
  readonly values?: readonly unknown[];
  /** Of a union: what each of its shapes found wrong. */
  readonly errors?: readonly (readonly Issue[])[];
  readonly message?: string;
}

/** The class of a fault in outside data: which place, what was expected there, what stood there. Never the value itself. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * Checks `input` and returns it typed.
 *
 * @param what names the input at the start of the sentence, such as `The order`
 * @throws {ShapeError} *The order: `amount` should be int, but was a different string.*
 */
export function parse<T>(schema: Schema<T>, input: unknown, what: string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ShapeError(`${what}: ${describe(nearest(issue ?? { path: [] }), input)}`);
}

/** Of a union, the first fault of the shape that has the fewest: the one that was probably meant. */
function nearest(issue: Issue): Issue {
  const [shape] = [...(issue.errors ?? [])].sort((one, other) => one.length - other.length);
  const inner = shape?.[0];
  return inner ? nearest({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

function describe(issue: Issue, input: unknown): string {
  const place = issue.path.length > 0 ? `\`${issue.path.join('.')}\`` : 'it';
  const rule = issue.message && issue.message !== 'Invalid input' ? issue.message : `should be ${expectedBy(issue)}`;
  return `${place} ${rule}, but was ${describeKind(valueAt(input, issue.path))}.`;
}

function expectedBy({ expected, values }: Issue): string {
  return values ? joinAlternatives(values) : (expected ?? 'valid');
}

/** *paid, pending or declined* */
export function joinAlternatives(values: readonly unknown[]): string {
  return values.join(', ').replace(/, (?!.*,)/, ' or ');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

/** The type of a value, in words that never contain the value. */
export function describeKind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'an array' : `a different ${typeof value}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
