import { expect } from '@open-wc/testing';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { onAbort, unlessAborted, runWithTimeout } from '../../src/shared/signals.js';
import { deferred } from '../support/deferred.js';
import { failure } from '../support/hostile.js';

/** A signal that counts who listens to it. */
function counted(controller: AbortController): AbortSignal & { listeners: number } {
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
  it('gives the result of the promise, and stops listening', async () => {
    const signal = counted(new AbortController());
    expect(await unlessAborted(signal, Promise.resolve(1))).to.equal(1);
    expect(signal.listeners).to.equal(0);
  });

  it('passes a failure on', async () => {
    expect(await failure(unlessAborted(new AbortController().signal, Promise.reject(new Error('broken'))))).to.have.property(
      'message',
      'broken',
    );
  });

  it('rejects with the reason as soon as the signal aborts', async () => {
    const controller = new AbortController();
    const waiting = failure(unlessAborted(controller.signal, new Promise(() => {})));
    controller.abort('left');
    expect(await waiting).to.equal('left');
  });

  it('rejects with the reason of a signal that has aborted, and swallows what the promise says later', async () => {
    const { promise, reject } = deferred();
    expect(await failure(unlessAborted(AbortSignal.abort('left'), promise))).to.equal('left');
    reject(new Error('nobody hears this'));
  });
});

describe('within', () => {
  let clock: SinonFakeTimers;

  beforeEach(() => {
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(() => clock.restore());

  const late = () => new Error('late');
  const never = () => new Promise<never>(() => {});

  it('gives the result of the work, and leaves neither timer nor listener', async () => {
    const parent = counted(new AbortController());
    expect(await runWithTimeout(1000, parent, late, () => Promise.resolve(1))).to.equal(1);
    expect(clock.countTimers()).to.equal(0);
    expect(parent.listeners).to.equal(0);
  });

  it('rejects when the time is up, even if the work never looks at its signal', async () => {
    const waiting = failure(runWithTimeout(1000, new AbortController().signal, late, never));
    let over = false;
    void waiting.then(() => (over = true));
    await clock.tickAsync(999);
    expect(over).to.equal(false);
    await clock.tickAsync(1);
    expect(await waiting).to.have.property('message', 'late');
  });

  it('aborts the signal of the work with the same error', async () => {
    let given: AbortSignal | undefined;
    const waiting = failure(
      runWithTimeout(1000, new AbortController().signal, late, (signal) => {
        given = signal;
        return never();
      }),
    );
    await clock.tickAsync(1000);
    expect(given?.reason).to.equal(await waiting);
  });

  it('ends with its parent, for the same reason, and so does the work', async () => {
    const parent = new AbortController();
    let given: AbortSignal | undefined;
    const waiting = failure(
      runWithTimeout(1000, parent.signal, late, (signal) => {
        given = signal;
        return never();
      }),
    );
    parent.abort('left');
    expect(await waiting).to.equal('left');
    expect(given?.reason).to.equal('left');
    expect(clock.countTimers()).to.equal(0);
  });

  it('does not begin under a parent that has ended', async () => {
    let begun = false;
    const waiting = runWithTimeout(1000, AbortSignal.abort('left'), late, () => {
      begun = true;
      return never();
    });
    expect(await failure(waiting)).to.equal('left');
    expect(begun).to.equal(false);
  });

  it('passes the failure of the work on', async () => {
    const broken = runWithTimeout(1000, new AbortController().signal, late, () => Promise.reject(new Error('broken')));
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

  it('calls back at once if the signal has aborted', () => {
    let calls = 0;
    onAbort(AbortSignal.abort(), () => calls++);
    expect(calls).to.equal(1);
  });
});
