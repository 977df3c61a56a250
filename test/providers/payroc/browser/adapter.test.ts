import { expect } from '@open-wc/testing';
import { spy, type SinonSpy } from 'sinon';
import { payroc } from '../../../../src/providers/payroc/browser/adapter.js';
import { payrocConfig } from '../../../../src/providers/payroc/browser/config.js';
import { formFields, hosts } from '../../../../src/providers/payroc/contract.js';
import { parse } from '../../../../src/shared/schema.js';
import { failure } from '../../../support/hostile.js';
import { unreadable } from '../../../support/unreadable.js';
import { until } from '../../../support/clock.js';
import { rendered, settled } from '../../../support/work.js';
import { cardFields, endForms, addMerchantElements, mountWithFakeLibrary, type MountedForm } from './fake-library.js';

let form: MountedForm;

afterEach(endForms);

const getAlert = (container: Element) => container.querySelector('[role=alert]')!.textContent;
const getReport = ({ report }: MountedForm) => report.firstCall?.args[0];

describe('payroc: opening a form', () => {
  it('constructs, listens and initialises, in this order, before its first await', () => {
    form = mountWithFakeLibrary();
    expect(form.calls[0]).to.equal('constructor');
    expect(form.calls.at(-1)).to.equal('initialize');
    expect(form.calls).to.include.members(['on error', 'on submissionSuccess', 'on fieldValidityChange', 'on surchargingAllowed']);
    expect(form.given[0]).to.include({ sessionToken: 'token', mode: 'payment', locale: 'en' });
  });

  for (const [name, keys] of Object.entries(formFields)) {
    it(`lays out the ${name} form with exactly the documented keys`, () => {
      form = mountWithFakeLibrary({ form: name });
      const fields = form.given[0]!.fields[name]!;
      expect(Object.keys(form.given[0]!.fields)).to.deep.equal([name]);
      expect(Object.keys(fields)).to.have.members([...keys]);
      for (const [key, place] of Object.entries(fields)) {
        const extra = { submit: ['value'], cvv: ['wrapperTarget'] }[key] ?? [];
        expect(Object.keys(place), key).to.have.members(['target', ...extra]);
        expect(document.querySelectorAll(place.target)).to.have.length(1);
      }
    });
  }

  it('is ready once the last iframe is shown', async () => {
    form = mountWithFakeLibrary();
    const [last, ...others] = form.append();
    for (const frame of others) frame.style.opacity = '1';
    expect(await isResolved(form.mounted)).to.equal(false);
    last!.style.opacity = '1';
    expect(await isResolved(form.mounted)).to.equal(true);
  });

  it('titles each iframe by its field, and replaces an earlier title', async () => {
    form = mountWithFakeLibrary({ labels: { cvv: 'Security code' } });
    const frames = form.append();
    for (const frame of frames) frame.title = 'Payment form';
    await settled();
    expect(frames.map(({ title }) => title)).to.deep.equal(['Card number', 'Name on the card', 'Expires (MM/YY)', 'Security code', 'Pay']);
  });

  it('creates new ids for each attempt', () => {
    const targets = () => Object.values(form.given[0]!.fields.card!).map(({ target }) => target);
    form = mountWithFakeLibrary();
    const before = targets();
    form.controller.abort();
    form.container.remove();
    form = mountWithFakeLibrary();
    expect(targets().filter((target) => before.includes(target))).to.deep.equal([]);
  });

  for (const [locale, pay, library] of [
    ['es-PE', 'Pagar', 'es'],
    ['en', 'Pay', 'en'],
    ['pt-BR', 'Pagar', undefined],
  ] as const) {
    it(`uses ${locale} for its own texts, and a language that the library has for the library`, () => {
      form = mountWithFakeLibrary({}, { locale });
      expect(form.given[0]!.fields.card!.submit).to.include({ value: pay });
      expect(form.given[0]!.locale).to.equal(library);
    });
  }

  it('labels the button Save without a payment, and uses the labels and the locale of the config', async () => {
    form = mountWithFakeLibrary({ mode: 'tokenization', labels: { save: 'Keep it', note: 'Ours' }, locale: 'fr' });
    expect(form.given[0]!.fields.card!.submit).to.include({ value: 'Keep it' });
    expect(form.given[0]).to.include({ mode: 'tokenization', locale: 'fr' });
    await form.show();
    expect(form.container.querySelector('.note')!.textContent).to.equal('Ours');
  });

  it("passes the page's colours to the fields, and prefers the styles of the config", () => {
    form = mountWithFakeLibrary({ styles: { css: { button: { color: 'red' } } } });
    const { css } = form.given[0]!.styles!;
    expect(css!.input!.color).to.match(/^rgb/);
    expect(css!.button).to.deep.equal({ color: 'red' });
  });

  it('adds no styles when the config disables the default styles', () => {
    form = mountWithFakeLibrary({ styles: { disableDefaultStyles: true, css: { input: { color: 'red' } } } });
    expect(form.given[0]!.styles).to.deep.equal({ disableDefaultStyles: true, css: { input: { color: 'red' } } });
  });

  for (const width of [320, 360, 1280]) {
    it(`fits into ${width} px, although the library fixes the width of its iframes`, async () => {
      form = mountWithFakeLibrary();
      form.container.style.width = `${width - 32}px`;
      const frames = form.append();
      for (const frame of frames) frame.style.cssText = 'opacity: 1; height: 45px; width: 900px';
      await form.mounted;
      for (const frame of frames) expect(frame.offsetWidth).to.equal(frame.parentElement!.clientWidth);
      expect(form.container.scrollWidth).to.be.at.most(width - 32);
    });
  }

  for (const size of ['14px', '16px', '22px']) {
    it(`fills its boxes at a font size of ${size}, although the library's fields keep their size`, async () => {
      document.documentElement.style.fontSize = size;
      form = mountWithFakeLibrary();
      const frames = form.append();
      for (const frame of frames) frame.style.cssText = 'opacity: 1; height: 45px; width: 300px';
      await form.mounted;
      const left = frames.map(({ offsetHeight, parentElement }) => parentElement!.clientHeight - offsetHeight);
      document.documentElement.style.fontSize = '';
      for (const height of left) expect(height).to.be.within(0, 1);
    });
  }

  it('adds no style element', () => {
    form = mountWithFakeLibrary();
    expect(form.container.querySelector('style')).to.equal(null);
    expect(document.adoptedStyleSheets.length).to.be.greaterThan(0);
  });

  for (const message of ['The provided session token is invalid.', 'The request is unauthorised, please check your credentials.']) {
    it(`treats "${message}" as a refused session`, async () => {
      form = mountWithFakeLibrary({}, {}, () => queueMicrotask(() => form.emit('error', { type: 'init', message })));
      expect(await failure(form.mounted)).to.include({ code: 'provider', reason: 'session' });
    });
  }

  it("does not quote the library's message", async () => {
    form = mountWithFakeLibrary({}, {}, () => queueMicrotask(() => form.emit('error', { type: 'init', message: 'S3CR3T libVersion' })));
    const error = (await failure(form.mounted)) as Error;
    expect(error).to.include({ code: 'provider', reason: 'threw' });
    expect(error.message).to.equal("Payroc's library reported an error of type init: its library version is no longer accepted.");
  });

  it('reports config errors that the library emits at once, with the field if it can be quoted', async () => {
    const errors = [
      { type: 'config', field: '#cvv' },
      { type: 'config', field: '<b>' },
      // This long, it could be a token.
      { type: 'config', field: 'x'.repeat(41) },
      { type: 'config', field: 'eyJh.eyJl.c2ln' },
    ];
    for (const error of errors) {
      const emit = { now: (_: unknown) => {} };
      const library = class {
        on(event: string, callback: (payload: unknown) => void) {
          if (event === 'error') emit.now = callback;
        }
        initialize() {
          emit.now(error);
          return Promise.resolve();
        }
      };
      form = mountWithFakeLibrary({}, { library });
      const { message } = (await failure(form.mounted)) as Error;
      expect(message).to.equal(`Payroc's library reported an error of type config${error.field === '#cvv' ? ' at `#cvv`' : ''}.`);
      form.container.remove();
    }
  });
});

describe('payroc: an open form', () => {
  const result = { token: 'c96cb928', expiresAt: '2024-05-18T23:17:34.844Z' };

  it('reports each single-use token, even a repeated one', async () => {
    form = mountWithFakeLibrary();
    await form.show();
    form.emit('submissionSuccess', result);
    form.emit('submissionSuccess', result);
    expect(getReport(form)).to.deep.equal({ status: 'succeeded', singleUseToken: 'c96cb928', raw: result });
    expect(form.report.callCount).to.equal(2);
  });

  for (const [what, payload] of Object.entries({
    nothing: undefined,
    'no key': {},
    'an empty one': { token: '' },
    'an object': { token: { deep: 'c96cb928' } },
  })) {
    it(`reports no success without a single-use token: ${what}`, async () => {
      form = mountWithFakeLibrary();
      await form.show();
      form.emit('submissionSuccess', payload);
      expect(form.report.callCount).to.equal(0);
      expect(getAlert(form.container)).to.equal('We could not send your details. Please try again.');
    });
  }

  it('throws no error into the library when a payload cannot be read', async () => {
    form = mountWithFakeLibrary();
    await form.show();
    for (const event of ['submissionSuccess', 'fieldValidityChange', 'surchargingAllowed', 'error']) form.emit(event, unreadable());
    form.emit('fieldValidityChange', { field: Object.create(null) as object, validationError: 'x' });
    expect(form.report.callCount).to.equal(0);
  });

  it('reports a success after the attempt ended', async () => {
    form = mountWithFakeLibrary();
    await form.show();
    form.controller.abort();
    form.emit('submissionSuccess', result);
    expect(getReport(form)).to.have.property('status', 'succeeded');
  });

  for (const type of ['field', 'submission']) {
    it(`shows our own text beside the form after a ${type} error`, async () => {
      form = mountWithFakeLibrary();
      await form.show();
      form.emit('error', { type, message: 'S3CR3T' });
      expect(form.report.callCount).to.equal(0);
      expect(getAlert(form.container)).to.equal('We could not send your details. Please try again.');
      expect(form.container.textContent).to.not.contain('S3CR3T');
      form.emit('fieldValidityChange', { field: 'cvv' });
      expect(getAlert(form.container)).to.equal('');
    });

    it(`reports a ${type} error as expired after the session's lifetime`, async () => {
      form = mountWithFakeLibrary();
      await form.show();
      form.expire();
      form.emit('error', { type });
      expect(getReport(form)).to.deep.equal({ status: 'expired' });
    });
  }

  it('fails when the library has removed all of its iframes', async () => {
    form = mountWithFakeLibrary();
    await form.show();
    for (const frame of form.container.querySelectorAll('iframe')) frame.remove();
    form.emit('error', { type: 'field', field: 'cardNumber' });
    expect(getReport(form)).to.have.nested.property('error.reason', 'session');
  });

  it('shows an error beside its field until the field is valid', async () => {
    form = mountWithFakeLibrary();
    await form.show();
    const row = form.container.querySelector<HTMLElement>('[data-field=cardNumber]')!;
    form.emit('fieldValidityChange', { field: 'cardNumber', validationError: 'Card number must contain numbers only' });
    expect(row.querySelector('.error')!.textContent).to.equal('Card number must contain numbers only');
    expect(row.hasAttribute('data-invalid')).to.equal(true);
    form.emit('fieldValidityChange', { field: 'cardNumber' });
    expect([row.querySelector('.error')!.textContent, row.hasAttribute('data-invalid')]).to.deep.equal(['', false]);
  });

  it('shows our own text if the library lacks the language, and the text of the config if there is one', () => {
    form = mountWithFakeLibrary({}, { locale: 'pt' });
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'x' });
    expect(form.container.querySelector('[data-field=cvv] .error')!.textContent).to.equal('Confira este campo.');
    form.container.remove();
    form = mountWithFakeLibrary({ labels: { invalid: 'Hmm.' } });
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'x' });
    expect(form.container.querySelector('[data-field=cvv] .error')!.textContent).to.equal('Hmm.');
  });

  it('ignores an unknown field', () => {
    form = mountWithFakeLibrary();
    for (const payload of [undefined, {}, { field: 'submit', validationError: 'x' }, { field: 'another', validationError: 7 }]) {
      expect(() => form.emit('fieldValidityChange', payload)).to.not.throw();
    }
  });

  it('shows the surcharge, and removes it for another card', () => {
    form = mountWithFakeLibrary();
    const getText = () => form.container.querySelector('[role=status]')!.textContent;
    form.emit('surchargingAllowed', { percentage: 3, disclosure: 'A surcharge of 3% applies.' });
    expect(getText()).to.equal('A surcharge of 3% applies.');
    form.emit('surchargingNotAllowed');
    expect(getText()).to.equal('');
    form.emit('surchargingAllowed', { percentage: 2.5 });
    expect(getText()).to.equal('+ 2.5 %');
    form.emit('surchargingAllowed', undefined);
    expect(getText()).to.equal('');
  });

  it('reports that the shopper uses the form when a field changes or gets the focus', async () => {
    form = mountWithFakeLibrary();
    await form.show();
    form.emit('fieldValidityChange', { field: 'cvv' });
    expect(form.onTouched.callCount).to.equal(1);
    form.container.querySelector('iframe')!.focus();
    window.dispatchEvent(new Event('blur'));
    await rendered();
    expect(form.onTouched.callCount).to.be.greaterThan(1);
    const elsewhere = document.body.appendChild(document.createElement('input'));
    elsewhere.focus();
    await rendered();
    form.onTouched.resetHistory();
    window.dispatchEvent(new Event('blur'));
    await rendered();
    elsewhere.remove();
    expect(form.onTouched.callCount).to.equal(0);
  });

  for (const [answer, expected] of [
    [undefined, true],
    [() => true, true],
    [() => undefined, true],
    [() => false, false],
    [() => Promise.resolve(false), false],
    [() => Promise.reject(new Error('x')), false],
    [() => expect.fail('thrown'), false],
  ] as [(() => unknown) | undefined, boolean][]) {
    it(`returns a promise of ${expected} from onPreSubmit if the callback of the config is ${String(answer)}`, async () => {
      form = mountWithFakeLibrary(answer ? { onPreSubmit: answer } : {});
      const given = form.given[0]!.onPreSubmit();
      expect(given).to.be.instanceOf(Promise);
      expect(await given).to.equal(expected);
      expect(form.onTouched.callCount).to.equal(1);
    });
  }
});

