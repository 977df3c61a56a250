import { expect, nextFrame } from '@open-wc/testing';
import { spy, type SinonFakeTimers } from 'sinon';
import { fakeClock, pass, until } from './clock.js';
import { event } from './hostile.js';
import { rendered, settled } from './work.js';

const limit = 15_000;
const digest = () => crypto.subtle.digest('SHA-256', new Uint8Array(5_000_000));

let clock: SinonFakeTimers;
let began: number;
beforeEach(() => {
  clock = fakeClock();
  began = clock.now;
});
afterEach(() => clock.restore());

describe('settled', () => {
  for (const [what, work] of [
    ['what is signed', digest],
    ['a body that is read', () => new Response(slowBody()).text()],
    ['an iframe that loads', slowFrame],
  ] as const) {
    it(`waits for ${what}, and for what comes of it`, async () => {
      let done = 0;
      const oneByOne = async () => {
        for (; done < 5; done++) await work();
      };
      void oneByOne();
      await settled();
      expect(done).to.equal(5);
    });
  }
});

describe('until', () => {
  it('lets time pass to the next timer, and no further', async () => {
    const [first, second] = [spy(), spy()];
    setTimeout(first, 100);
    setTimeout(second, 101);
    await until(() => first.called, 'the first timer');
    expect([clock.now - began, second.called]).to.deep.equal([100, false]);
  });

  it('lets no time pass where it is so once the browser is done', async () => {
    let done = false;
    setTimeout(() => expect.fail('too early'), 1);
    void digest().then(() => (done = true));
    await until(() => done, 'the digest');
    expect(clock.now).to.equal(began);
  });

  it('reaches no limit while the browser works in the background', async () => {
    const late = spy();
    setTimeout(late, limit);
    let done = false;
    void rendered()
      .then(rendered)
      .then(() => (done = true));
    await until(() => done, 'the frames');
    expect([clock.now - began, late.called]).to.deep.equal([0, false]);
  });

  it('reaches a limit where it is told to', async () => {
    const late = spy();
    setTimeout(late, limit);
    await until(() => late.called, 'the limit', limit);
    expect(clock.now - began).to.equal(limit);
  });

  it('goes on in real time where there is no other', async () => {
    clock.restore();
    let done = false;
    setTimeout(() => (done = true), 1);
    await until(() => done, 'a timer of the browser');
  });
});

describe('pass', () => {
  it('lets exactly that much time pass', async () => {
    const [due, notYet] = [spy(), spy()];
    setTimeout(due, limit);
    setTimeout(notYet, limit + 1);
    await pass(limit);
    expect([clock.now - began, due.called, notYet.called]).to.deep.equal([limit, true, false]);
  });

  it('has what a timer sets going over before the next timer', async () => {
    const told: string[] = [];
    setTimeout(() => void digest().then(() => told.push('what came of the first')), 100);
    setTimeout(() => told.push('the second'), 101);
    await pass(101);
    expect(told).to.deep.equal(['what came of the first', 'the second']);
  });

  it('of no time lets only happen what is due at once', async () => {
    const [due, notYet] = [spy(), spy()];
    setTimeout(due);
    setTimeout(notYet, 1);
    await pass(0);
    expect([due.called, notYet.called]).to.deep.equal([true, false]);
  });
});

function slowBody(): ReadableStream {
  return new ReadableStream({
    async start(controller) {
      for (let frames = 0; frames < 5; frames++) await nextFrame();
      controller.close();
    },
  });
}

async function slowFrame(): Promise<void> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<p>A page of its own</p>';
  document.body.append(frame);
  await event(frame, 'load');
  frame.remove();
}
