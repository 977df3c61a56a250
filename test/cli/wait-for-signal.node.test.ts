import { describe, expect, it } from 'vitest';
import { waitForSignal } from '../../src/cli/wait-for-signal.js';

const signals = ['SIGINT', 'SIGTERM'] as const;

describe('waitForSignal', () => {
  it.each(signals)('resolves with %s, and leaves a second signal to Node', async (signal) => {
    const before = signals.map((one) => process.listenerCount(one));
    const waiting = waitForSignal();
    process.emit(signal, signal);
    expect(await waiting).toBe(signal);
    expect(signals.map((one) => process.listenerCount(one))).toEqual(before);
  });
});
