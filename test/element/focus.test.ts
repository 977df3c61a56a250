import { expect, fixture, html } from '@open-wc/testing';
import { createFocusKeeper } from '../../src/element/focus.js';
import { reaches } from '../support/element.js';
import { end, open, part, scene } from '../support/scenes.js';
import { rendered, settled } from '../support/work.js';
import { focusedName } from './focused-name.js';

describe('createFocusKeeper', () => {
  // In WebKit, the window has no focus after an iframe that had it was removed.
  afterEach(() => window.focus());

  it('moves the focus from the retry button to the progress, and then to the form', async () => {
    const shown = await scene('expired');
    part(shown, 'retry').focus();
    part(shown, 'retry').click();
    await reaches(shown.element, 'loading');
    await shown.element.updateComplete;
    expect(focusedName()).to.equal('progress');
    await open(shown);
    expect(focusedName()).to.equal('form');
  });

  for (const [condition, lose] of [
    ['while its field has the focus', () => {}],
    ['after its focused field was disabled', (input: HTMLInputElement) => void (input.disabled = true)],
    ['after its focused field was hidden', (input: HTMLInputElement) => void (input.hidden = true)],
    ['after its focused field was removed', (input: HTMLInputElement) => input.remove()],
  ] as const) {
    it(`moves the focus to the message when the form ends ${condition}`, async () => {
      const shown = await scene('ready');
      const input = shown.element.querySelector('input')!;
      input.focus();
      lose(input);
      await rendered();
      await end(shown, { status: 'cancelled' }, 'cancelled');
      expect(focusedName()).to.equal('cancelled');
    });
  }

  it('moves the focus to the message of a success', async () => {
    const shown = await scene('ready');
    shown.element.querySelector('input')!.focus();
    await end(shown, { status: 'succeeded', raw: {} }, 'succeeded');
    expect(focusedName()).to.equal('succeeded');
  });

  it('keeps the focus in a form that stays open after `pending`', async () => {
    const shown = await scene('ready');
    const input = shown.element.querySelector('input')!;
    input.focus();
    await end(shown, { status: 'pending', raw: {} }, 'pending');
    expect(focusedName()).to.equal('card');
  });

  it('moves the focus to the message when the form ends while its iframe has the focus', async () => {
    const shown = await scene('ready');
    const frame = await addFrame(shown.element);
    frame.contentDocument!.querySelector('input')!.focus();
    await rendered();
    expect(focusedName()).to.equal('iframe');
    await end(shown, { status: 'cancelled' }, 'cancelled');
    expect(focusedName()).to.equal('cancelled');
  });

  it('leaves the focus where the shopper moved it', async () => {
    const shown = await scene('ready');
    const elsewhere = shown.element.parentElement!.appendChild(Object.assign(document.createElement('input'), { name: 'elsewhere' }));
    shown.element.querySelector('input')!.focus();
    elsewhere.focus();
    await end(shown, { status: 'cancelled' }, 'cancelled');
    expect(focusedName()).to.equal('elsewhere');
  });

  it('moves no focus when there is no form to move it to', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<button>Try again</button>';
    const focus = createFocusKeeper(host);
    const button = root.querySelector('button')!;
    button.focus();
    button.hidden = true;
    focus.restore(root, 'ready');
    await rendered();
    expect(focusedName()).to.equal('body');
  });

  it('moves no focus while the state stays the same, whatever the provider hides', async () => {
    const shown = await scene('ready');
    const input = shown.element.querySelector('input')!;
    input.focus();
    input.hidden = true;
    await rendered();
    shown.element.locale = 'es';
    await shown.element.updateComplete;
    expect(focusedName()).to.equal('body');
  });

  it('moves no focus when the shopper left the form for a field that was removed', async () => {
    const shown = await scene('ready');
    const elsewhere = shown.element.parentElement!.appendChild(document.createElement('input'));
    shown.element.querySelector('input')!.focus();
    elsewhere.focus();
    elsewhere.remove();
    await end(shown, { status: 'cancelled' }, 'cancelled');
    expect(focusedName()).to.equal('body');
  });

  it('moves no focus when the shopper left the field', async () => {
    const shown = await scene('ready');
    const input = shown.element.querySelector('input')!;
    input.focus();
    input.blur();
    await settled();
    await end(shown, { status: 'cancelled' }, 'cancelled');
    expect(focusedName()).to.equal('body');
  });

  it('moves no focus when the shopper left the iframe', async () => {
    const shown = await scene('ready');
    const frame = await addFrame(shown.element);
    const input = frame.contentDocument!.querySelector('input')!;
    input.focus();
    await rendered();
    frame.blur();
    // In WebKit, an iframe keeps the focus until the window takes it.
    window.focus();
    window.dispatchEvent(new FocusEvent('focus'));
    await settled();
    expect(focusedName()).to.equal('body');
    await end(shown, { status: 'cancelled' }, 'cancelled');
    expect(focusedName()).to.equal('body');
  });

  it('moves no focus when it did not have the focus', async () => {
    const shown = await scene('expired');
    shown.element.retry();
    await open(shown);
    expect(focusedName()).to.equal('body');
  });

  it('follows the focus again after it was removed and inserted', async () => {
    const shown = await scene('ready');
    const container = shown.element.parentElement!;
    shown.element.remove();
    window.dispatchEvent(new FocusEvent('blur'));
    await rendered();
    container.prepend(shown.element);
    await open(shown);
    const frame = await addFrame(shown.element);
    frame.contentDocument!.querySelector('input')!.focus();
    await rendered();
    await end(shown, { status: 'cancelled' }, 'cancelled');
    expect(focusedName()).to.equal('cancelled');
  });
});

/** Adds an iframe with an input to the provider's form. */
async function addFrame(element: HTMLElement): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<input>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  element.querySelector('[slot=form]')!.append(frame);
  await loaded;
  return frame;
}
