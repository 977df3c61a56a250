// The few shapes that both halves check, made of zod's core: the page downloads only what is named here. What unions, transforms
// and formats would do is plain TypeScript, a fifth of their size.
import { $ZodObject, $ZodOptional, $ZodString, $ZodUnknown } from 'zod/v4/core';
import type { $loose, $strip, $ZodCheck, $ZodObjectConfig, $ZodShape, $ZodType, output } from 'zod/v4/core';
import type { Issue, Schema } from './schema.js';

export type Read<S extends Schema<unknown>> = S extends Schema<infer T> ? T : never;

/** What is read by way of the Standard Schema, with zod's own issues in it. */
type Standard<T> = { value: T; issues?: undefined } | { issues: readonly Issue[] };

/**
 * A schema whose shape is built when it is first needed.
 *
 * @param prepare is applied to the input before it is checked
 */
export function schema<T extends Shape>(build: () => T, prepare?: (input: unknown) => unknown): Schema<output<T>> {
  let shape: T | undefined;
  return {
    safeParse(input) {
      const read = (shape ??= build())['~standard'].validate(prepare ? prepare(input) : input) as Standard<output<T>>;
      return read.issues ? { success: false, error: { issues: read.issues } } : { success: true, data: read.value };
    },
  };
}

/** Other keys are left out of what is read. */
export function object<Keys extends $ZodShape>(keys: Keys): $ZodObject<Keys, $strip> {
  return made<Keys, $strip>(keys);
}

/** Other keys stay. */
export function looseObject<Keys extends $ZodShape>(keys: Keys, ...rules: Rule[]): $ZodObject<Keys, $loose> {
  return made<Keys, $loose>(keys, new $ZodUnknown({ type: 'unknown' }), rules);
}

function made<Keys extends $ZodShape, Config extends $ZodObjectConfig>(shape: Keys, catchall?: Shape, checks: Rule[] = []) {
  return new $ZodObject({ type: 'object', shape, catchall, checks }) as $ZodObject<Keys, Config>;
}

export function string(...checks: Rule[]): Shape<string> {
  return new $ZodString({ type: 'string', checks: checks as $ZodCheck<string>[] });
}

/** Whatever passes the test. */
export function value<T>(test: (value: unknown) => boolean, words: string): Shape<T> {
  return new $ZodUnknown({ type: 'unknown', checks: [rule(test, words)] }) as Shape<T>;
}

export function optional<T extends Shape>(innerType: T): $ZodOptional<T> {
  return new $ZodOptional({ type: 'optional', innerType }) as $ZodOptional<T>;
}

type Rule = $ZodCheck<never>;
export type Shape<T = unknown> = $ZodType<T>;

/** @param words go on after the name of the place: *should not be empty* */
export function rule<T>(test: (value: T) => boolean, words: string): Rule {
  const check = ({ value, issues }: { value: T; issues: object[] }) => {
    if (!test(value)) issues.push({ code: 'custom', message: words, input: value, path: [] });
  };
  return { _zod: { check, def: { check: 'custom' }, onattach: [] } };
}

/** Some text. */
export function text(): Shape<string> {
  return string(rule((value) => value !== '', 'should not be empty'));
}
