// Schema constructors for the page and the server. They use zod's core, so that a page only downloads the classes that are imported here.
// `$ZodObject` is the object class that compiles no code at run time, which a Content-Security-Policy would report.
import { $ZodCustom, $ZodObject, $ZodOptional, $ZodPipe, $ZodString, $ZodTransform, $ZodUnion, $ZodUnknown, safeParse } from 'zod/v4/core';
import type { $loose, $strip, $ZodCheck, $ZodShape, $ZodType, output } from 'zod/v4/core';
import { withPlainPrototypes } from './with-plain-prototypes.js';
import { joinAlternatives, type Schema } from './schema.js';

export type Infer<S extends Schema<unknown>> = S extends Schema<infer T> ? T : never;

export type Shape<T = unknown> = $ZodType<T>;

/** A schema that is built on first use. `shape` lets other schemas contain it. */
export interface LazySchema<T> extends Schema<T> {
  readonly shape: Shape<T>;
}

/** Creates a schema that is built on first use, because building it takes longer than downloading it. */
export function lazySchema<T>(build: () => Shape<T>): LazySchema<T> {
  let built: Shape<T> | undefined;
  const shape = () => (built ??= build());
  return {
    get shape() {
      return shape();
    },
    safeParse: (input) => withPlainPrototypes(() => safeParse(shape(), input)),
  };
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
  return new $ZodString({ type: 'string', checks });
}

/** Creates a schema for a string with at least one character. */
export function nonEmptyString(): Shape<string> {
  return string(refine((input) => input !== '', 'should not be empty'));
}

export function unknown(): Shape {
  return new $ZodUnknown({ type: 'unknown' });
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
  return new $ZodCustom({ type: 'custom', check: 'custom', fn: test as (value: unknown) => boolean, error: () => message }) as $ZodCustom<
    T,
    T
  >;
}

/** Creates a schema that returns the result of the first option that accepts the input. */
export function union<T>(...options: readonly Shape<T>[]): Shape<T> {
  return new $ZodUnion({ type: 'union', options }) as Shape<T>;
}

/** Converts the output of a schema. */
export function transform<T, U>(shape: Shape<T>, convert: (data: T) => U): Shape<U> {
  return pipe(shape, createTransform(convert as (data: unknown) => unknown)) as Shape<U>;
}

/** Converts the input of a schema. */
export function preprocess<T extends Shape>(convert: (input: unknown) => unknown, shape: T): Shape<output<T>> {
  return pipe(createTransform(convert), shape) as Shape<output<T>>;
}

function createTransform(transform: (input: unknown) => unknown): Shape {
  return new $ZodTransform({ type: 'transform', transform });
}

function pipe(input: Shape, out: Shape): Shape {
  return new $ZodPipe({ type: 'pipe', in: input, out });
}