describe('payroc: two forms on a page', () => {
  let other: MountedForm;
  let onPreSubmit: SinonSpy;

  beforeEach(async () => {
    other = mountWithFakeLibrary();
    await other.show();
    onPreSubmit = spy();
    form = mountWithFakeLibrary({ onPreSubmit });
  });

  /** Posts a message from the first field of a form. The library receives the messages of all forms. */
  function postMessageFrom({ container }: MountedForm): void {
    const { contentWindow: source } = container.querySelector('iframe')!;
    window.dispatchEvent(new MessageEvent('message', { source }));
  }

  it('cancels a submission by the button of the other form, without calling onPreSubmit', async () => {
    await form.show();
    postMessageFrom(other);
    expect(await form.given[0]!.onPreSubmit()).to.equal(false);
    expect([form.onTouched.callCount, onPreSubmit.callCount]).to.deep.equal([0, 0]);
    expect(await other.given[0]!.onPreSubmit()).to.equal(true);
  });

  it('submits by its own button', async () => {
    await form.show();
    for (const sender of [other, form]) postMessageFrom(sender);
    expect(await form.given[0]!.onPreSubmit()).to.equal(true);
    expect([form.onTouched.callCount, onPreSubmit.callCount]).to.deep.equal([1, 1]);
  });

  it('ignores events that fields of the other form cause', async () => {
    await form.show();
    const before = form.container.textContent;
    postMessageFrom(other);
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'x' });
    form.emit('surchargingAllowed', { percentage: 3 });
    form.emit('error', { type: 'field', message: 'x' });
    expect([form.container.textContent, form.onTouched.callCount]).to.deep.equal([before, 0]);
    form.expire();
    form.emit('error', { type: 'field', message: 'x' });
    expect(form.report.callCount).to.equal(0);
  });

  it('opens although a field of the other form reports an error', async () => {
    postMessageFrom(other);
    form.emit('error', { type: 'field', message: 'x' });
    await form.show();
  });

  it('handles events of this form after a message of the other form', async () => {
    await form.show();
    postMessageFrom(other);
    form.emit('error', { type: 'submission', message: 'x' });
    expect(getAlert(form.container)).to.equal('We could not send your details. Please try again.');
    form.emit('submissionSuccess', { token: 'c96cb928' });
    expect(getReport(form)).to.have.property('status', 'succeeded');
  });
});

