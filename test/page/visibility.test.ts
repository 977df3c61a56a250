import { expect } from '@open-wc/testing';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { startVisibleTimer, waitUntilRendered, onNearViewport } from '../../src/page/visibility.js';
import { box, hidePage, seen, showPage } from '../support/screen.js';
import { rendered, settled } from '../support/work.js';

const offScreen = { position: 'absolute', top: '5000px' };

let element: HTMLElement;
let controller: AbortController;
let calls: number;
const callback = () => void calls++;

beforeEach(() => {
  controller = new AbortController();
  calls = 0;
});

afterEach(() => {
  controller.abort();
  element?.remove();
});

describe('startVisibleTimer', () => {
  let clock: SinonFakeTimers;

  beforeEach(() => {
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  });

  afterEach(() => {
    clock.restore();
    showPage();
  });

  it('calls back once, when the time has passed', () => {
    startVisibleTimer(1000, callback, controller);
    clock.tick(999);
    expect(calls).to.equal(0);
    clock.tick(1);
    expect(calls).to.equal(1);
    hidePage(true);
    hidePage(false);
    clock.tick(10_000);
    expect(calls).to.equal(1);
  });

  it('does not count while the page is hidden', () => {
    startVisibleTimer(1000, callback, controller);
    clock.tick(600);
    hidePage(true);
    clock.tick(60_000);
    hidePage(false);
    clock.tick(399);
    expect(calls).to.equal(0);
    clock.tick(1);
    expect(calls).to.equal(1);
  });

  for (const style of ['visibility: hidden', 'transform: scale(0)']) {
    it(`does not count while the element is in a modal with ${style}`, () => {
      element = box();
      const modal = document.body.appendChild(document.createElement('div'));
      modal.style.cssText = style;
      modal.append(element);
      startVisibleTimer(1000, callback, { signal: controller.signal, element });
      clock.tick(60_000);
      expect(calls).to.equal(0);
      modal.removeAttribute('style');
      // Otherwise the timer looks again every second.
      document.dispatchEvent(new Event('visibilitychange'));
      clock.tick(1000);
      modal.remove();
      expect(calls).to.equal(1);
    });
  }

  it('does not start to count on a hidden page', () => {
    hidePage(true);
    startVisibleTimer(1000, callback, controller);
    clock.tick(60_000);
    expect(calls).to.equal(0);
    hidePage(false);
    clock.tick(1000);
    expect(calls).to.equal(1);
  });

  it('does not count a visible second twice after two `visibilitychange` events', () => {
    startVisibleTimer(1000, callback, controller);
    clock.tick(600);
    hidePage(false);
    clock.tick(400);
    expect(calls).to.equal(1);
  });

  it('does not count while the element is off screen', async () => {
    element = box(offScreen);
    startVisibleTimer(1000, callback, { signal: controller.signal, element });
    await seen(element);
    clock.tick(60_000);
    expect(calls).to.equal(0);
    element.style.top = '0';
    await seen(element);
    clock.tick(1000);
    expect(calls).to.equal(1);
  });

  it('counts for an element on screen', async () => {
    element = box();
    startVisibleTimer(1000, callback, { signal: controller.signal, element });
    await seen(element);
    clock.tick(1000);
    expect(calls).to.equal(1);
  });

  it('does not call back after an abort, and leaves no timer', () => {
    startVisibleTimer(1000, callback, controller);
    clock.tick(500);
    controller.abort();
    expect(clock.countTimers()).to.equal(0);
    hidePage(true);
    hidePage(false);
    clock.tick(10_000);
    expect(calls).to.equal(0);
  });

  it('does not start if the signal has already aborted', () => {
    startVisibleTimer(1000, callback, { signal: AbortSignal.abort() });
    clock.tick(10_000);
    expect(calls).to.equal(0);
  });
});

