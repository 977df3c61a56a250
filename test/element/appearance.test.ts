import { expect, nextFrame } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { en } from '../../src/messages/en.js';
import { es } from '../../src/messages/es.js';
import { create, reaches } from '../support/element.js';
import { isChromium, itUnless } from '../support/engine.js';
import { registerMadeUp } from '../support/made-up.js';
import { end, open, part, scene, scenes, words } from '../support/scenes.js';

const endings = ['succeeded', 'pending', 'failed', 'cancelled', 'expired'];

const declined = `${en.declined} | ${en.retry}`;

/** What the shopper reads in each scene. */
const texts: Record<string, string> = {
  idle: en.start,
  loading: en.loading,
  initializing: en.loading,
  ready: '',
  confirming: en.confirming,
  'succeeded, confirmed': en.paid,
  'succeeded, authorized': en.authorized,
  'succeeded, saved': en.saved,
  'succeeded, unconfirmed': en.received,
  pending: en.pending,
  'failed, declined': declined,
  'failed, returned': `${en.returned} | ${en.retry}`,
  'failed, for good': en.misconfigured,
  cancelled: `${en.cancelled} | ${en.retry}`,
  expired: `${en.expired} | ${en.retry}`,
};

describe('<pay-checkout>', () => {
  for (const name of scenes) {
    describe(`when ${name}`, () => {
      for (const scheme of ['light', 'dark']) {
        it(`is accessible on a ${scheme} page`, async () => {
          const { element } = await scene(name, { scheme });
          await expect(element).to.be.accessible();
        });
      }

      it('shows its text once, and announces only a failure as an alert', async () => {
        const shown = await scene(name);
        expect(words(shown)).to.equal(texts[name]);
        expect(shown.shadow.querySelectorAll('[role=status]')).to.have.length(1);
        expect(shown.shadow.querySelectorAll('[role=alert]')).to.have.length(1);
        const alert = shown.shadow.querySelector('[role=alert]')!;
        expect(alert.textContent.trim() !== '').to.equal(name.startsWith('failed'));
      });

      it('fits into 320 px', async () => {
        const { element } = await scene(name);
        expect(element.offsetWidth).to.equal(320);
        expect(element.scrollWidth).to.be.at.most(320);
      });

      it('renders the parts and slots of the state, each once', async () => {
        const { element, shadow } = await scene(name);
        const ending = endings.includes(element.status) ? [element.status] : [];
        const start = name === 'idle' ? ['start'] : [];
        const retry = texts[name]!.includes(en.retry) ? ['retry'] : [];
        const slots = [...shadow.querySelectorAll('slot')].map((slot) => slot.name);
        expect(slots).to.have.members(['progress', 'form', ...ending, ...start]);
        const parts = [...shadow.querySelectorAll('[part]')].map((part) => part.getAttribute('part'));
        expect(parts).to.have.members(['progress', 'spinner', 'form', ...ending.map(() => 'message'), ...start, ...retry]);
      });
    });
  }

  it('changes its language when `locale` changes', async () => {
    const shown = await scene('cancelled');
    shown.element.locale = 'es';
    await shown.element.updateComplete;
    expect(words(shown)).to.equal(`${es.cancelled} | ${es.retry}`);
  });

  it("shows the shop's own messages", async () => {
    const shown = await scene('cancelled');
    shown.element.messages = { cancelled: 'As you like.' };
    await shown.element.updateComplete;
    expect(words(shown)).to.equal(`As you like. | ${en.retry}`);
  });

  it('hides the form until it is ready, and shows it for as long as it is open', async () => {
    const shown = await scene('initializing', { setup: { outcomeEndpoint: '/outcome' } });
    const field = () => shown.element.querySelector('input')!;
    expect(visibilityOf(field())).to.deep.equal({ visible: false, focusable: false });
    await open(shown);
    expect(visibilityOf(field())).to.deep.equal({ visible: true, focusable: true });
    // The shopper still has to scan a QR code.
    await end(shown, { status: 'pending', raw: {} }, 'confirming');
    expect(visibilityOf(field())).to.deep.equal({ visible: true, focusable: true });
  });

  it('applies the custom properties', async () => {
    const shown = await scene('expired');
    shown.element.style.cssText = '--pay-checkout-accent: rgb(1, 2, 3); --pay-checkout-radius: 7px; --pay-checkout-font: monospace';
    const { backgroundColor, borderRadius, fontFamily } = getComputedStyle(part(shown, 'retry'));
    expect({ backgroundColor, borderRadius, fontFamily }).to.deep.equal({
      ...{ backgroundColor: 'rgb(1, 2, 3)', borderRadius: '7px', fontFamily: 'monospace' },
    });
  });

  itUnless(!isChromium, 'only in Chromium can a test emulate reduced motion')(
    'slows the spinner down for `prefers-reduced-motion`',
    async () => {
      const shown = await scene('loading');
      const durationOfTurn = () => getComputedStyle(part(shown, 'spinner')).animationDuration;
      expect(durationOfTurn()).to.equal('0.9s');
      await emulateMedia({ reducedMotion: 'reduce' });
      expect(durationOfTurn()).to.equal('6s');
      await emulateMedia({ reducedMotion: 'no-preference' });
    },
  );

  it('is invisible while `hidden` is set', async () => {
    const { element } = await scene('expired');
    element.hidden = true;
    expect(element.checkVisibility()).to.be.false;
  });

  const slots: [slot: string, scene: string][] = [
    ['progress', 'loading'],
    ['start', 'idle'],
    ['succeeded', 'succeeded, confirmed'],
    ['pending', 'pending'],
    ['failed', 'failed, declined'],
    ['cancelled', 'cancelled'],
    ['expired', 'expired'],
  ];
  for (const [slot, name] of slots) {
    it(`shows the content of the slot ${slot} in place of its own text, and hides it in other states`, async () => {
      const shown = await scene(name);
      const content = Object.assign(document.createElement('b'), { slot, textContent: 'content' });
      shown.element.append(content);
      const [assigned] = shown.shadow.querySelector<HTMLSlotElement>(`slot[name=${slot}]`)!.assignedElements();
      expect(assigned === content).to.be.true;
      expect(content.checkVisibility()).to.be.true;
      const elsewhere = await scene(slot === 'progress' ? 'expired' : 'loading');
      elsewhere.element.append(content);
      expect(content.checkVisibility()).to.be.false;
    });
  }

  const reservedHeight = 300;

  it('reserves its height from the first paint until the form is ready, whatever the provider draws', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    element.style.setProperty('--pay-checkout-min-height', `${reservedHeight}px`);
    const heights: [string, number][] = [];
    const measure = (moment: string) => heights.push([moment, element.offsetHeight]);
    for (const status of ['loading', 'initializing', 'ready']) element.addEventListener(`pay-${status}`, () => measure(status));
    const container = document.body.appendChild(document.createElement('div'));
    container.append(element);
    await element.updateComplete;
    await nextFrame();
    measure('first paint');
    const { context, drawn } = await madeUp.opened(1);
    context.container.innerHTML = '<div style="block-size: 3000px; inline-size: 2000px"></div>';
    await nextFrame();
    measure('a tall form that is not ready');
    expect([container.scrollHeight, container.scrollWidth]).to.deep.equal([reservedHeight, container.clientWidth]);
    context.container.innerHTML = '<label>Card <input></label>';
    drawn.resolve();
    await reaches(element, 'ready');
    await element.updateComplete;
    measure('form');
    container.remove();
    const shown = heights.filter(([, height]) => height > 0);
    expect(shown.map(([moment]) => moment)).to.include.members(['first paint', 'a tall form that is not ready', 'form']);
    expect([...new Set(shown.map(([, height]) => height))]).to.deep.equal([reservedHeight]);
  });

  it('shows no empty box below the message when the library has removed its frame', async () => {
    const shown = await scene('pending');
    const { container } = shown.madeUp.last.context;
    container.style.height = '500px';
    container.replaceChildren();
    expect(part(shown, 'form').offsetHeight).to.equal(0);
    container.textContent = '00123456';
    expect(part(shown, 'form').offsetHeight).to.equal(500);
  });

  it("puts the page's own paragraph beside the sign of the message", async () => {
    const shown = await scene('failed, declined');
    const message = part(shown, 'message');
    const text = document.createElement('p');
    Object.assign(text, { slot: 'failed', textContent: 'Try again.' }).style.margin = '3rem';
    shown.element.append(text);
    const top = message.getBoundingClientRect().top + Number.parseFloat(getComputedStyle(message).paddingTop);
    expect(text.getBoundingClientRect().top).to.be.closeTo(top, 2);
  });

  it('reserves no height for a start button, a message or a success', async () => {
    for (const name of ['idle', 'expired', 'succeeded, confirmed']) {
      expect((await scene(name)).element.offsetHeight, name).to.be.below(reservedHeight);
    }
  });
});

/** Whether a shopper can see an element, and can focus it. An ancestor without a box, such as a slot, hides nothing. */
function visibilityOf(element: HTMLElement): { visible: boolean; focusable: boolean } {
  let visible = element.checkVisibility();
  for (let ancestor: Element | null = element; ancestor; ancestor = ancestor.assignedSlot ?? ancestor.parentElement) {
    const { opacity, display } = getComputedStyle(ancestor);
    if (opacity === '0' && display !== 'contents') visible = false;
  }
  element.focus();
  return { visible, focusable: element.matches(':focus') };
}
