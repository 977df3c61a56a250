// Schema constructors for the page and the server. They use zod's core, so that a page only downloads the classes that are imported here.
// `$ZodObject` is the object class that compiles no code at run time, which a Content-Security-Policy would report.
import { $ZodCustom, $ZodObject, $ZodOptional, _safeParse } from 'zod/v4/core';
import type { $loose, $strip, $ZodCheck, $ZodCustomDef, $ZodErrorClass, $ZodShape, $ZodType } from 'zod/v4/core';
import { withPlainPrototypes } from './with-plain-prototypes.js';
import { joinAlternatives, type Issue, type Schema } from './schema.js';

export type Infer<S extends Schema<unknown>> = S extends Schema<infer T> ? T : never;

export type Shape<T = unknown> = $ZodType<T>;

/** Replaces zod's own error class, most of which only prints issues. */
class Failure {
  constructor(readonly issues: readonly Issue[]) {}
}

const safeParse = _safeParse(Failure as unknown as $ZodErrorClass);

/** Creates a schema that is built on first use, because building it takes longer than downloading it. */
export function lazySchema<T>(build: () => Shape<T>): Schema<T> {
  let built: Shape<T> | undefined;
  return { safeParse: (input) => withPlainPrototypes(() => safeParse((built ??= build()), input)) };
}

/** Creates an object schema that drops undeclared keys. */
export function object<Keys extends $ZodShape>(shape: Keys): $ZodObject<Keys, $strip> {
  return new $ZodObject({ type: 'object', shape }) as $ZodObject<Keys, $strip>;
}

/** Creates an object schema that keeps undeclared keys. */
export function looseObject<Keys extends $ZodShape>(shape: Keys, ...checks: $ZodCheck<never>[]): $ZodObject<Keys, $loose> {
  return new $ZodObject({ type: 'object', shape, catchall: unknown(), checks }) as $ZodObject<Keys, $loose>;
}

export function string(...checks: $ZodCheck<string>[]): Shape<string> {
  return createCustom<string>((value) => typeof value === 'string', 'should be string', { checks, abort: true });
}

/** Creates a schema for a string with at least one character. */
export function nonEmptyString(): Shape<string> {
  return string(refine((input) => input !== '', 'should not be empty'));
}

/** Creates a schema for any value. `$ZodUnknown` would be one more class to download. */
export function unknown(): Shape {
  return custom(() => true, '');
}

export function enumOf<const T>(values: readonly T[]): Shape<T> {
  return custom((value) => (values as readonly unknown[]).includes(value), `should be ${joinAlternatives(values)}`);
}

/** Creates a schema for any value that passes the test. */
export function custom<T>(test: (value: unknown) => boolean, message: string): Shape<T> {
  return refine<never>(test, message);
}

export function optional<T extends Shape>(innerType: T): $ZodOptional<T> {
  return new $ZodOptional({ type: 'optional', innerType }) as $ZodOptional<T>;
}

/** @param message follows the path in an error message: *should not be empty* */
export function refine<T>(test: (value: T) => boolean, message: string): $ZodCustom<T, T> {
  return createCustom(test, message);
}

function createCustom<T>(test: (value: T) => boolean, message: string, rest?: Partial<$ZodCustomDef>): $ZodCustom<T, T> {
  const fn = test as (value: unknown) => boolean;
  return new $ZodCustom({ type: 'custom', check: 'custom', fn, error: () => message, ...rest }) as unknown as $ZodCustom<T, T>;
}

/** Reads with the first schema that accepts the input. If neither does, fails as the one with fewer issues, which is probably the intended one. */
export function union<T>(one: Schema<T>, other: Schema<T>): Schema<T> {
  return {
    safeParse(input) {
      const first = one.safeParse(input);
      if (first.success) return first;
      const second = other.safeParse(input);
      return second.success || second.error.issues.length < first.error.issues.length ? second : first;
    },
  };
}

/** Converts the output of a schema. */
export function transform<T, U>(schema: Schema<T>, convert: (data: T) => U): Schema<U> {
  return {
    safeParse(input) {
      const result = schema.safeParse(input);
      return result.success ? { success: true, data: convert(result.data) } : result;
    },
  };
}

/** Converts the input of a schema. */
export function preprocess<T>(convert: (input: unknown) => unknown, schema: Schema<T>): Schema<T> {
  return { safeParse: (input) => schema.safeParse(convert(input)) };
}