describe('payroc: ending a form', () => {
  it('destroys the form and removes its iframes and its style sheet', async () => {
    const sheets = document.adoptedStyleSheets.length;
    form = mountWithFakeLibrary();
    await form.show();
    form.controller.abort();
    expect(form.calls.at(-1)).to.equal('destroy');
    expect(form.container.childElementCount).to.equal(0);
    expect(document.adoptedStyleSheets).to.have.length(sheets);
  });

  it('keeps the style sheet of another form on the page', async () => {
    const other = mountWithFakeLibrary();
    form = mountWithFakeLibrary();
    const sheets = document.adoptedStyleSheets.length;
    form.controller.abort();
    expect(document.adoptedStyleSheets).to.have.length(sheets - 1);
    await other.show();
    expect(getComputedStyle(other.container.querySelector('.pay-checkout-payroc')!).display).to.equal('grid');
    other.controller.abort();
  });

  it("keeps the page's own style sheets when the page has replaced all style sheets", () => {
    const before = [...document.adoptedStyleSheets];
    const ofPage = new CSSStyleSheet();
    form = mountWithFakeLibrary();
    document.adoptedStyleSheets = [ofPage];
    form.controller.abort();
    const after = [...document.adoptedStyleSheets];
    document.adoptedStyleSheets = before;
    expect(after).to.have.ordered.members([ofPage]);
  });

  it('has its styles again after the page has replaced all style sheets', async () => {
    const before = [...document.adoptedStyleSheets];
    form = mountWithFakeLibrary();
    await form.show();
    await rendered();
    document.adoptedStyleSheets = [];
    const layout = form.container.querySelector('.pay-checkout-payroc')!;
    await until(() => getComputedStyle(layout).display === 'grid', 'the style sheet');
    form.controller.abort();
    expect(document.adoptedStyleSheets).to.deep.equal([]);
    document.adoptedStyleSheets = before;
  });

  it('accepts a library without destroy, as before 1.7', () => {
    const library = class {
      on() {}
      initialize() {
        return Promise.resolve();
      }
    };
    form = mountWithFakeLibrary({}, { library });
    expect(() => form.controller.abort()).to.not.throw();
  });

  it('ignores a rejection of initialize, which happens when a listener throws', async () => {
    const library = class {
      on() {}
      initialize() {
        return Promise.reject(new Error('x'));
      }
    };
    form = mountWithFakeLibrary({}, { library });
    expect(await isResolved(form.mounted)).to.equal(false);
  });
});

