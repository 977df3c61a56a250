/** Resolves at the first SIGINT or SIGTERM, which then does not end the process. The second one ends it. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
