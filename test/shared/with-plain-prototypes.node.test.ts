import { afterEach, describe, expect, it } from 'vitest';
import { object, string, lazySchema } from '../../src/shared/zod-schemas.js';
import { stringifyJson } from '../../src/shared/json.js';
import { withPlainPrototypes } from '../../src/shared/with-plain-prototypes.js';

const prototypes = [Object.prototype, Array.prototype] as unknown as Record<string, unknown>[];
const own = prototypes.map((prototype) => Object.getOwnPropertyNames(prototype));

/** Adds an enumerable property, as an assignment does. */
function add(prototype: object, name: string, value: unknown = () => 'a patch'): PropertyDescriptor {
  const descriptor: PropertyDescriptor = { __proto__: null, value, configurable: true, enumerable: true, writable: true } as object;
  Object.defineProperty(prototype, name, descriptor);
  return descriptor;
}

function removeAdditions(): void {
  prototypes.forEach((prototype, index) => {
    for (const name of Object.getOwnPropertyNames(prototype)) if (!own[index]!.includes(name)) delete prototype[name];
  });
}

afterEach(removeAdditions);

describe('withPlainPrototypes', () => {
  it('hides what scripts have added while the code runs, and returns its result', () => {
    add(Object.prototype, 'each');
    add(Array.prototype, 'toJSON');
    expect(withPlainPrototypes(() => ['each' in {}, 'toJSON' in []])).toEqual([false, false]);
  });

  it('puts back the same properties, also when the code throws', () => {
    const names = ['each', 'get', 'set', 'value'];
    const added = names.map((name) => add(Object.prototype, name));
    let thrown: unknown;
    try {
      withPlainPrototypes(() => {
        throw new Error('no');
      });
    } catch (error) {
      thrown = error;
    }
    const found = names.map((name) => Object.getOwnPropertyDescriptor(Object.prototype, name));
    removeAdditions();
    expect(thrown).toEqual(new Error('no'));
    expect(found).toEqual(added);
  });
});

describe('a schema', () => {
  it('reads an object as without an enumerable method on Object.prototype', () => {
    add(Object.prototype, 'each');
    const schema = lazySchema(() => object({ a: string() }));
    expect(schema.safeParse({ a: 'b' })).toMatchObject({ success: true, data: { a: 'b' } });
  });
});

describe('stringifyJson', () => {
  it('ignores `toJSON` of prototypes, but calls the one of a value', () => {
    add(Object.prototype, 'toJSON');
    add(Array.prototype, 'toJSON');
    expect(stringifyJson({ list: [1, { a: 2 }], date: new Date(0) })).toBe('{"list":[1,{"a":2}],"date":"1970-01-01T00:00:00.000Z"}');
  });
});