describe("payroc: a form in the merchant's own elements", () => {
  let page: HTMLElement;

  beforeEach(() => (page = addMerchantElements()));
  afterEach(() => page.remove());

  it('gives the library a new child of each element, and keeps the other options', () => {
    form = mountWithFakeLibrary({ fields: { card: cardFields } });
    const { cardNumber, cvv, submit } = form.given[0]!.fields.card!;
    expect(document.querySelector(cardNumber!.target)!.parentElement!.className).to.equal('mine-cardNumber');
    expect(document.querySelector(cardNumber!.errorTarget!)!.parentElement!.className).to.equal('mine-cardNumber-error');
    expect(cardNumber).to.have.property('placeholder', '1234 5678 1234 1211');
    expect(cvv).to.have.property('wrapperTarget', '.mine-cvv');
    expect(submit).to.deep.equal({ target: submit!.target, value: 'Pay Now' });
    expect(form.given[0]!.styles).to.equal(undefined);
  });

  it('marks each child as a part of its form', () => {
    form = mountWithFakeLibrary({ fields: { card: cardFields } });
    const targets = Object.values(form.given[0]!.fields.card!).map(({ target }) => document.querySelector(target)!.className);
    expect(targets).to.deep.equal(Object.keys(cardFields).map(() => form.container.id));
  });

  it('gives the button a text with the price, unless the page has its own', () => {
    const { submit, ...others } = cardFields;
    const fields = { card: { ...others, submit: { target: submit.target } } };
    form = mountWithFakeLibrary({ fields, amount: 4999, currency: 'USD' });
    expect(form.given[0]!.fields.card!.submit).to.include({ value: 'Pay $49.99' });
  });

  it('is ready once the iframes are shown, and shows our own texts in the container', async () => {
    form = mountWithFakeLibrary({ fields: { card: cardFields } });
    await form.show();
    form.emit('error', { type: 'submission' });
    expect(getAlert(form.container)).to.equal('We could not send your details. Please try again.');
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'left to the errorTarget' });
    expect(page.textContent).to.equal('');
  });

  it('removes its children and shows a hidden wrapper again', async () => {
    form = mountWithFakeLibrary({ fields: { card: cardFields } });
    await form.show();
    const wrapper = page.querySelector<HTMLElement>('.mine-cvv')!;
    wrapper.style.display = 'none';
    form.controller.abort();
    expect(page.querySelectorAll('div > *')).to.have.length(0);
    expect(wrapper.style.display).to.equal('');
  });

  it('reports that the page has removed one of its elements', async () => {
    const onRemoved = spy();
    form = mountWithFakeLibrary({ fields: { card: cardFields } }, { onRemoved });
    await form.show();
    page.querySelector('.mine-cvv')!.textContent = 'Other content.';
    await settled();
    expect(onRemoved.callCount).to.equal(1);
    page.remove();
    await settled();
    expect(onRemoved.callCount).to.equal(2);
    form.controller.abort();
    document.body.append(page);
    page.remove();
    await settled();
    expect(onRemoved.callCount).to.equal(2);
  });

  it('removes the fields of another form that the page has copied', () => {
    mountWithFakeLibrary({ fields: { card: cardFields } });
    page.innerHTML += '';
    form = mountWithFakeLibrary({ fields: { card: cardFields } });
    expect(page.querySelectorAll('.mine-cvv > *')).to.have.length(1);
  });

  it('passes false as wrapperTarget if the config has none', () => {
    const { wrapperTarget: _, ...cvv } = cardFields.cvv;
    form = mountWithFakeLibrary({ fields: { card: { ...cardFields, cvv } } });
    expect(form.given[0]!.fields.card!.cvv).to.have.property('wrapperTarget', false);
  });

  for (const [target, words] of [
    ['.nowhere', 'matches none'],
    ['section > div', 'matches 10'],
    ['[', 'is no selector'],
  ] as const) {
    it(`names the selector that ${words}, and leaves nothing`, async () => {
      form = mountWithFakeLibrary({ fields: { card: { ...cardFields, cvv: { target } } } });
      const error = (await failure(form.mounted)) as Error;
      expect(error).to.include({ code: 'config', reason: 'provider-config' });
      expect(error.message).to.equal(`\`fields.card.cvv.target\` should match exactly one element outside of shadow roots, but ${words}.`);
      expect(page.querySelectorAll('div > *')).to.have.length(0);
    });
  }
});

