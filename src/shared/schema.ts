import { withPlainPrototypes } from './with-plain-prototypes.js';

/** A schema with zod's `safeParse`. A custom provider can use `zod`, `zod/mini` or its own implementation. */
export interface Schema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

/** The fields of a zod issue that an error message can use without quoting the value. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
  readonly expected?: string;
  /** The allowed values of an enum. */
  readonly values?: readonly unknown[];
  /** The issues of each option of a union. */
  readonly errors?: readonly (readonly Issue[])[];
  readonly message?: string;
}

/** Reports invalid input: the path, what was expected and the kind of value that was found. Never contains the value itself. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * Checks `input` and returns it typed.
 *
 * @param what names the input at the start of the message, such as `The order`
 * @throws {ShapeError} *The order: `amount` should be int, but was a different string.*
 */
export function parse<T>(schema: Schema<T>, input: unknown, what: string): T {
  const result = withPlainPrototypes(() => schema.safeParse(input));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ShapeError(`${what}: ${describeIssue(findLikeliest(issue ?? { path: [] }), input)}`);
}

/** In a union, finds the first issue of the option with the fewest issues, which is probably the intended one. */
function findLikeliest(issue: Issue): Issue {
  const [option] = [...(issue.errors ?? [])].sort((one, other) => one.length - other.length);
  const inner = option?.[0];
  return inner ? findLikeliest({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

function describeIssue(issue: Issue, input: unknown): string {
  const place = issue.path.length > 0 ? `\`${issue.path.join('.')}\`` : 'it';
  const rule = issue.message && issue.message !== 'Invalid input' ? issue.message : `should be ${describeExpected(issue)}`;
  return `${place} ${rule}, but was ${describeKind(getValue(input, issue.path))}.`;
}

function describeExpected({ expected, values }: Issue): string {
  return values ? joinAlternatives(values) : (expected ?? 'valid');
}

/** *paid, pending or declined* */
export function joinAlternatives(values: readonly unknown[]): string {
  return values.join(', ').replace(/, (?!.*,)/, ' or ');
}

function getValue(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

/** Describes the kind of a value without quoting it. */
export function describeKind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'an array' : `a different ${typeof value}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
