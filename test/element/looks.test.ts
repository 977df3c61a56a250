import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { createFocusKeeper } from '../../src/element/focus.js';
import { en } from '../../src/messages/en.js';
import { es } from '../../src/messages/es.js';
import { create, reaches } from '../support/element.js';
import { isChromium, itUnless } from '../support/engine.js';
import { registerMadeUp } from '../support/made-up.js';
import { end, open, part, scene, scenes, words } from '../support/scenes.js';
import { rendered, settled } from '../support/work.js';

const endings = ['succeeded', 'pending', 'failed', 'cancelled', 'expired'];

const declined = `${en.declined} | ${en.retry}`;

const said: Record<string, string> = {
  idle: en.start,
  loading: en.loading,
  initializing: en.loading,
  ready: '',
  confirming: en.confirming,
  'succeeded, confirmed': en.paid,
  'succeeded, unconfirmed': en.received,
  pending: en.pending,
  'failed, declined': declined,
  'failed, for good': en.misconfigured,
  cancelled: `${en.cancelled} | ${en.retry}`,
  expired: `${en.expired} | ${en.retry}`,
};

describe('what a shopper sees', () => {
  for (const name of scenes) {
    for (const scheme of ['light', 'dark']) {
      it(`is accessible on a ${scheme} page: ${name}`, async () => {
        const { element } = await scene(name, { scheme });
        await expect(element).to.be.accessible();
      });
    }

    it(`says what is to be said, once, to be heard or seen: ${name}`, async () => {
      const here = await scene(name);
      expect(words(here)).to.equal(said[name]);
      expect(here.shadow.querySelectorAll('[role=status]')).to.have.length(1);
      expect(here.shadow.querySelectorAll('[role=alert]')).to.have.length(1);
      const alert = here.shadow.querySelector('[role=alert]')!;
      expect(alert.textContent.trim() !== '').to.equal(name.startsWith('failed'));
    });

    it(`fits into 320 px: ${name}`, async () => {
      const { element } = await scene(name);
      expect(element.offsetWidth).to.equal(320);
      expect(element.scrollWidth).to.be.at.most(320);
    });

    it(`has the parts and the slots of what is shown, each once: ${name}`, async () => {
      const { element, shadow } = await scene(name);
      const ending = endings.includes(element.status) ? [element.status] : [];
      const start = name === 'idle' ? ['start'] : [];
      const retry = said[name]!.includes(en.retry) ? ['retry'] : [];
      const slots = [...shadow.querySelectorAll('slot')].map((slot) => slot.name);
      expect(slots).to.have.members(['progress', 'form', ...ending, ...start]);
      const parts = [...shadow.querySelectorAll('[part]')].map((part) => part.getAttribute('part'));
      expect(parts).to.have.members(['progress', 'spinner', 'form', ...ending.map(() => 'message'), ...start, ...retry]);
    });
  }

  it('changes its language at once', async () => {
    const here = await scene('cancelled');
    here.element.locale = 'es';
    await here.element.updateComplete;
    expect(words(here)).to.equal(`${es.cancelled} | ${es.retry}`);
  });

  it("is the shop's own words where there are any", async () => {
    const here = await scene('cancelled');
    here.element.messages = { cancelled: 'As you like.' };
    await here.element.updateComplete;
    expect(words(here)).to.equal(`As you like. | ${en.retry}`);
  });

  it('shows the form to nobody until it is ready, and then for as long as it stands', async () => {
    const here = await scene('initializing', { setup: { outcomeEndpoint: '/outcome' } });
    const field = () => here.element.querySelector('input')!;
    expect(chances(field())).to.deep.equal({ seen: false, reached: false });
    await open(here);
    expect(chances(field())).to.deep.equal({ seen: true, reached: true });
    // A QR code is still to be scanned.
    await end(here, { status: 'pending', raw: {} }, 'confirming');
    expect(chances(field())).to.deep.equal({ seen: true, reached: true });
  });

  it('follows the custom properties', async () => {
    const here = await scene('expired');
    here.element.style.cssText = '--pay-checkout-accent: rgb(1, 2, 3); --pay-checkout-radius: 7px; --pay-checkout-font: monospace';
    const { backgroundColor, borderRadius, fontFamily } = getComputedStyle(part(here, 'retry'));
    expect({ backgroundColor, borderRadius, fontFamily }).to.deep.equal({
      ...{ backgroundColor: 'rgb(1, 2, 3)', borderRadius: '7px', fontFamily: 'monospace' },
    });
  });

  itUnless(!isChromium, 'only here can a test ask for less motion')('turns slowly for those who want less motion', async () => {
    const here = await scene('loading');
    const turn = () => getComputedStyle(part(here, 'spinner')).animationDuration;
    expect(turn()).to.equal('0.9s');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(turn()).to.equal('6s');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('is nothing at all of an element that is hidden', async () => {
    const { element } = await scene('expired');
    element.hidden = true;
    expect(element.checkVisibility()).to.be.false;
  });
});

describe("the page's own slots", () => {
  const where: [slot: string, scene: string][] = [
    ['progress', 'loading'],
    ['start', 'idle'],
    ['succeeded', 'succeeded, confirmed'],
    ['pending', 'pending'],
    ['failed', 'failed, declined'],
    ['cancelled', 'cancelled'],
    ['expired', 'expired'],
  ];
  for (const [slot, name] of where) {
    it(`replace the text of ${slot}, and are hidden otherwise`, async () => {
      const here = await scene(name);
      const own = Object.assign(document.createElement('b'), { slot, textContent: 'ours' });
      here.element.append(own);
      const [placed] = here.shadow.querySelector<HTMLSlotElement>(`slot[name=${slot}]`)!.assignedElements();
      expect(placed === own).to.be.true;
      expect(own.checkVisibility()).to.be.true;
      const elsewhere = await scene(slot === 'progress' ? 'expired' : 'loading');
      elsewhere.element.append(own);
      expect(own.checkVisibility()).to.be.false;
    });
  }
});

describe('the height', () => {
  const reserved = 300;

  it('is reserved from the first paint until the form is there, whatever the provider draws', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    element.style.setProperty('--pay-checkout-min-height', `${reserved}px`);
    const heights: [string, number][] = [];
    const measure = (when: string) => heights.push([when, element.offsetHeight]);
    for (const status of ['loading', 'initializing', 'ready']) element.addEventListener(`pay-${status}`, () => measure(status));
    const place = document.body.appendChild(document.createElement('div'));
    place.append(element);
    await element.updateComplete;
    await nextFrame();
    measure('first paint');
    const { context, drawn } = await madeUp.opened(1);
    context.container.innerHTML = '<div style="block-size: 3000px; inline-size: 2000px"></div>';
    await nextFrame();
    measure('a tall draft');
    expect([place.scrollHeight, place.scrollWidth]).to.deep.equal([reserved, place.clientWidth]);
    context.container.innerHTML = '<label>Card <input></label>';
    drawn.resolve();
    await reaches(element, 'ready');
    await element.updateComplete;
    measure('form');
    place.remove();
    const rendered = heights.filter(([, height]) => height > 0);
    expect(rendered.map(([when]) => when)).to.include.members(['first paint', 'a tall draft', 'form']);
    expect([...new Set(rendered.map(([, height]) => height))]).to.deep.equal([reserved]);
  });

  it('is not reserved for a start button, a message or what was paid', async () => {
    for (const name of ['idle', 'expired', 'succeeded, confirmed']) {
      expect((await scene(name)).element.offsetHeight, name).to.be.below(reserved);
    }
  });
});

describe('by keyboard', () => {
  it('the checkout is started', async () => {
    const { element } = await scene('idle');
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal('start');
    await sendKeys({ press: 'Enter' });
    await reaches(element, 'initializing');
  });

  for (const [name, key] of [
    ['failed, declined', 'Enter'],
    ['cancelled', ' '],
    ['expired', 'Enter'],
  ] as const) {
    it(`another attempt is made after ${name}`, async () => {
      const here = await scene(name);
      part(here, 'retry').focus();
      await sendKeys({ press: key });
      await reaches(here.element, 'initializing');
      expect(here.element.state.attempt).to.equal(2);
    });
  }

  for (const name of ['pending', 'failed, for good', 'succeeded, confirmed']) {
    it(`none is offered after ${name}`, async () => {
      expect(part(await scene(name), 'retry')).to.equal(null);
    });
  }

  for (const scheme of ['light', 'dark']) {
    it(`the focus is seen on a ${scheme} page`, async () => {
      const here = await scene('cancelled', { scheme });
      await sendKeys({ press: 'Tab' });
      expect(focused()).to.equal('retry');
      const page = getComputedStyle(here.element.parentElement!).backgroundColor;
      const ring = getComputedStyle(part(here, 'retry')).outlineColor;
      expect(contrast(page, ring)).to.be.at.least(3);
    });
  }

  it('nothing of a form that is not ready can be reached', async () => {
    const { element } = await scene('initializing');
    element.querySelector('input')!.focus();
    expect(focused()).to.equal('body');
  });
});

describe('the focus', () => {
  // WebKit's window has none after an iframe that had it was removed.
  afterEach(() => window.focus());

  it('follows from the retry button over the progress to the form', async () => {
    const here = await scene('expired');
    part(here, 'retry').focus();
    part(here, 'retry').click();
    await reaches(here.element, 'loading');
    await here.element.updateComplete;
    expect(focused()).to.equal('progress');
    await open(here);
    expect(focused()).to.equal('form');
  });

  for (const [fact, lose] of [
    ['stands in its field', () => {}],
    ['stood in a field that was disabled', (input: HTMLInputElement) => void (input.disabled = true)],
    ['stood in a field that was hidden', (input: HTMLInputElement) => void (input.hidden = true)],
    ['stood in a field that was removed', (input: HTMLInputElement) => input.remove()],
  ] as const) {
    it(`goes to the message when the form that has it ends: it ${fact}`, async () => {
      const here = await scene('ready');
      const input = here.element.querySelector('input')!;
      input.focus();
      lose(input);
      await rendered();
      await end(here, { status: 'cancelled' }, 'cancelled');
      expect(focused()).to.equal('cancelled');
    });
  }

  it('goes to the message of a success', async () => {
    const here = await scene('ready');
    here.element.querySelector('input')!.focus();
    await end(here, { status: 'succeeded', raw: {} }, 'succeeded');
    expect(focused()).to.equal('succeeded');
  });

  it('stays in a form that goes on after `pending`', async () => {
    const here = await scene('ready');
    const input = here.element.querySelector('input')!;
    input.focus();
    await end(here, { status: 'pending', raw: {} }, 'pending');
    expect(focused()).to.equal('card');
  });

  it('goes to the message when the form had it in an iframe', async () => {
    const here = await scene('ready');
    const frame = await framed(here.element);
    frame.contentDocument!.querySelector('input')!.focus();
    await rendered();
    expect(focused()).to.equal('iframe');
    await end(here, { status: 'cancelled' }, 'cancelled');
    expect(focused()).to.equal('cancelled');
  });

  it('stays where the shopper put it', async () => {
    const here = await scene('ready');
    const elsewhere = here.element.parentElement!.appendChild(Object.assign(document.createElement('input'), { name: 'elsewhere' }));
    here.element.querySelector('input')!.focus();
    elsewhere.focus();
    await end(here, { status: 'cancelled' }, 'cancelled');
    expect(focused()).to.equal('elsewhere');
  });

  it('goes nowhere where there is no form to go to', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<button>Try again</button>';
    const focus = createFocusKeeper(host);
    const button = root.querySelector('button')!;
    button.focus();
    button.hidden = true;
    focus.restore(root, 'ready');
    await rendered();
    expect(focused()).to.equal('body');
  });

  it('is let be while the state is the same, whatever the provider hides', async () => {
    const here = await scene('ready');
    const input = here.element.querySelector('input')!;
    input.focus();
    input.hidden = true;
    await rendered();
    here.element.locale = 'es';
    await here.element.updateComplete;
    expect(focused()).to.equal('body');
  });

  it('is not fetched back when the shopper left over another field to nowhere', async () => {
    const here = await scene('ready');
    const elsewhere = here.element.parentElement!.appendChild(document.createElement('input'));
    here.element.querySelector('input')!.focus();
    elsewhere.focus();
    elsewhere.remove();
    await end(here, { status: 'cancelled' }, 'cancelled');
    expect(focused()).to.equal('body');
  });

  it('is not fetched back when the shopper left to nowhere', async () => {
    const here = await scene('ready');
    const input = here.element.querySelector('input')!;
    input.focus();
    input.blur();
    await settled();
    await end(here, { status: 'cancelled' }, 'cancelled');
    expect(focused()).to.equal('body');
  });

  it('is not fetched back when the shopper left an iframe to nowhere', async () => {
    const here = await scene('ready');
    const frame = await framed(here.element);
    const input = frame.contentDocument!.querySelector('input')!;
    input.focus();
    await rendered();
    frame.blur();
    // In WebKit, an iframe keeps it until then.
    window.focus();
    window.dispatchEvent(new FocusEvent('focus'));
    await settled();
    expect(focused()).to.equal('body');
    await end(here, { status: 'cancelled' }, 'cancelled');
    expect(focused()).to.equal('body');
  });

  it('is never taken by an element that did not have it', async () => {
    const here = await scene('expired');
    here.element.retry();
    await open(here);
    expect(focused()).to.equal('body');
  });

  it('is followed no longer when the element is gone, and again when it is back', async () => {
    const here = await scene('ready');
    const place = here.element.parentElement!;
    here.element.remove();
    window.dispatchEvent(new FocusEvent('blur'));
    await rendered();
    place.prepend(here.element);
    await open(here);
    const frame = await framed(here.element);
    frame.contentDocument!.querySelector('input')!.focus();
    await rendered();
    await end(here, { status: 'cancelled' }, 'cancelled');
    expect(focused()).to.equal('cancelled');
  });
});