describe('payrocConfig', () => {
  const findFault = (config: object) => {
    try {
      parse(payrocConfig, { mode: 'payment', ...config }, 'It');
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('takes a config without a mode for a payment', () => {
    expect(payrocConfig.safeParse({})).to.deep.equal({ success: true, data: { mode: 'payment' } });
  });

  for (const [what, config, words] of [
    ['another mode', { mode: 'sale' }, '`mode` should be payment or tokenization'],
    ['no form', { fields: {} }, '`fields` should have one of card, ach, pad'],
    ['two forms', { fields: { card: cardFields, pad: {} } }, '`fields.pad'],
    ['an unknown form', { fields: { cash: {} } }, '`fields` should have one of card, ach, pad'],
    ['a missing field', { fields: { card: { ...cardFields, cvv: undefined } } }, '`fields.card.cvv`'],
    [
      'an unknown field, with which the form would stay invisible',
      { fields: { card: { ...cardFields, x: {} } } },
      '`fields.card` should have exactly the fields',
    ],
    [
      'a button with a placeholder, which the library would not draw',
      { fields: { card: { ...cardFields, submit: { target: '#a', placeholder: 'x' } } } },
      '`fields.card.submit` should have a target, and no keys but target, errorTarget, value',
    ],
    ['an element for a target', { fields: { card: { ...cardFields, cvv: { target: {} } } } }, '`fields.card.cvv.target`'],
    ['a text for onPreSubmit', { onPreSubmit: 'x' }, '`onPreSubmit` should be a function'],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(findFault(config)).to.contain(words);
    });
  }

  it("reads a token from Payroc's own JSON, and a refusal from its error", () => {
    const read = (answer: object) => payroc.token.safeParse(answer);
    const own = { processingTerminalId: '1234001', token: 'abcdef1234567890', expiresAt: '2025-07-02T15:30:00.000+02:00' };
    expect(read(own)).to.have.nested.property('data.token', own.token);
    expect(read({ ...own, config: { mode: 'payment' } })).to.have.nested.property('data.config.mode', 'payment');
    const error = { type: 'https://docs.payroc.com/api/errors#forbidden', title: 'Forbidden', status: 403, detail: 'x' };
    expect(read(error)).to.deep.equal({ success: true, data: { refusal: 'Forbidden' } });
  });

  it('pins the build of each environment', () => {
    const { sandbox, production } = payroc.assets;
    for (const { libVersion, url } of Object.values(hosts)) expect(url).to.contain(`hosted-fields-${libVersion}.js`);
    for (const { script } of [sandbox!, production!]) expect(script!.integrity).to.match(/^sha384-[\w+/]{64}$/);
  });
});

async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  void promise.catch(() => {}).then(() => (isSettled = true));
  await settled();
  return isSettled;
}
