// Ways to read an answer that may come in more than one form; apart from the shapes, which the checkout needs without a provider.
import type { Issue, Schema } from '../schema.js';

/** What `schema` reads, changed into something else. */
export function mapped<T, U>(schema: Schema<T>, change: (data: T) => U): Schema<U> {
  return {
    safeParse(input) {
      const read = schema.safeParse(input);
      return read.success ? { success: true, data: change(read.data) } : read;
    },
  };
}

/** What the first of the schemas that fits reads. */
export function firstOf<T>(...schemas: readonly Schema<T>[]): Schema<T> {
  return {
    safeParse(input) {
      const errors: (readonly Issue[])[] = [];
      for (const schema of schemas) {
        const read = schema.safeParse(input);
        if (read.success) return read;
        errors.push(read.error.issues);
      }
      return { success: false, error: { issues: [{ path: [], errors }] } };
    },
  };
}
