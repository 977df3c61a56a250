// The kinds of schema that the page and the server need, made with the constructors of zod's core: a page downloads only those
// that are imported here. `$ZodObject` is the one that compiles no code at run time, which a Content-Security-Policy would report.
import { $ZodCustom, $ZodObject, $ZodOptional, $ZodPipe, $ZodString, $ZodTransform, $ZodUnion, $ZodUnknown, safeParse } from 'zod/v4/core';
import type { $loose, $strip, $ZodCheck, $ZodShape, $ZodType, output } from 'zod/v4/core';
import { joinAlternatives, type Schema } from './schema.js';

export type Infer<S extends Schema<unknown>> = S extends Schema<infer T> ? T : never;

export type Shape<T = unknown> = $ZodType<T>;

/** A schema that other schemas can contain. */
export interface LazySchema<T> extends Schema<T> {
  readonly shape: Shape<T>;
}

/** A schema whose shape is built when it is first needed: building it costs more than downloading it. */
export function lazySchema<T>(build: () => Shape<T>): LazySchema<T> {
  let built: Shape<T> | undefined;
  const shape = () => (built ??= build());
  return {
    get shape() {
      return shape();
    },
    safeParse: (input) => safeParse(shape(), input),
  };
}

/** Leaves out keys that are not declared. */
export function object<Keys extends $ZodShape>(shape: Keys): $ZodObject<Keys, $strip> {
  return new $ZodObject({ type: 'object', shape }) as $ZodObject<Keys, $strip>;
}

/** Keeps keys that are not declared. */
export function looseObject<Keys extends $ZodShape>(shape: Keys, ...checks: $ZodCheck<never>[]): $ZodObject<Keys, $loose> {
  const catchall = new $ZodUnknown({ type: 'unknown' });
  return new $ZodObject({ type: 'object', shape, catchall, checks }) as $ZodObject<Keys, $loose>;
}

export function string(...checks: $ZodCheck<string>[]): Shape<string> {
  return new $ZodString({ type: 'string', checks });
}

/** A string that is not empty. */
export function nonEmptyString(): Shape<string> {
  return string(refine((input) => input !== '', 'should not be empty'));
}

export function enumOf<const T>(values: readonly T[]): Shape<T> {
  return custom((one) => (values as readonly unknown[]).includes(one), `should be ${joinAlternatives(values)}`);
}

/** Any value that passes the test. */
export function custom<T>(test: (value: unknown) => boolean, words: string): Shape<T> {
  return refine<never>(test, words);
}

export function optional<T extends Shape>(innerType: T): $ZodOptional<T> {
  return new $ZodOptional({ type: 'optional', innerType }) as $ZodOptional<T>;
}

/** @param words follow the name of the place in an error: *should not be empty* */
export function refine<T>(test: (value: T) => boolean, words: string): $ZodCustom<T, T> {
  return new $ZodCustom({ type: 'custom', check: 'custom', fn: test as (value: unknown) => boolean, error: () => words }) as $ZodCustom<
    T,
    T
  >;
}

/** The first of the shapes that fits. */
export function union<T>(...options: readonly Shape<T>[]): Shape<T> {
  return new $ZodUnion({ type: 'union', options }) as Shape<T>;
}

/** Converts what the shape has read. */
export function transform<T, U>(shape: Shape<T>, transform: (data: T) => U): Shape<U> {
  return pipe(shape, transformed(transform as (data: unknown) => unknown)) as Shape<U>;
}

/** Converts the input before the shape checks it. */
export function preprocess<T extends Shape>(transform: (input: unknown) => unknown, shape: T): Shape<output<T>> {
  return pipe(transformed(transform), shape) as Shape<output<T>>;
}

function transformed(transform: (input: unknown) => unknown): Shape {
  return new $ZodTransform({ type: 'transform', transform });
}

function pipe(input: Shape, out: Shape): Shape {
  return new $ZodPipe({ type: 'pipe', in: input, out });
}
