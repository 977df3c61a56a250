import { parse, type Schema } from '../shared/schema.js';
import { Problem, type ProblemKind } from './problem.js';

/**
 * Checks `input` and returns it typed.
 *
 * @param kind whose fault it is
 * @param what names the input at the start of the sentence, such as `The order`
 * @throws {Problem} of that kind; it names the place and what was expected there, never the value
 */
export function check<T>(kind: ProblemKind, schema: Schema<T>, input: unknown, what: string): T {
  try {
    return parse(schema, input, what);
  } catch (error) {
    throw new Problem(kind, (error as Error).message);
  }
}
