import { expect } from '@open-wc/testing';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { onAbort, unlessAborted, runWithTimeout } from '../../src/shared/signals.js';
import { deferred } from '../support/deferred.js';
import { failure } from '../support/hostile.js';

/** Counts the listeners of the controller's signal. */
function countListeners(controller: AbortController): AbortSignal & { listeners: number } {
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  return Object.assign(signal, {
    listeners: 0,
    addEventListener(this: { listeners: number }, ...args: Parameters<typeof addEventListener>) {
      this.listeners++;
      addEventListener.apply(signal, args);
    },
    removeEventListener(this: { listeners: number }, ...args: Parameters<typeof removeEventListener>) {
      this.listeners--;
      removeEventListener.apply(signal, args);
    },
  });
}

describe('unlessAborted', () => {
  it('resolves with the result of the promise, and removes its listener', async () => {
    const signal = countListeners(new AbortController());
    expect(await unlessAborted(signal, Promise.resolve(1))).to.equal(1);
    expect(signal.listeners).to.equal(0);
  });

  it('rejects with the error of the promise', async () => {
    expect(await failure(unlessAborted(new AbortController().signal, Promise.reject(new Error('broken'))))).to.have.property(
      'message',
      'broken',
    );
  });

  it('rejects with the reason of the signal when it aborts', async () => {
    const controller = new AbortController();
    const waiting = failure(unlessAborted(controller.signal, new Promise(() => {})));
    controller.abort('left');
    expect(await waiting).to.equal('left');
  });

  it('rejects with the reason of an aborted signal, and ignores a later rejection of the promise', async () => {
    const { promise, reject } = deferred();
    expect(await failure(unlessAborted(AbortSignal.abort('left'), promise))).to.equal('left');
    reject(new Error('ignored'));
  });
});

describe('runWithTimeout', () => {
  let clock: SinonFakeTimers;

  beforeEach(() => {
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(() => clock.restore());

  const createError = () => new Error('late');
  const never = () => new Promise<never>(() => {});

  it('resolves with the result of the work, and leaves neither timer nor listener', async () => {
    const parent = countListeners(new AbortController());
    expect(await runWithTimeout(1000, parent, createError, () => Promise.resolve(1))).to.equal(1);
    expect(clock.countTimers()).to.equal(0);
    expect(parent.listeners).to.equal(0);
  });

  it('rejects after the timeout even if the work ignores its signal', async () => {
    const waiting = failure(runWithTimeout(1000, new AbortController().signal, createError, never));
    let isSettled = false;
    void waiting.then(() => (isSettled = true));
    await clock.tickAsync(999);
    expect(isSettled).to.equal(false);
    await clock.tickAsync(1);
    expect(await waiting).to.have.property('message', 'late');
  });

  it('aborts the signal of the work with the same error', async () => {
    let received: AbortSignal | undefined;
    const waiting = failure(
      runWithTimeout(1000, new AbortController().signal, createError, (signal) => {
        received = signal;
        return never();
      }),
    );
    await clock.tickAsync(1000);
    expect(received?.reason).to.equal(await waiting);
  });

  it('aborts the work with the reason of the parent signal', async () => {
    const parent = new AbortController();
    let received: AbortSignal | undefined;
    const waiting = failure(
      runWithTimeout(1000, parent.signal, createError, (signal) => {
        received = signal;
        return never();
      }),
    );
    parent.abort('left');
    expect(await waiting).to.equal('left');
    expect(received?.reason).to.equal('left');
    expect(clock.countTimers()).to.equal(0);
  });

  it('does not start if the parent signal has already aborted', async () => {
    let started = false;
    const waiting = runWithTimeout(1000, AbortSignal.abort('left'), createError, () => {
      started = true;
      return never();
    });
    expect(await failure(waiting)).to.equal('left');
    expect(started).to.equal(false);
  });

  it('rejects with the error of the work', async () => {
    const broken = runWithTimeout(1000, new AbortController().signal, createError, () => Promise.reject(new Error('broken')));
    expect(await failure(broken)).to.have.property('message', 'broken');
    expect(clock.countTimers()).to.equal(0);
  });
});

describe('onAbort', () => {
  it('calls back when the signal aborts, once', () => {
    const controller = new AbortController();
    let calls = 0;
    onAbort(controller.signal, () => calls++);
    expect(calls).to.equal(0);
    controller.abort();
    controller.signal.dispatchEvent(new Event('abort'));
    expect(calls).to.equal(1);
  });

  it('calls back immediately if the signal has already aborted', () => {
    let calls = 0;
    onAbort(AbortSignal.abort(), () => calls++);
    expect(calls).to.equal(1);
  });
});