/** What to call the element that has the focus; a failed comparison of elements would never be printed. */
function focused(): string {
  const element = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement!;
  const { part, slot, name, className, localName } = element as HTMLInputElement;
  return (part.contains('message') ? className : part.value) || slot || name || localName;
}

/** An iframe with an input, in the provider's form. */
async function framed(element: HTMLElement): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<input>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  element.querySelector('[slot=form]')!.append(frame);
  await loaded;
  return frame;
}

/** Whether a shopper can see it, and can reach it. What has no box, as a slot, hides nothing. */
function chances(element: HTMLElement): { seen: boolean; reached: boolean } {
  let seen = element.checkVisibility();
  for (let one: Element | null = element; one; one = one.assignedSlot ?? one.parentElement) {
    const { opacity, display } = getComputedStyle(one);
    if (opacity === '0' && display !== 'contents') seen = false;
  }
  element.focus();
  return { seen, reached: element.matches(':focus') };
}

/** As WCAG counts it, between two colours as `getComputedStyle` writes them. */
function contrast(...colors: [string, string]): number {
  const [dark, light] = colors.map(luminance).sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const scale = color.startsWith('rgb') ? 255 : 1;
  const linear = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => ((Number(part) / scale + 0.055) / 1.055) ** 2.4);
  const [r = 0, g = 0, b = 0] = linear;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
