/** What is read of a library's payload; or `otherwise` where it cannot be read, as its getters may throw. Nothing comes out of a callback. */
export function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
