import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import type { Timing } from '../../src/state/events.js';
import { measurePhase, type PhaseContext } from '../../src/checkout/measure-phase.js';
import { deferred } from '../support/deferred.js';
import { failure } from '../support/hostile.js';

let timings: Timing[];

beforeEach(() => {
  timings = [];
  performance.clearMeasures();
});

afterEach(() => restore());

function context(signal = new AbortController().signal): PhaseContext {
  return { attempt: { number: 2 }, signal, onTiming: (timing: Timing) => void timings.push(timing) };
}

const measures = () => performance.getEntriesByType('measure') as PerformanceMeasure[];

describe('measurePhase', () => {
  it('returns the result on a page whose `performance.measure` throws', async () => {
    stub(performance, 'measure').throws(new TypeError('replaced'));
    const context = { attempt: { number: 1 }, signal: new AbortController().signal, onTiming: () => {} };
    const result = await measurePhase(context, 'confirm', () => Promise.resolve('paid')).finally(restore);
    expect(result).to.equal('paid');
  });

  it('returns the result, and reports the duration and the number of tries', async () => {
    const now = stub(performance, 'now').returns(1000);
    const work = measurePhase(context(), 'token', (onTry) => {
      onTry(1);
      onTry(2);
      now.returns(1250);
      return Promise.resolve('result');
    });
    expect(await work).to.equal('result');
    expect(timings).to.deep.equal([{ phase: 'token', attempt: 2, tries: 2, duration: 250 }]);
  });

  it('adds the same figures to User Timing', async () => {
    await measurePhase(context(), 'assets', () => Promise.resolve());
    const [measure] = measures();
    expect(measure).to.include({ name: 'pay-checkout:assets' });
    expect(measure?.detail).to.deep.equal({ attempt: 2, tries: 1 });
    expect(measure?.duration).to.be.closeTo(timings[0]!.duration, 0.01);
  });

  it('measures a failure and rejects with it', async () => {
    const broken = new Error('broken');
    expect(await failure(measurePhase(context(), 'mount', () => Promise.reject(broken)))).to.equal(broken);
    expect(timings).to.have.lengthOf(1);
    expect(timings[0]).to.include({ phase: 'mount', tries: 1 });
  });

  it('reports the highest number of tries of parallel work', async () => {
    await measurePhase(context(), 'assets', (onTry) => {
      for (const n of [1, 1, 2, 3, 2]) onTry(n);
      return Promise.resolve();
    });
    expect(timings[0]?.tries).to.equal(3);
  });

  it('reports nothing after an abort', async () => {
    const controller = new AbortController();
    const { promise, resolve } = deferred();
    const working = measurePhase(context(controller.signal), 'confirm', () => promise);
    controller.abort();
    resolve();
    await working;
    expect(timings).to.deep.equal([]);
    expect(measures()).to.have.lengthOf(0);
  });
});
