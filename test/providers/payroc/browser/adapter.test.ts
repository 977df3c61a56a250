import { expect } from '@open-wc/testing';
import { spy, type SinonSpy } from 'sinon';
import { payroc } from '../../../../src/providers/payroc/browser/adapter.js';
import { payrocConfig } from '../../../../src/providers/payroc/browser/config.js';
import { formFields, hosts } from '../../../../src/providers/payroc/contract.js';
import { parse } from '../../../../src/shared/schema.js';
import { failure } from '../../../support/hostile.js';
import { unreadable } from '../../../support/unreadable.js';
import { rendered, settled } from '../../../support/work.js';
import { cardFields, endForms, merchantPlaces, mountByHand, type ByHand } from './fake-library.js';

let form: ByHand;

afterEach(endForms);

const alertIn = (container: Element) => container.querySelector('[role=alert]')!.textContent;
const reportOf = ({ report }: ByHand) => report.firstCall?.args[0];

describe('the Payroc adapter, opening', () => {
  it('has constructed, listened and initialised before it first waits, in this order', () => {
    form = mountByHand();
    expect(form.calls[0]).to.equal('constructor');
    expect(form.calls.at(-1)).to.equal('initialize');
    expect(form.calls).to.include.members(['on error', 'on submissionSuccess', 'on fieldValidityChange', 'on surchargingAllowed']);
    expect(form.given[0]).to.include({ sessionToken: 'token', mode: 'payment', locale: 'en' });
  });

  for (const [name, keys] of Object.entries(formFields)) {
    it(`lays ${name} out with exactly the documented keys`, () => {
      form = mountByHand({ form: name });
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

  it('is ready when the last iframe is shown, and not before', async () => {
    form = mountByHand();
    const [last, ...others] = form.append();
    for (const frame of others) frame.style.opacity = '1';
    expect(await isOver(form.mounted)).to.equal(false);
    last!.style.opacity = '1';
    expect(await isOver(form.mounted)).to.equal(true);
  });

  it('names every iframe, whatever name the mount gave it before', async () => {
    form = mountByHand({ labels: { cvv: 'Security code' } });
    const frames = form.append();
    for (const frame of frames) frame.title = 'Payment form';
    await settled();
    expect(frames.map(({ title }) => title)).to.deep.equal(['Card number', 'Name on the card', 'Expires (MM/YY)', 'Security code', 'Pay']);
  });

  it('has new ids for each attempt', () => {
    const targets = () => Object.values(form.given[0]!.fields.card!).map(({ target }) => target);
    form = mountByHand();
    const before = targets();
    form.controller.abort();
    form.container.remove();
    form = mountByHand();
    expect(targets().filter((target) => before.includes(target))).to.deep.equal([]);
  });

  for (const [locale, pay, library] of [
    ['es-PE', 'Pagar', 'es'],
    ['en', 'Pay', 'en'],
    ['pt-BR', 'Pagar', undefined],
  ] as const) {
    it(`speaks ${locale}, and lets the library speak what it can`, () => {
      form = mountByHand({}, { locale });
      expect(form.given[0]!.fields.card!.submit).to.include({ value: pay });
      expect(form.given[0]!.locale).to.equal(library);
    });
  }

  it('says save instead of pay where nothing is paid, and whatever the page wants', async () => {
    form = mountByHand({ mode: 'tokenization', labels: { save: 'Keep it', note: 'Ours' }, locale: 'fr' });
    expect(form.given[0]!.fields.card!.submit).to.include({ value: 'Keep it' });
    expect(form.given[0]).to.include({ mode: 'tokenization', locale: 'fr' });
    await form.show();
    expect(form.container.querySelector('.note')!.textContent).to.equal('Ours');
  });

  it("tells the fields the page's colours, and lets the page's own styles win", () => {
    form = mountByHand({ styles: { css: { button: { color: 'red' } } } });
    const { css } = form.given[0]!.styles!;
    expect(css!.input!.color).to.match(/^rgb/);
    expect(css!.button).to.deep.equal({ color: 'red' });
  });

  it('adds no styles to those of a page that wants none of the default ones', () => {
    form = mountByHand({ styles: { disableDefaultStyles: true, css: { input: { color: 'red' } } } });
    expect(form.given[0]!.styles).to.deep.equal({ disableDefaultStyles: true, css: { input: { color: 'red' } } });
  });

  for (const width of [320, 360, 1280]) {
    it(`fits into ${width} px, though the library freezes the width of its iframes`, async () => {
      form = mountByHand();
      form.container.style.width = `${width - 32}px`;
      const frames = form.append();
      for (const frame of frames) frame.style.cssText = 'opacity: 1; height: 45px; width: 900px';
      await form.mounted;
      for (const frame of frames) expect(frame.offsetWidth).to.equal(frame.parentElement!.clientWidth);
      expect(form.container.scrollWidth).to.be.at.most(width - 32);
    });
  }

  for (const size of ['14px', '16px', '22px']) {
    it(`fills its boxes where the page's text is ${size}, though the library's fields are as large as ever`, async () => {
      document.documentElement.style.fontSize = size;
      form = mountByHand();
      const frames = form.append();
      for (const frame of frames) frame.style.cssText = 'opacity: 1; height: 45px; width: 300px';
      await form.mounted;
      const left = frames.map(({ offsetHeight, parentElement }) => parentElement!.clientHeight - offsetHeight);
      document.documentElement.style.fontSize = '';
      for (const height of left) expect(height).to.be.within(0, 1);
    });
  }

  it('writes no style element', () => {
    form = mountByHand();
    expect(form.container.querySelector('style')).to.equal(null);
    expect(document.adoptedStyleSheets.length).to.be.greaterThan(0);
  });

  for (const message of ['The provided session token is invalid.', 'The request is unauthorised, please check your credentials.']) {
    it(`takes "${message}" for a session that was refused, worth another token`, async () => {
      form = mountByHand({}, {}, () => queueMicrotask(() => form.emit('error', { type: 'init', message })));
      expect(await failure(form.mounted)).to.include({ code: 'provider', reason: 'session' });
    });
  }

  it('does not quote what the library says', async () => {
    form = mountByHand({}, {}, () => queueMicrotask(() => form.emit('error', { type: 'init', message: 'S3CR3T libVersion' })));
    const error = (await failure(form.mounted)) as Error;
    expect(error).to.include({ code: 'provider', reason: 'threw' });
    expect(error.message).to.equal("Payroc's library reported an error of type init: its library version is no longer accepted.");
  });

  it('hears the config errors that are told at once, with the place', async () => {
    const errors = [
      { type: 'config', field: '#cvv' },
      { type: 'config', field: '<b>' },
      // As long as a token may be.
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
      form = mountByHand({}, { library });
      const { message } = (await failure(form.mounted)) as Error;
      expect(message).to.equal(`Payroc's library reported an error of type config${error.field === '#cvv' ? ' at `#cvv`' : ''}.`);
      form.container.remove();
    }
  });
});

describe('the Payroc adapter, open', () => {
  const result = { token: 'c96cb928', expiresAt: '2024-05-18T23:17:34.844Z' };

  it('reports the single-use token, and leaves a repeat to the core to judge', async () => {
    form = mountByHand();
    await form.show();
    form.emit('submissionSuccess', result);
    form.emit('submissionSuccess', result);
    expect(reportOf(form)).to.deep.equal({ status: 'succeeded', singleUseToken: 'c96cb928', raw: result });
    expect(form.report.callCount).to.equal(2);
  });

  for (const [what, payload] of Object.entries({
    nothing: undefined,
    'no key': {},
    'an empty one': { token: '' },
    'an object': { token: { deep: 'c96cb928' } },
  })) {
    it(`reports no success without a single-use token: ${what}`, async () => {
      form = mountByHand();
      await form.show();
      form.emit('submissionSuccess', payload);
      expect(form.report.callCount).to.equal(0);
      expect(alertIn(form.container)).to.equal('We could not send your details. Please try again.');
    });
  }

  it('throws nothing into a library whose payloads cannot be read', async () => {
    form = mountByHand();
    await form.show();
    for (const event of ['submissionSuccess', 'fieldValidityChange', 'surchargingAllowed', 'error']) form.emit(event, unreadable());
    form.emit('fieldValidityChange', { field: Object.create(null) as object, validationError: 'x' });
    expect(form.report.callCount).to.equal(0);
  });

  it('reports a success that comes after the attempt ended', async () => {
    form = mountByHand();
    await form.show();
    form.controller.abort();
    form.emit('submissionSuccess', result);
    expect(reportOf(form)).to.have.property('status', 'succeeded');
  });

  for (const type of ['field', 'submission']) {
    it(`says in our own words, beside the form, that a ${type} error came`, async () => {
      form = mountByHand();
      await form.show();
      form.emit('error', { type, message: 'S3CR3T' });
      expect(form.report.callCount).to.equal(0);
      expect(alertIn(form.container)).to.equal('We could not send your details. Please try again.');
      expect(form.container.textContent).to.not.contain('S3CR3T');
      form.emit('fieldValidityChange', { field: 'cvv' });
      expect(alertIn(form.container)).to.equal('');
    });

    it(`reports a ${type} error as expired once the session has outlived its token`, async () => {
      form = mountByHand();
      await form.show();
      form.expire();
      form.emit('error', { type });
      expect(reportOf(form)).to.deep.equal({ status: 'expired' });
    });
  }

  it('fails when the library has taken all of its iframes away', async () => {
    form = mountByHand();
    await form.show();
    for (const frame of form.container.querySelectorAll('iframe')) frame.remove();
    form.emit('error', { type: 'field', field: 'cardNumber' });
    expect(reportOf(form)).to.have.nested.property('error.reason', 'session');
  });

  it('shows what is wrong with a field at the field, until it is right', async () => {
    form = mountByHand();
    await form.show();
    const row = form.container.querySelector<HTMLElement>('[data-field=cardNumber]')!;
    form.emit('fieldValidityChange', { field: 'cardNumber', validationError: 'Card number must contain numbers only' });
    expect(row.querySelector('.error')!.textContent).to.equal('Card number must contain numbers only');
    expect(row.hasAttribute('data-invalid')).to.equal(true);
    form.emit('fieldValidityChange', { field: 'cardNumber' });
    expect([row.querySelector('.error')!.textContent, row.hasAttribute('data-invalid')]).to.deep.equal(['', false]);
  });

  it('shows its own words where the library lacks the language, or where the page has its own', () => {
    form = mountByHand({}, { locale: 'pt' });
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'x' });
    expect(form.container.querySelector('[data-field=cvv] .error')!.textContent).to.equal('Confira este campo.');
    form.container.remove();
    form = mountByHand({ labels: { invalid: 'Hmm.' } });
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'x' });
    expect(form.container.querySelector('[data-field=cvv] .error')!.textContent).to.equal('Hmm.');
  });

  it('survives a field that it does not know', () => {
    form = mountByHand();
    for (const payload of [undefined, {}, { field: 'submit', validationError: 'x' }, { field: 'another', validationError: 7 }]) {
      expect(() => form.emit('fieldValidityChange', payload)).to.not.throw();
    }
  });

  it('passes the surcharge on to the shopper, and takes it back for another card', () => {
    form = mountByHand();
    const words = () => form.container.querySelector('[role=status]')!.textContent;
    form.emit('surchargingAllowed', { percentage: 3, disclosure: 'A surcharge of 3% applies.' });
    expect(words()).to.equal('A surcharge of 3% applies.');
    form.emit('surchargingNotAllowed');
    expect(words()).to.equal('');
    form.emit('surchargingAllowed', { percentage: 2.5 });
    expect(words()).to.equal('+ 2.5 %');
    form.emit('surchargingAllowed', undefined);
    expect(words()).to.equal('');
  });

  it('tells that the shopper began, by the fields and by the focus', async () => {
    form = mountByHand();
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
    it(`answers onPreSubmit with a promise of ${expected} where the page has ${String(answer)}`, async () => {
      form = mountByHand(answer ? { onPreSubmit: answer } : {});
      const given = form.given[0]!.onPreSubmit();
      expect(given).to.be.instanceOf(Promise);
      expect(await given).to.equal(expected);
      expect(form.onTouched.callCount).to.equal(1);
    });
  }
});

describe('the Payroc adapter, beside another form', () => {
  let other: ByHand;
  let ask: SinonSpy;

  beforeEach(async () => {
    other = mountByHand();
    await other.show();
    ask = spy();
    form = mountByHand({ onPreSubmit: ask });
  });

  /** Has the library hear a message of that form's first field, as it hears those of all forms. */
  function speak({ container }: ByHand): void {
    const { contentWindow: source } = container.querySelector('iframe')!;
    window.dispatchEvent(new MessageEvent('message', { source }));
  }

  it('calls off what the button of that one submits, and asks nobody', async () => {
    await form.show();
    speak(other);
    expect(await form.given[0]!.onPreSubmit()).to.equal(false);
    expect([form.onTouched.callCount, ask.callCount]).to.deep.equal([0, 0]);
    expect(await other.given[0]!.onPreSubmit()).to.equal(true);
  });

  it('submits what its own button does', async () => {
    await form.show();
    for (const speaker of [other, form]) speak(speaker);
    expect(await form.given[0]!.onPreSubmit()).to.equal(true);
    expect([form.onTouched.callCount, ask.callCount]).to.deep.equal([1, 1]);
  });

  it('shows nothing of what the fields of that one say, and is not touched by it', async () => {
    await form.show();
    const before = form.container.textContent;
    speak(other);
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'x' });
    form.emit('surchargingAllowed', { percentage: 3 });
    form.emit('error', { type: 'field', message: 'x' });
    expect([form.container.textContent, form.onTouched.callCount]).to.deep.equal([before, 0]);
    form.expire();
    form.emit('error', { type: 'field', message: 'x' });
    expect(form.report.callCount).to.equal(0);
  });

  it('opens, though a field of that one reports an error meanwhile', async () => {
    speak(other);
    form.emit('error', { type: 'field', message: 'x' });
    await form.show();
  });

  it('hears what the library says of this form, whoever spoke last', async () => {
    await form.show();
    speak(other);
    form.emit('error', { type: 'submission', message: 'x' });
    expect(alertIn(form.container)).to.equal('We could not send your details. Please try again.');
    form.emit('submissionSuccess', { token: 'c96cb928' });
    expect(reportOf(form)).to.have.property('status', 'succeeded');
  });
});

