import { parse, type Schema } from '../shared/schema.js';
import { Problem, type ProblemKind } from './problem.js';

/**
 * Validates `input` against a schema.
 *
 * @param kind the kind of problem to throw, which says who caused it
 * @param what names the input at the start of the message, such as `The order`
 * @throws {Problem} names the field and what was expected there, never the value
 */
export function check<T>(kind: ProblemKind, schema: Schema<T>, input: unknown, what: string): T {
  try {
    return parse(schema, input, what);
  } catch (error) {
    throw new Problem(kind, (error as Error).message);
  }
}
