/**
 * Runs synchronous code without what scripts have added to the prototypes of objects and arrays, and puts it back. zod reads enumerable
 * methods of `Object.prototype` as keys of a schema. `JSON.stringify` calls `toJSON`, with which old libraries turn an array into a string.
 */
export function withPlainPrototypes<T>(run: () => T): T {
  const hidden = [hide(Object.prototype, [...Object.keys(Object.prototype), 'toJSON']), hide(Array.prototype, ['toJSON'])];
  try {
    return run();
  } finally {
    for (const restore of hidden) restore();
  }
}

/** @returns puts the properties back */
function hide(prototype: object, keys: readonly string[]): () => void {
  const additions = keys.flatMap((key) => {
    const own = Object.getOwnPropertyDescriptor(prototype, key);
    // The descriptor would inherit a `get` or `value` that is put back before it.
    return own && Reflect.deleteProperty(prototype, key) ? [[key, Object.setPrototypeOf(own, null) as PropertyDescriptor] as const] : [];
  });
  return () => additions.forEach(([key, own]) => Object.defineProperty(prototype, key, own));
}