describe('the Payroc adapter, ending', () => {
  it('destroys the form and leaves nothing: no iframe, no style sheet', async () => {
    const sheets = document.adoptedStyleSheets.length;
    form = mountByHand();
    await form.show();
    form.controller.abort();
    expect(form.calls.at(-1)).to.equal('destroy');
    expect(form.container.childElementCount).to.equal(0);
    expect(document.adoptedStyleSheets).to.have.length(sheets);
  });

  it('leaves its style sheet to another form on the page', async () => {
    const other = mountByHand();
    form = mountByHand();
    const sheets = document.adoptedStyleSheets.length;
    form.controller.abort();
    expect(document.adoptedStyleSheets).to.have.length(sheets - 1);
    await other.show();
    expect(getComputedStyle(other.container.querySelector('.pay-checkout-payroc')!).display).to.equal('grid');
    other.controller.abort();
  });

  it('survives a library without destroy, which came with 1.7', () => {
    const library = class {
      on() {}
      initialize() {
        return Promise.resolve();
      }
    };
    form = mountByHand({}, { library });
    expect(() => form.controller.abort()).to.not.throw();
  });

  it('survives an initialize that rejects, as it does when a listener throws', async () => {
    const library = class {
      on() {}
      initialize() {
        return Promise.reject(new Error('x'));
      }
    };
    form = mountByHand({}, { library });
    expect(await isOver(form.mounted)).to.equal(false);
  });
});

