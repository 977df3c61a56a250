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

const watch = () => waitUntilOperable(container, { limit, selector: '.known', signal: controller.signal });

async function isOver(watching: Promise<void>): Promise<boolean> {
  let over = false;
  void watching.catch(() => {}).then(() => (over = true));
  await settled();
  return over;
}

describe('untilOperable: the known selector', () => {
  it('is ready as soon as it appears', async () => {
    const watching = watch();
    expect(await isOver(watching)).to.equal(false);
    container.innerHTML = '<p><b class="known">Form</b></p>';
    await watching;
    expect(clock.countTimers()).to.equal(0);
  });

  it('is looked for no longer than it has to be', async () => {
    const disconnect = spy(MutationObserver.prototype, 'disconnect');
    const watching = watch();
    container.innerHTML = '<p class="known">Form</p>';
    await watching;
    expect(disconnect.callCount).to.equal(1);
    disconnect.restore();
  });

  it('is ready at once if it is there already', async () => {
    container.innerHTML = '<p class="known">Form</p>';
    await watch();
  });

  for (const style of ['display: none', 'visibility: hidden', 'width: 0; overflow: hidden; display: block']) {
    it(`is not ready while it is there with ${style}, but as soon as it shows`, async () => {
      container.innerHTML = `<p class="known" style="${style}">Form</p>`;
      const watching = watch();
      expect(await isOver(watching)).to.equal(false);
      container.querySelector('p')!.removeAttribute('style');
      await watching;
    });
  }
});

describe('untilOperable: a form that is drawn where nobody sees it', () => {
  it('is ready as soon as what is around it is shown', async () => {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.append(container);
    const watching = watch();
    container.innerHTML = '<p class="known">Form</p>';
    expect(await isOver(watching)).to.equal(false);
    dialog.showModal();
    await watching;
    dialog.remove();
  });
});

describe('untilOperable: at the limit', () => {
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
    it(`takes ${control} for a form`, async () => {
      container.innerHTML = `<section>${control}</section>`;
      const watching = watch();
      await seen(container);
      await clock.tickAsync(limit - 1);
      expect(await isOver(watching)).to.equal(false);
      await clock.tickAsync(1);
      await watching;
    });
  }

  const nothings = [
    '',
    spinner,
    '<input type="hidden">',
    '<iframe width="0" height="0" style="border: 0"></iframe>',
    '<button style="display: none">Pay</button>',
    '<div style="visibility: hidden"><button>Pay</button></div>',
    '<a>Not a link</a>',
  ];

  for (const nothing of nothings) {
    it(`ends ${nothing || 'an empty container'} as a timeout`, async () => {
      container.innerHTML = nothing;
      const failed = failure(watch());
      await seen(container);
      await clock.tickAsync(limit);
      const error = (await failed) as Error;
      expect(error).to.include({ code: 'provider', reason: 'timeout', retryable: true });
      expect(error.message).to.include('15 s');
    });
  }
});

describe('untilOperable: the clock', () => {
  it('stands still while the page is hidden', async () => {
    const watching = watch();
    await seen(container);
    hidePage(true);
    await clock.tickAsync(60_000);
    expect(await isOver(watching)).to.equal(false);
    hidePage(false);
    await clock.tickAsync(limit);
    expect(await failure(watching)).to.include({ reason: 'timeout' });
  });

  it('stands still while the container is off screen', async () => {
    Object.assign(container.style, { position: 'absolute', top: '5000px' });
    const watching = watch();
    await seen(container);
    await clock.tickAsync(60_000);
    expect(await isOver(watching)).to.equal(false);
    container.innerHTML = '<p class="known">Form</p>';
    await watching;
  });
});

describe('untilOperable: the end of the attempt', () => {
  it('ends the watch with its reason, and leaves no timer', async () => {
    const failed = failure(watch());
    controller.abort('left');
    expect(await failed).to.equal('left');
    expect(clock.countTimers()).to.equal(0);
  });

  it('ends it before it begins', async () => {
    controller.abort('left');
    container.innerHTML = spinner;
    expect(await failure(watch())).to.equal('left');
    expect(clock.countTimers()).to.equal(0);
  });
});

describe('untilOperable, told more', () => {
  it('asks at every change where no selector can tell', async () => {
    let isThere = false;
    const watching = waitUntilOperable(container, { limit, isReady: () => isThere, signal: controller.signal });
    container.append('x');
    expect(await isOver(watching)).to.equal(false);
    isThere = true;
    container.append('y');
    expect(await isOver(watching)).to.equal(true);
  });

  it('watches other places in stead of the container', async () => {
    const place = box();
    const watching = waitUntilOperable(container, { limit, selector: '.known', roots: [place], signal: controller.signal });
    container.append(Object.assign(document.createElement('p'), { className: 'known', textContent: 'x' }));
    expect(await isOver(watching)).to.equal(false);
    place.append(Object.assign(document.createElement('p'), { className: 'known', textContent: 'x' }));
    expect(await isOver(watching)).to.equal(true);
    place.remove();
  });

  it('takes only what it was told to for operable, at the limit', async () => {
    container.append(document.createElement('button'), document.createElement('iframe'));
    const watching = waitUntilOperable(container, { limit, operable: 'iframe.shown', signal: controller.signal });
    await seen(container);
    clock.tick(limit);
    expect(await failure(watching)).to.have.property('reason', 'timeout');
  });
});
