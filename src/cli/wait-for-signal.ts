/** Resolves with the name of the first signal that asks the process to end. A second one ends it at once, as it would without us. */
export function waitForSignal(): Promise<NodeJS.Signals> {
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const one of signals) process.off(one, stop);
      resolve(signal);
    };
    for (const one of signals) process.on(one, stop);
  });
}