describe("the Payroc adapter, in a merchant's own places", () => {
  let page: HTMLElement;

  beforeEach(() => (page = merchantPlaces()));
  afterEach(() => page.remove());

  it('hands the library a fresh child of each, and keeps the rest as the page has it', () => {
    form = mountByHand({ fields: { card: cardFields } });
    const { cardNumber, cvv, submit } = form.given[0]!.fields.card!;
    expect(document.querySelector(cardNumber!.target)!.parentElement!.className).to.equal('mine-cardNumber');
    expect(document.querySelector(cardNumber!.errorTarget!)!.parentElement!.className).to.equal('mine-cardNumber-error');
    expect(cardNumber).to.have.property('placeholder', '1234 5678 1234 1211');
    expect(cvv).to.have.property('wrapperTarget', '.mine-cvv');
    expect(submit).to.deep.equal({ target: submit!.target, value: 'Pay Now' });
    expect(form.given[0]!.styles).to.equal(undefined);
  });

  it('is ready by the iframes there, and shows its own words in the element', async () => {
    form = mountByHand({ fields: { card: cardFields } });
    await form.show();
    form.emit('error', { type: 'submission' });
    expect(alertIn(form.container)).to.equal('We could not send your details. Please try again.');
    form.emit('fieldValidityChange', { field: 'cvv', validationError: 'left to the errorTarget' });
    expect(page.textContent).to.equal('');
  });

  it('takes away what it put there, and shows again what the library hid', async () => {
    form = mountByHand({ fields: { card: cardFields } });
    await form.show();
    const wrapper = page.querySelector<HTMLElement>('.mine-cvv')!;
    wrapper.style.display = 'none';
    form.controller.abort();
    expect(page.querySelectorAll('div > *')).to.have.length(0);
    expect(wrapper.style.display).to.equal('');
  });

  it('needs no wrapper: false is what the library wants to read then', () => {
    const { wrapperTarget: _, ...cvv } = cardFields.cvv;
    form = mountByHand({ fields: { card: { ...cardFields, cvv } } });
    expect(form.given[0]!.fields.card!.cvv).to.have.property('wrapperTarget', false);
  });

  for (const [target, words] of [
    ['.nowhere', 'matches none'],
    ['section > div', 'matches 10'],
    ['[', 'is no selector'],
  ] as const) {
    it(`ends with the place whose selector ${words}, and leaves nothing`, async () => {
      form = mountByHand({ fields: { card: { ...cardFields, cvv: { target } } } });
      const error = (await failure(form.mounted)) as Error;
      expect(error).to.include({ code: 'config', reason: 'provider-config' });
      expect(error.message).to.equal(`\`fields.card.cvv.target\` should match exactly one element outside of shadow roots, but ${words}.`);
      expect(page.querySelectorAll('div > *')).to.have.length(0);
    });
  }
});

