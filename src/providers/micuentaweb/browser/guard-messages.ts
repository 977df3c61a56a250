/** The origins of the form's frames. */
let trustedOrigins: readonly string[] = [];

/**
 * Stops forged messages before the library receives them. The library checks neither origin nor source, so any frame could report a payment
 * (*measured in the 2022 build*).
 */
export function guardMessages(origins: readonly string[] = []): void {
  // Registered once and never removed: the library never removes its own listener. Capturing listeners of a window run first.
  window.addEventListener('message', handleMessage, { capture: true });
  trustedOrigins = origins;
}

function handleMessage(event: MessageEvent<unknown>): void {
  const { data, origin } = event;
  const isText = typeof data === 'string' || data instanceof String;
  if (isText && data.includes('krypton-client') && !trustedOrigins.includes(origin)) event.stopImmediatePropagation();
}
