/**
 * Wraps a callback for a library, so that no error reaches the library.
 *
 * @param onError called if the callback throws, as when a property of the payload cannot be read
 */
export function guardCallback(callback: (payload: unknown) => void, onError?: () => void): (payload: unknown) => void {
  return (payload) => {
    try {
      callback(payload);
    } catch {
      onError?.();
    }
  };
}