describe('the config of Payroc', () => {
  const fault = (config: object) => {
    try {
      parse(payrocConfig, { mode: 'payment', ...config }, 'It');
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  for (const [what, config, words] of [
    ['another mode', { mode: 'sale' }, '`mode` should be payment or tokenization'],
    ['no form', { fields: {} }, '`fields` should have one of card, ach, pad'],
    ['two forms', { fields: { card: cardFields, pad: {} } }, '`fields.pad'],
    ['an unknown form', { fields: { cash: {} } }, '`fields` should have one of card, ach, pad'],
    ['a missing field', { fields: { card: { ...cardFields, cvv: undefined } } }, '`fields.card.cvv`'],
    [
      'an unknown field, which would keep the form invisible',
      { fields: { card: { ...cardFields, x: {} } } },
      '`fields.card` should have exactly the fields',
    ],
    [
      'a button with a placeholder, which would never come',
      { fields: { card: { ...cardFields, submit: { target: '#a', placeholder: 'x' } } } },
      '`fields.card.submit` should have a target, and no keys but target, errorTarget, value',
    ],
    ['an element for a target', { fields: { card: { ...cardFields, cvv: { target: {} } } } }, '`fields.card.cvv.target`'],
    ['a text for onPreSubmit', { onPreSubmit: 'x' }, '`onPreSubmit` should be a function'],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(fault(config)).to.contain(words);
    });
  }

  it("takes Payroc's own JSON for a token, and its error for a refusal", () => {
    const read = (answer: object) => payroc.token.safeParse(answer);
    const own = { processingTerminalId: '1234001', token: 'abcdef1234567890', expiresAt: '2025-07-02T15:30:00.000+02:00' };
    expect(read(own)).to.have.nested.property('data.token', own.token);
    expect(read({ ...own, config: { mode: 'payment' } })).to.have.nested.property('data.config.mode', 'payment');
    const error = { type: 'https://docs.payroc.com/api/errors#forbidden', title: 'Forbidden', status: 403, detail: 'x' };
    expect(read(error)).to.deep.equal({ success: true, data: { refusal: 'Forbidden' } });
  });

  it('pins each environment to its own build', () => {
    const { sandbox, production } = payroc.assets;
    for (const { libVersion, url } of Object.values(hosts)) expect(url).to.contain(`hosted-fields-${libVersion}.js`);
    for (const { script } of [sandbox!, production!]) expect(script!.integrity).to.match(/^sha384-[\w+/]{64}$/);
  });
});

async function isOver(promise: Promise<void>): Promise<boolean> {
  let over = false;
  void promise.catch(() => {}).then(() => (over = true));
  await settled();
  return over;
}
