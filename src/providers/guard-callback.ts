/**
 * A callback for a library, out of which nothing comes.
 *
 * @param unreadable is called where the payload throws as it is read
 */
export function safely(callback: (payload: unknown) => void, unreadable?: () => void): (payload: unknown) => void {
  return (payload) => {
    try {
      callback(payload);
    } catch {
      unreadable?.();
    }
  };
}