describe('waitUntilRendered', () => {
  async function resolved(promise: Promise<void>): Promise<boolean> {
    let done = false;
    void promise.then(() => (done = true));
    await settled();
    return done;
  }

  it('resolves immediately for a rendered element', async () => {
    element = box();
    expect(await resolved(waitUntilRendered(element, controller.signal))).to.equal(true);
  });

  it('resolves when the element is rendered', async () => {
    element = box({ display: 'none' });
    const waiting = waitUntilRendered(element, controller.signal);
    await rendered();
    expect(await resolved(waiting)).to.equal(false);
    element.style.display = 'block';
    await waiting;
    expect(element.getClientRects()).to.have.lengthOf(1);
  });

  it('resolves when the dialog around it opens', async () => {
    const dialog = document.createElement('dialog');
    element = box();
    dialog.append(element);
    document.body.append(dialog);
    const waiting = waitUntilRendered(element, controller.signal);
    await rendered();
    expect(await resolved(waiting)).to.equal(false);
    dialog.showModal();
    await waiting;
    dialog.remove();
  });

  it('resolves when the <details> around it opens, although it has a rectangle before', async () => {
    const details = document.createElement('details');
    element = box();
    details.append(element);
    document.body.append(details);
    const waiting = waitUntilRendered(element, controller.signal);
    await rendered();
    expect(await resolved(waiting)).to.equal(false);
    details.open = true;
    await waiting;
    details.remove();
  });

  it('resolves for `display: contents`, and when the box around it appears', async () => {
    const tab = box({ display: 'none' });
    element = tab;
    const inner = tab.appendChild(document.createElement('div'));
    inner.style.display = 'contents';
    const waiting = waitUntilRendered(inner, controller.signal);
    await rendered();
    expect(await resolved(waiting)).to.equal(false);
    tab.style.display = 'block';
    await waiting;
    expect(await resolved(waitUntilRendered(inner, controller.signal))).to.equal(true);
  });

  it('resolves for `display: contents` in a slot', async () => {
    element = box();
    element.attachShadow({ mode: 'open' }).innerHTML = '<section style="display: none"><slot></slot></section>';
    const inner = element.appendChild(document.createElement('div'));
    inner.style.display = 'contents';
    const waiting = waitUntilRendered(inner, controller.signal);
    expect(await resolved(waiting)).to.equal(false);
    element.shadowRoot!.querySelector('section')!.removeAttribute('style');
    inner.textContent = 'Pay';
    await waiting;
  });

  it('uses the rectangle in a browser without `checkVisibility`', async () => {
    element = Object.assign(box({ display: 'none' }), { checkVisibility: undefined });
    const waiting = waitUntilRendered(element, controller.signal);
    await rendered();
    expect(await resolved(waiting)).to.equal(false);
    element.style.display = 'block';
    await waiting;
  });

  for (const when of ['before', 'while']) {
    it(`stops observing if it was aborted ${when} waiting`, async () => {
      element = box({ display: 'none' });
      if (when === 'before') controller.abort();
      const waiting = waitUntilRendered(element, controller.signal);
      controller.abort();
      element.style.display = 'block';
      await rendered();
      expect(await resolved(waiting)).to.equal(false);
    });
  }
});

describe('onNearViewport', () => {
  it('calls back for an element within 300 px of the viewport, once', async () => {
    element = box({ position: 'absolute', top: `${innerHeight + 250}px` });
    onNearViewport(element, callback, controller.signal);
    await seen(element);
    expect(calls).to.equal(1);
    element.style.top = '5000px';
    await seen(element);
    element.style.top = '0';
    await seen(element);
    expect(calls).to.equal(1);
  });

  it('waits until the element comes near', async () => {
    element = box(offScreen);
    onNearViewport(element, callback, controller.signal);
    await seen(element);
    expect(calls).to.equal(0);
    element.style.top = '0';
    await seen(element);
    expect(calls).to.equal(1);
  });

  for (const when of ['before', 'while']) {
    it(`does not call back if it was aborted ${when} waiting`, async () => {
      element = box();
      if (when === 'before') controller.abort();
      onNearViewport(element, callback, controller.signal);
      controller.abort();
      await seen(element);
      expect(calls).to.equal(0);
    });
  }
});
