import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import type { Timing, TimingPhase } from '../../src/state/events.js';
import { timed } from '../../src/checkout/timing.js';
import { deferred } from '../support/deferred.js';
import { failure } from '../support/hostile.js';

let told: Timing[];

beforeEach(() => {
  told = [];
  performance.clearMeasures();
});

afterEach(() => restore());

function options(phase: TimingPhase, signal = new AbortController().signal) {
  return { phase, attempt: 2, signal, tell: (timing: Timing) => void told.push(timing) };
}

const measures = () => performance.getEntriesByType('measure') as PerformanceMeasure[];

describe('timed', () => {
  it('passes the result on, and tells how long it took and how often it was tried', async () => {
    const now = stub(performance, 'now').returns(1000);
    const work = timed(options('token'), (onTry) => {
      onTry(1);
      onTry(2);
      now.returns(1250);
      return Promise.resolve('result');
    });
    expect(await work).to.equal('result');
    expect(told).to.deep.equal([{ phase: 'token', attempt: 2, tries: 2, duration: 250 }]);
  });

  it('leaves the same figures in User Timing', async () => {
    await timed(options('assets'), () => Promise.resolve());
    const [measure] = measures();
    expect(measure).to.include({ name: 'pay-checkout:assets' });
    expect(measure?.detail).to.deep.equal({ attempt: 2, tries: 1 });
    expect(measure?.duration).to.be.closeTo(told[0]!.duration, 0.01);
  });

  it('measures a failure, too, and passes it on', async () => {
    const broken = new Error('broken');
    expect(await failure(timed(options('mount'), () => Promise.reject(broken)))).to.equal(broken);
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.include({ phase: 'mount', tries: 1 });
  });

  it('tells the most tries of several things that are tried side by side', async () => {
    await timed(options('assets'), (onTry) => {
      for (const n of [1, 1, 2, 3, 2]) onTry(n);
      return Promise.resolve();
    });
    expect(told[0]?.tries).to.equal(3);
  });

  it('says nothing once it is aborted', async () => {
    const controller = new AbortController();
    const { promise, resolve } = deferred();
    const working = timed(options('confirm', controller.signal), () => promise);
    controller.abort();
    resolve();
    await working;
    expect(told).to.deep.equal([]);
    expect(measures()).to.have.lengthOf(0);
  });
});
