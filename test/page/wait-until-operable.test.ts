import { expect } from '@open-wc/testing';
import { spy, useFakeTimers, type SinonFakeTimers } from 'sinon';
import { waitUntilOperable } from '../../src/page/wait-until-operable.js';
import { failure } from '../support/hostile.js';
import { box, hidePage, seen, showPage } from '../support/screen.js';
import { settled } from '../support/work.js';

const limit = 15_000;
const spinner = '<div class="spinner" style="width: 50px; height: 50px"><span>Loading</span></div>';

let clock: SinonFakeTimers;
let container: HTMLElement;
let controller: AbortController;

beforeEach(() => {
  clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  container = box();
  controller = new AbortController();
});

afterEach(() => {
  controller.abort();
  clock.restore();
  container.remove();
  showPage();
});

const wait = () => waitUntilOperable(container, { limit, selector: '.known', signal: controller.signal });

async function settles(waiting: Promise<void>): Promise<boolean> {
  let isSettled = false;
  void waiting.catch(() => {}).then(() => (isSettled = true));
  await settled();
  return isSettled;
}

describe('waitUntilOperable with a selector', () => {
  it('resolves as soon as a matching element appears', async () => {
    const waiting = wait();
    expect(await settles(waiting)).to.equal(false);
    container.innerHTML = '<p><b class="known">Form</b></p>';
    await waiting;
    expect(clock.countTimers()).to.equal(0);
  });

  it('stops observing when it resolves', async () => {
    const disconnect = spy(MutationObserver.prototype, 'disconnect');
    const waiting = wait();
    container.innerHTML = '<p class="known">Form</p>';
    await waiting;
    expect(disconnect.callCount).to.equal(1);
    disconnect.restore();
  });

  it('resolves immediately if the element already exists', async () => {
    container.innerHTML = '<p class="known">Form</p>';
    await wait();
  });

  for (const style of ['display: none', 'visibility: hidden', 'width: 0; overflow: hidden; display: block']) {
    it(`waits while the element has ${style}, and resolves when it becomes visible`, async () => {
      container.innerHTML = `<p class="known" style="${style}">Form</p>`;
      const waiting = wait();
      expect(await settles(waiting)).to.equal(false);
      container.querySelector('p')!.removeAttribute('style');
      await waiting;
    });
  }
});

describe('waitUntilOperable inside a modal that the page shows when the form is ready', () => {
  for (const style of ['visibility: hidden', 'transform: scale(0)', 'transform: translateX(100%)']) {
    it(`resolves while the modal has ${style}`, async () => {
      const modal = document.body.appendChild(document.createElement('div'));
      modal.style.cssText = style;
      modal.append(container);
      const waiting = wait();
      container.innerHTML = '<p class="known">Form</p>';
      await waiting;
      modal.remove();
    });
  }
});

describe('waitUntilOperable inside a closed dialog', () => {
  it('resolves as soon as the dialog opens', async () => {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.append(container);
    const waiting = wait();
    container.innerHTML = '<p class="known">Form</p>';
    expect(await settles(waiting)).to.equal(false);
    dialog.showModal();
    await waiting;
    dialog.remove();
  });
});

describe('waitUntilOperable at the limit', () => {
  const controls = [
    '<input>',
    '<select></select>',
    '<textarea></textarea>',
    '<button>Pay</button>',
    '<a href="#">Pay</a>',
    '<iframe></iframe>',
    '<span role="button">Pay</span>',
    '<span tabindex="0">Pay</span>',
    '<p contenteditable>4111</p>',
  ];

  for (const control of controls) {
    it(`accepts ${control} as a form`, async () => {
      container.innerHTML = `<section>${control}</section>`;
      const waiting = wait();
      await seen(container);
      await clock.tickAsync(limit - 1);
      expect(await settles(waiting)).to.equal(false);
      await clock.tickAsync(1);
      await waiting;
    });
  }

  const inoperable = [
    '',
    spinner,
    '<input type="hidden">',
    '<iframe width="0" height="0" style="border: 0"></iframe>',
    '<button style="display: none">Pay</button>',
    '<div style="visibility: hidden"><button>Pay</button></div>',
    '<a>Not a link</a>',
  ];

  for (const content of inoperable) {
    it(`rejects ${content || 'an empty container'} with a timeout`, async () => {
      container.innerHTML = content;
      const failed = failure(wait());
      await seen(container);
      await clock.tickAsync(limit);
      const error = (await failed) as Error;
      expect(error).to.include({ code: 'provider', reason: 'timeout', retryable: true });
      expect(error.message).to.include('15 s');
    });
  }
});

describe('the timer of waitUntilOperable', () => {
  it('pauses while the page is hidden', async () => {
    const waiting = wait();
    await seen(container);
    hidePage(true);
    await clock.tickAsync(60_000);
    expect(await settles(waiting)).to.equal(false);
    hidePage(false);
    await clock.tickAsync(limit);
    expect(await failure(waiting)).to.include({ reason: 'timeout' });
  });

  it('pauses while the container is off screen', async () => {
    Object.assign(container.style, { position: 'absolute', top: '5000px' });
    const waiting = wait();
    await seen(container);
    await clock.tickAsync(60_000);
    expect(await settles(waiting)).to.equal(false);
    container.innerHTML = '<p class="known">Form</p>';
    await waiting;
  });
});

describe('waitUntilOperable after an abort', () => {
  it('rejects with the reason of the signal, and leaves no timer', async () => {
    const failed = failure(wait());
    controller.abort('left');
    expect(await failed).to.equal('left');
    expect(clock.countTimers()).to.equal(0);
  });

  it('rejects if the signal has already aborted', async () => {
    controller.abort('left');
    container.innerHTML = spinner;
    expect(await failure(wait())).to.equal('left');
    expect(clock.countTimers()).to.equal(0);
  });
});

describe('waitUntilOperable with other options', () => {
  it('calls `isReady` at every change', async () => {
    let isThere = false;
    const waiting = waitUntilOperable(container, { limit, isReady: () => isThere, signal: controller.signal });
    container.append('x');
    expect(await settles(waiting)).to.equal(false);
    isThere = true;
    container.append('y');
    expect(await settles(waiting)).to.equal(true);
  });

  it('observes `roots` instead of the container', async () => {
    const root = box();
    const waiting = waitUntilOperable(container, { limit, selector: '.known', roots: [root], signal: controller.signal });
    container.append(Object.assign(document.createElement('p'), { className: 'known', textContent: 'x' }));
    expect(await settles(waiting)).to.equal(false);
    root.append(Object.assign(document.createElement('p'), { className: 'known', textContent: 'x' }));
    expect(await settles(waiting)).to.equal(true);
    root.remove();
  });

  it('accepts only elements that match `operable` at the limit', async () => {
    container.append(document.createElement('button'), document.createElement('iframe'));
    const waiting = waitUntilOperable(container, { limit, operable: 'iframe.shown', signal: controller.signal });
    await seen(container);
    clock.tick(limit);
    expect(await failure(waiting)).to.have.property('reason', 'timeout');
  });
});
