import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeyedLock } from '../../src/server/keyed-lock.js';

const never = new AbortController().signal;

/** Work that the test ends by hand. */
function createWork(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
    return name;
  };
  return { work, end };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('KeyedLock', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('runs work with the same key one after the other, in order', async () => {
    const [lock, log] = [new KeyedLock(), [] as string[]];
    const works = ['a', 'b', 'c'].map((name) => createWork(log, name));
    const results = works.map(({ work }) => lock.run('key', never, work));
    for (const { end } of works) {
      await settle();
      end();
    }
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('runs work with another key at the same time', async () => {
    const [lock, log] = [new KeyedLock(), [] as string[]];
    void lock.run('one', never, createWork(log, 'a').work);
    void lock.run('other', never, createWork(log, 'b').work);
    await settle();
    expect(log).toEqual(['a begins', 'b begins']);
  });

  it('passes on an error, and runs the next work', async () => {
    const lock = new KeyedLock();
    const failing = lock.run('key', never, () => Promise.reject(new Error('the database is down')));
    const next = lock.run('key', never, () => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('the database is down');
    expect(await next).toBe('next');
  });

  it('drops work whose caller stopped waiting', async () => {
    const [lock, log, leaving] = [new KeyedLock(), [] as string[], new AbortController()];
    const first = createWork(log, 'first');
    const running = lock.run('key', never, first.work);
    const waiting = lock.run('key', leaving.signal, createWork(log, 'second').work);
    await settle();
    leaving.abort(new Error('deadline'));
    await expect(waiting).rejects.toThrow('deadline');
    first.end();
    await running;
    await settle();
    expect(log).toEqual(['first begins', 'first ends']);
    expect(await lock.run('key', never, () => Promise.resolve('third'))).toBe('third');
  });

  it('keeps the lock for work that outlives its caller', async () => {
    const [lock, log, leaving] = [new KeyedLock(), [] as string[], new AbortController()];
    const slow = createWork(log, 'slow');
    const running = lock.run('key', leaving.signal, slow.work);
    await settle();
    leaving.abort(new Error('deadline'));
    await expect(running).rejects.toThrow('deadline');
    const next = lock.run('key', never, createWork(log, 'next').work);
    await settle();
    expect(log).toEqual(['slow begins']);
    slow.end();
    await settle();
    expect(log).toEqual(['slow begins', 'slow ends', 'next begins']);
    void next;
  });

  it('runs a call from inside the work directly, also with another key between', async () => {
    const lock = new KeyedLock();
    const inner = () => lock.run('key', never, () => Promise.resolve('inner'));
    expect(await lock.run('key', never, () => lock.run('other', never, inner))).toBe('inner');
  });

  it('makes a call wait for another lock with the same key', async () => {
    const [lock, other, log] = [new KeyedLock(), new KeyedLock(), [] as string[]];
    const holding = createWork(log, 'holder');
    void other.run('key', never, holding.work);
    await settle();
    const inner = lock.run('key', never, () => other.run('key', never, createWork(log, 'inner').work));
    await settle();
    expect(log).toEqual(['holder begins']);
    holding.end();
    await settle();
    expect(log).toEqual(['holder begins', 'holder ends', 'inner begins']);
    void inner;
  });

  it('makes a call wait that was started inside work which has ended', async () => {
    const [lock, log] = [new KeyedLock(), [] as string[]];
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    let late: Promise<string> | undefined;
    await lock.run('key', never, () => {
      late = begun.then(() => lock.run('key', never, createWork(log, 'late').work));
      return Promise.resolve();
    });
    const holding = createWork(log, 'holder');
    void lock.run('key', never, holding.work);
    begin();
    await settle();
    expect(log).toEqual(['holder begins']);
    holding.end();
    await settle();
    expect(log).toEqual(['holder begins', 'holder ends', 'late begins']);
    void late;
  });

  it('is released after 60 s by work that never ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [lock, log] = [new KeyedLock(), [] as string[]];
    void lock.run('key', never, createWork(log, 'hanging').work);
    void lock.run('key', never, createWork(log, 'next').work);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(log).toEqual(['hanging begins']);
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toEqual(['hanging begins', 'next begins']);
  });

  it('works without `AsyncLocalStorage`, as in a browser', async () => {
    vi.stubGlobal('process', undefined);
    const lock = new KeyedLock();
    vi.unstubAllGlobals();
    const both = ['a', 'b'].map((name) => lock.run('key', never, () => Promise.resolve(name)));
    expect(await Promise.all(both)).toEqual(['a', 'b']);
  });
});
