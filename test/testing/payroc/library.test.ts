import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers, type SinonSpy } from 'sinon';
import { sendKeys } from '@web/test-runner-commands';
import { createPayrocApi, type PayrocApi } from '../../../src/testing/payroc/api.js';
import { payrocCards } from '../../../src/testing/payroc/cards.js';
import { createCss, defaultCss } from '../../../src/testing/payroc/field-styles.js';
import { field, fillInHostedFields, payWithHostedFields, type } from '../../../src/testing/payroc/fill-in.js';
import { createPayrocLibrary, type PayrocLibrary } from '../../../src/testing/payroc/library.js';
import type { FieldOptions, HostedFieldsInstance, HostedFieldsOptions } from '../../../src/testing/payroc/types.js';
import { failure } from '../../support/hostile.js';
import { fakeClock, pass, until } from '../../support/clock.js';
import { isWebKit, itUnless } from '../../support/engine.js';
import { settled } from '../../support/work.js';
import { session } from './support.js';

type Fields = Record<string, FieldOptions>;

let api: PayrocApi;
let library: PayrocLibrary;
let place: HTMLElement;
let clock: SinonFakeTimers;
let onError: SinonSpy;
let onSuccess: SinonSpy;
let onValidity: SinonSpy;
let instances: HostedFieldsInstance[];

const names = ['cardholderName', 'cardNumber', 'expiryDate', 'cvv', 'submit'];

beforeEach(() => {
  clock = fakeClock(Date.UTC(2026, 2, 26));
  api = createPayrocApi();
  library = createPayrocLibrary({ fetch: api.fetch });
  place = document.body.appendChild(document.createElement('div'));
  addPlaces(names);
  [onError, onSuccess, onValidity] = [spy(), spy(), spy()];
  instances = [];
});

afterEach(() => {
  for (const instance of instances) instance.destroy();
  clock.restore();
  place.remove();
});

function addPlaces(all: readonly string[]): void {
  for (const name of all) place.append(Object.assign(document.createElement('div'), { id: `p-${name}` }));
}

const cardFields = (): Fields => ({
  ...Object.fromEntries(names.map((name) => [name, { target: `#p-${name}` }])),
  cvv: { target: '#p-cvv', wrapperTarget: false },
});

/** Creates an instance with listeners and does not initialise it. */
async function create(changes: Partial<HostedFieldsOptions> = {}, fields: Fields = cardFields()): Promise<HostedFieldsInstance> {
  const options = { sessionToken: await session(api.fetch), mode: 'payment' as const, fields: { card: fields }, ...changes };
  const instance = new library.hostedFields(options);
  instance.on('error', onError);
  instance.on('submissionSuccess', onSuccess);
  instance.on('fieldValidityChange', onValidity);
  instances.push(instance);
  return instance;
}

/** Delivers pending messages and responses. Only timers that are already due run. */
const arrive = () => pass(0);

/** Initialises an instance and does not wait for its form. */
async function begin(changes: Partial<HostedFieldsOptions> = {}, fields?: Fields): Promise<HostedFieldsInstance> {
  const instance = await create(changes, fields);
  await instance.initialize();
  await arrive();
  return instance;
}

/** Initialises an instance and waits until its form is visible. */
async function open(changes: Partial<HostedFieldsOptions> = {}, fields?: Fields): Promise<HostedFieldsInstance> {
  const instance = await begin(changes, fields);
  await until(() => instance.iframes.length > 0 && instance.iframes.every(({ ready }) => ready), 'the form');
  return instance;
}

const frames = () => [...place.querySelectorAll('iframe')];
const opacities = () => [...new Set(frames().map(({ style }) => style.opacity))];
const posts = (path: string) => api.requests.filter(({ url }) => url.endsWith(`/${path}`)).length;
const errors = () => onError.args.map(([error]) => error as object);
const button = () => field(place, 'submit').querySelector('button')!;
const input = (name: string) => field(place, name).querySelector('input')!;

const succeeded = (longest?: number) => until(() => onSuccess.called, 'a success', longest);
const succeededAtOnce = () => succeeded(0);
const untilValidityChanged = (times = 1) => until(() => onValidity.callCount >= times, 'a word on the field');
const gaveBack = () => until(() => !button().disabled, 'the button');

/** Fills in the form and waits until the gateway has every field. */
async function fillIn(): Promise<void> {
  fillInHostedFields(place, payrocCards.approved);
  await until(() => posts('fields') === 4, 'the fields');
  await arrive();
}

describe('window.Payroc', () => {
  it('exposes its build as libVersion', async () => {
    expect((await create()).libVersion).to.equal('1.7.0.261457');
    expect((await create({ sessionToken: 'b0' })).libVersion).to.equal('1.7.0.261471');
  });

  it('has no submit, validate, off or close method, only internal ones', async () => {
    const instance = (await create()) as unknown as Record<string, unknown>;
    for (const name of ['submit', 'validate', 'submitFields', 'off', 'close']) expect(instance[name], name).to.equal(undefined);
    expect(typeof instance.submitInitiated).to.equal('function');
  });
});

describe('createPayrocLibrary: the constructor', () => {
  it('throws a SyntaxError for an element as a target', () => {
    const target = document.createElement('div') as unknown as string;
    const options = {
      sessionToken: 'a',
      mode: 'payment',
      fields: { card: { ...cardFields(), cvv: { target, wrapperTarget: false as const } } },
    } as const;
    expect(() => new library.hostedFields(options))
      .to.throw(DOMException)
      .with.property('name', 'SyntaxError');
  });

  it('throws a TypeError without fields, and without anything', () => {
    expect(() => new library.hostedFields({ sessionToken: 'a', mode: 'payment' } as HostedFieldsOptions)).to.throw(TypeError);
    expect(() => new library.hostedFields(undefined as unknown as HostedFieldsOptions)).to.throw(TypeError);
  });

  it('looks up its targets and ignores elements that are added later', async () => {
    place.querySelector('#p-cvv')!.remove();
    const instance = await create();
    addPlaces(['cvv']);
    await instance.initialize();
    expect(errors()).to.have.length(1);
  });
});

describe('createPayrocLibrary: a config error', () => {
  const target = (name: string) => `The target selector supplied for ${name} either occurs more than once or does not exist on the page.`;

  for (const [what, changes, fields, expected] of [
    ['no token', { sessionToken: '' }, {}, { message: 'An authentication token is required to use hosted fields.' }],
    ['no mode', { mode: undefined }, {}, { message: "The mode should be either 'payment' or 'tokenization'." }],
    ['empty styles', { styles: {} }, {}, { message: undefined }],
    ['no known form type', { fields: { cash: {} } }, {}, { message: 'Card, ACH or PAD fields are required for hosted fields.' }],
    ['a missing field', {}, { cardNumber: undefined }, { field: 'cardNumber', message: 'A card number field is required for card forms.' }],
    ['a missing submit field', {}, { submit: undefined }, { field: 'submit', message: undefined }],
    ['a missing target', {}, { cardNumber: { target: '#x' } }, { field: '#x', message: target('card number') }],
    ['a target that matches twice', {}, { cvv: { target: 'div', wrapperTarget: false } }, { field: 'div', message: target('card CVV') }],
    ['a missing expiry date target', {}, { expiryDate: { target: '#x' } }, { field: '#x', message: undefined }],
    [
      'a missing error target',
      {},
      { cvv: { target: '#p-cvv', errorTarget: '#x', wrapperTarget: false } },
      { field: '#x', message: target('cvv error') },
    ],
    [
      'a CVV without a wrapperTarget',
      {},
      { cvv: { target: '#p-cvv' } },
      { field: 'cvv', message: 'CVV wrapper is required for card forms. If you do not have a wrapper, please provide false.' },
    ],
    ['a missing wrapper', {}, { cvv: { target: '#p-cvv', wrapperTarget: '#x' } }, { field: '#x', message: target('CVV wrapper') }],
  ] as const) {
    it(`is reported for ${what}`, async () => {
      const instance = await create(changes, { ...cardFields(), ...(fields as Fields) });
      await instance.initialize();
      expect(errors()).to.deep.equal([{ type: 'config', field: undefined, ...expected }]);
      expect(frames()).to.have.length(0);
      expect(posts('configuration')).to.equal(0);
    });
  }

  it('is reported for two form types in one config', async () => {
    addPlaces(['nameOnAccount']);
    const instance = await create({ fields: { card: cardFields(), pad: {} } });
    await instance.initialize();
    expect(errors()[0]).to.have.property('message', 'Only one of Card, ACH or PAD fields should be supplied for hosted fields.');
  });

  it('is reported for every target in a shadow root', async () => {
    const root = place.attachShadow({ mode: 'open' });
    root.append(...place.childNodes);
    const instance = await create();
    await instance.initialize();
    expect(errors()).to.have.length(5);
  });

  it('is reported when initialize() starts, so a later listener misses it', async () => {
    const instance = await create({ sessionToken: '' });
    const initialized = instance.initialize();
    expect(onError.callCount).to.equal(1);
    const late = spy();
    instance.on('error', late);
    await initialized;
    expect(late.callCount).to.equal(0);
  });

  it('rejects initialize() only when a listener throws', async () => {
    const instance = await create({ sessionToken: '' });
    expect(await instance.initialize()).to.equal(undefined);
    instance.on('error', () => {
      throw new Error('listener');
    });
    expect(await failure(instance.initialize())).to.have.property('message', 'listener');
  });
});

describe('initialize()', () => {
  it('resolves when the iframes are appended, not when they are ready', async () => {
    const instance = await create();
    await instance.initialize();
    expect(frames()).to.have.length(5);
    expect(opacities()).to.deep.equal(['0']);
    expect(instance.iframes.some(({ ready }) => ready)).to.equal(false);
  });

  it('appends one iframe with only src and style to each target', async () => {
    const instance = await open();
    for (const frame of frames()) expect(frame.getAttributeNames()).to.have.members(['src', 'style']);
    expect(instance.iframes.map(({ element }) => element.parentElement!.id)).to.deep.equal(names.map((name) => `p-${name}`));
  });

  it('puts the token, the origin and the field into the iframe URL', async () => {
    const instance = await open();
    const { searchParams } = new URL(instance.iframes[1]!.url);
    expect(searchParams.get('field')).to.equal('cardNumber');
    expect(searchParams.get('hostedFieldsSessionId')).to.match(/^[\da-f]{32}$/);
    expect(searchParams.get('targetOrigin')).to.equal(location.origin);
  });

  it('shows all iframes together when the last one is ready', async () => {
    const instance = await create();
    const seen = new Set<string>();
    const observer = new MutationObserver(() => seen.add(opacities().join()));
    observer.observe(place, { subtree: true, attributes: true });
    await instance.initialize();
    await until(() => opacities().join() === '1', 'the form');
    observer.disconnect();
    expect(opacities()).to.deep.equal(['1']);
    expect([...seen].at(-1)).to.equal('1');
    expect(instance.iframes.every(({ ready }) => ready)).to.equal(true);
  });

  it('fixes the size of each iframe when the form is shown', async () => {
    place.style.width = '200px';
    await open();
    expect(frames()[0]!.style.width).to.equal('300px');
    expect(frames()[0]!.style.height).to.match(/^4\dpx$/);
    expect(frames()[0]!.style.borderWidth).to.equal('0px');
  });

  itUnless(isWebKit, 'it lays out the content of a hidden iframe')('fixes the size at 0 in a hidden container', async () => {
    place.style.display = 'none';
    await open();
    expect([frames()[0]!.style.width, frames()[0]!.style.height]).to.deep.equal(['0px', '0px']);
  });

  it('repeats the request but appends no second iframe when it is called twice', async () => {
    const instance = await open();
    await instance.initialize();
    await arrive();
    expect(posts('configuration')).to.equal(2);
    expect(frames()).to.have.length(5);
  });

  it('appends an iframe for an unknown field, which never gets ready and keeps the form invisible', async () => {
    addPlaces(['zip']);
    await begin({}, { ...cardFields(), zip: { target: '#p-zip' } });
    expect(frames()).to.have.length(6);
    await pass(20_000);
    expect(opacities()).to.deep.equal(['0']);
    expect(onError.callCount).to.equal(0);
  });

  it('appends no iframe for a submit field with a placeholder', async () => {
    await open({}, { ...cardFields(), submit: { target: '#p-submit', placeholder: 'Pay' } });
    expect(frames()).to.have.length(4);
    expect(place.querySelector('#p-submit')!.childElementCount).to.equal(0);
  });

  it('appends no iframe for an account type with a value', async () => {
    const ach = ['nameOnAccount', 'accountType', 'achAccountNumber', 'routingNumber'];
    addPlaces(ach);
    const fields = Object.fromEntries([...ach, 'submit'].map((name) => [name, { target: `#p-${name}` }]));
    await open({ fields: { ach: { ...fields, accountType: { target: '#p-accountType', value: 'x' } } } });
    expect(place.querySelector('#p-accountType')!.childElementCount).to.equal(0);
  });

  it('shows the form in slotted light DOM', async () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(document.createElement('slot'));
    place.append(host);
    host.append(...[...place.children].filter((child) => child !== host));
    await open();
    expect(opacities()).to.deep.equal(['1']);
  });
});

describe('createPayrocLibrary: an init error', () => {
  for (const [what, fault, message] of [
    ['an unauthorised session', 401, 'The request is unauthorised, please check your credentials.'],
    ['a forbidden session', 403, 'The request is unauthorised, please check your credentials.'],
    ['any other 400 response', 400, 'This is the simulated fault 400.'],
  ] as const) {
    it(`is reported without a retry for ${what}`, async () => {
      api.faults.configuration = fault;
      await begin();
      expect(errors()).to.deep.equal([{ type: 'init', message }]);
      expect(frames()).to.have.length(0);
    });
  }

  it('is reported without a retry for an unknown token', async () => {
    await begin({ sessionToken: 'abcdef1234567890' });
    expect(errors()).to.deep.equal([{ type: 'init', message: 'The provided session token is invalid.' }]);
  });

  it('is reported without a retry for a terminal without bank transfers or without tokenization', async () => {
    api = createPayrocApi({ bankTransfers: false, tokenization: false });
    library = createPayrocLibrary({ fetch: api.fetch });
    const pad = ['nameOnAccount', 'padAccountNumber', 'institutionNumber', 'transitNumber'];
    addPlaces(pad);
    await begin({ fields: { pad: Object.fromEntries([...pad, 'submit'].map((name) => [name, { target: `#p-${name}` }])) } });
    await begin({ mode: 'tokenization' });
    expect(errors().map((error) => (error as { message: string }).message)).to.deep.equal([
      'Capability not supported',
      'The terminal is not set up for tokenization.',
    ]);
  });

  for (const fault of [500, 404, 'drop', 'html'] as const) {
    it(`is reported after five more tries and about 35 s for ${fault}`, async () => {
      api.faults.configuration = fault;
      const instance = await create();
      void instance.initialize();
      await pass(34_000);
      expect(onError.callCount).to.equal(0);
      expect(posts('configuration')).to.equal(5);
      await pass(2_000);
      expect(errors()[0]).to.have.property('type', 'init');
      expect(posts('configuration')).to.equal(6);
    });
  }

  it('is not reported when a later try succeeds', async () => {
    api.faults.configuration = [503];
    const instance = await create();
    const initialized = instance.initialize();
    await pass(6_000);
    await initialized;
    await until(() => opacities().join() === '1', 'the form');
  });
});

describe('createPayrocLibrary: iframes that never connect', () => {
  it('are appended again every 30 s and removed with a field error after 150 s', async () => {
    library.faults.neverConnected = true;
    await begin();
    const [first] = frames();
    await pass(31_000);
    expect(frames()[0]).to.not.equal(first);
    expect(frames()).to.have.length(5);
    await pass(118_000);
    expect(frames()).to.have.length(5);
    await pass(2_000);
    expect(frames()).to.have.length(0);
    expect(errors()[0]).to.deep.include({ type: 'field', message: 'The maximum number of retries to embed this field has been reached.' });
  });
});

describe('createPayrocLibrary: a field', () => {
  it('reports an invalid value in the configured language and then a valid one', async () => {
    await open({ locale: 'es-PE' });
    type(place, 'cardNumber', '4111x');
    await untilValidityChanged();
    expect(onValidity.lastCall.args[0]).to.deep.equal({ field: 'cardNumber', validationError: 'Este campo solo admite números' });
    type(place, 'cardNumber', payrocCards.approved);
    await untilValidityChanged(2);
    expect(onValidity.lastCall.args[0]).to.deep.equal({ field: 'cardNumber' });
  });

  for (const [name, value, validationError] of [
    ['cardNumber', '', 'This field is required'],
    ['cardNumber', '4111 1111 1111 1112', 'Card number is invalid'],
    ['expiryDate', '', 'This field is required'],
    ['expiryDate', '02/26', 'Expiry date is invalid'],
    ['expiryDate', '13/49', 'Expiry date is invalid'],
    ['expiryDate', '0326', undefined],
    ['cvv', '12', 'This number is too short or too long'],
    ['cvv', 'abc', 'This field must contain numbers only'],
    ['cvv', '1234', undefined],
    ['cardholderName', ' ', 'This field is required'],
    ['cardholderName', 'Sarah', undefined],
  ] as const) {
    it(`reports ${validationError ? `"${validationError}"` : 'no error'} for ${name} with "${value}"`, async () => {
      await open();
      type(place, name, value);
      await untilValidityChanged();
      expect(onValidity.lastCall.args[0]).to.deep.equal(validationError ? { field: name, validationError } : { field: name });
    });
  }

  it('writes the validation error into its errorTarget and removes it once the value is valid', async () => {
    addPlaces(['error']);
    await open({}, { ...cardFields(), cvv: { target: '#p-cvv', errorTarget: '#p-error', wrapperTarget: false } });
    type(place, 'cvv', '1');
    await untilValidityChanged();
    expect(place.querySelector('#p-error')!.textContent).to.equal('This number is too short or too long');
    type(place, 'cvv', '123');
    await untilValidityChanged(2);
    expect(place.querySelector('#p-error')!.textContent).to.equal('');
  });

  it('posts its value when it is valid and new', async () => {
    await open();
    type(place, 'cvv', '1');
    type(place, 'cvv', '123');
    type(place, 'cvv', '123');
    await untilValidityChanged(3);
    expect(posts('fields')).to.equal(1);
  });

  it('reports a field error without a field name when its request fails', async () => {
    await open();
    api.faults.fields = 401;
    type(place, 'cvv', '123');
    await until(() => onError.called, 'an error');
    expect(errors()).to.deep.equal([{ type: 'field', message: 'The request is unauthorised, please check your credentials.' }]);
  });

  it('loses its value when it is moved', async () => {
    await open();
    const cvv = place.querySelector('#p-cvv')!;
    const drawn = () => cvv.querySelector('iframe')!.contentDocument?.querySelector('input');
    type(place, 'cvv', '123');
    await untilValidityChanged();
    place.prepend(cvv);
    await until(() => Boolean(drawn()), 'the field');
    expect(drawn()!.value).to.equal('');
  });

  it('reports for each card whether it has a surcharge', async () => {
    const [allowed, notAllowed] = [spy(), spy()];
    const instance = await open();
    instance.on('surchargingAllowed', allowed);
    instance.on('surchargingNotAllowed', notAllowed);
    type(place, 'cardNumber', payrocCards.approved);
    await until(() => notAllowed.called, 'a word on the surcharge');
    expect([allowed.callCount, notAllowed.args]).to.deep.equal([0, [[undefined]]]);
    type(place, 'cardNumber', payrocCards.surcharge);
    await until(() => allowed.called, 'the surcharge');
    expect(allowed.args).to.deep.equal([[{ percentage: 3, disclosure: 'A surcharge of 3% applies to credit cards.' }]]);
  });

  it('keeps its input when the shopper presses Enter', async () => {
    await open();
    type(place, 'cvv', '123');
    const before = input('cvv');
    before.focus();
    await sendKeys({ press: 'Enter' });
    await arrive();
    expect(input('cvv')).to.equal(before);
  });

  it('posts its messages from its own window', async () => {
    const instance = await open();
    const sources: unknown[] = [];
    const listening = new AbortController();
    window.addEventListener('message', ({ source }) => sources.push(source), listening);
    type(place, 'cvv', '1');
    await arrive();
    listening.abort();
    expect(sources).to.deep.equal([instance.iframes.find(({ field: name }) => name === 'cvv')!.element.contentWindow]);
  });

  it('applies only documented custom styles on top of the default styles', async () => {
    await open({ styles: { css: { input: { color: 'rgb(1, 2, 3)', cursor: 'help' }, '#evil': { color: 'red' } } } });
    expect(getComputedStyle(input('cvv')).color).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(input('cvv')).cursor).to.not.equal('help');
    expect(createCss({ '#evil': { color: 'red' }, input: { cursor: 'help' } })).to.equal('input {  }');
    expect(createCss(defaultCss).split('\n')).to.have.length(Object.keys(defaultCss).length);
  });

  it('omits the default styles with disableDefaultStyles', async () => {
    await open({ styles: { disableDefaultStyles: true } });
    expect(getComputedStyle(button()).backgroundColor).to.not.equal('rgb(23, 134, 97)');
  });

  it('offers a choice for the account type', async () => {
    const ach = ['nameOnAccount', 'accountType', 'achAccountNumber', 'routingNumber'];
    addPlaces(ach);
    await open({ fields: { ach: Object.fromEntries([...ach, 'submit'].map((name) => [name, { target: `#p-${name}` }])) } });
    button().click();
    await until(() => onValidity.args.some(([change]) => (change as { field: string }).field === 'accountType'), 'a word on the choice');
    await gaveBack();
    payWithHostedFields(place, '1234567890');
    await succeeded();
  });
});

describe('createPayrocLibrary: the submission', () => {
  const result = { token: /^[\da-f]{128}$/, expiresAt: /Z$/ };

  it('reports a single-use token and leaves the button and the fields disabled', async () => {
    await open();
    payWithHostedFields(place, payrocCards.approved);
    await succeeded();
    const [success] = onSuccess.firstCall.args as [{ token: string; expiresAt: string }];
    expect(success.token).to.match(result.token);
    expect(success.expiresAt).to.match(result.expiresAt);
    await pass(60_000);
    expect([button().disabled, button().className, input('cvv').disabled]).to.deep.equal([true, 'loading', true]);
    expect(onSuccess.callCount).to.equal(1);
  });

  it('takes about 5 s right after the last field changes', async () => {
    await open();
    payWithHostedFields(place, payrocCards.approved);
    await arrive();
    await pass(4_000);
    expect(posts('single-use-tokens')).to.equal(0);
    await succeeded();
  });

  it('succeeds immediately when the gateway already has the fields', async () => {
    await open();
    await fillIn();
    button().click();
    await succeededAtOnce();
  });

  it('polls more often with a shorter pollInterval', async () => {
    library = createPayrocLibrary({ fetch: api.fetch, pollInterval: 10 });
    await open();
    payWithHostedFields(place, payrocCards.approved);
    const { now } = clock;
    await succeeded();
    expect(clock.now - now).to.be.below(5_000);
  });

  it('stops without an error when a field is invalid or missing', async () => {
    await open();
    button().click();
    await untilValidityChanged(4);
    await gaveBack();
    expect([onError.callCount, onSuccess.callCount, button().disabled]).to.deep.equal([0, 0, false]);
  });

  it('fails after ten polls while the field requests stay pending', async () => {
    await open();
    api.faults.fields = 'hang';
    payWithHostedFields(place, payrocCards.approved);
    await until(() => onError.called, 'an error');
    expect(errors()).to.deep.equal([{ type: 'submission', message: 'The fields could not be submitted.' }]);
  });

  it('reports a submission error and enables the fields when the token request fails', async () => {
    await open();
    await fillIn();
    api.faults.singleUseTokens = [401, 500];
    for (const message of ['The request is unauthorised, please check your credentials.', 'The gateway answered 500.']) {
      const before = errors().length;
      button().click();
      await until(() => errors().length > before, 'an error', 0);
      await gaveBack();
      expect(errors().at(-1)).to.deep.equal({ type: 'submission', message });
      expect([button().disabled, input('cvv').disabled]).to.deep.equal([false, false]);
    }
  });

  it('starts when the page calls submitInitiated()', async () => {
    const instance = await open();
    await fillIn();
    instance.submitInitiated();
    await succeededAtOnce();
  });
});

describe('onPreSubmit', () => {
  async function click(onPreSubmit: () => unknown): Promise<void> {
    await open({ onPreSubmit: onPreSubmit as () => boolean });
    await fillIn();
    button().click();
  }

  for (const answer of [() => true, () => Promise.resolve(true)]) {
    it(`continues the submission with ${String(answer)}`, async () => {
      await click(answer);
      await succeededAtOnce();
    });
  }

  for (const answer of [() => false, () => Promise.resolve(false), () => Promise.reject(new Error('x'))]) {
    it(`cancels the submission with ${String(answer)}`, async () => {
      await click(answer);
      await gaveBack();
      expect([onSuccess.callCount, input('cvv').disabled]).to.deep.equal([0, false]);
    });
  }

  it('runs while all fields are disabled', async () => {
    let disabled: boolean | undefined;
    await click(async () => {
      await settled();
      disabled = input('cvv').disabled;
      return false;
    });
    await gaveBack();
    expect(disabled).to.equal(true);
  });

  for (const answer of [() => undefined, () => expect.fail('thrown')]) {
    it(`leaves the form disabled and throws an uncaught error with ${String(answer)}`, async () => {
      const uncaught = spy();
      const before = window.onerror;
      window.onerror = (...details) => (uncaught(details), true);
      await click(answer);
      await until(() => uncaught.called, 'the error');
      await arrive();
      window.onerror = before;
      expect([onSuccess.callCount, button().disabled, input('cvv').disabled]).to.deep.equal([0, true, true]);
      expect(uncaught.callCount).to.equal(1);
    });
  }
});

describe('destroy()', () => {
  it('removes its message listener and keeps the iframes', async () => {
    const instance = await open();
    instance.destroy();
    expect(frames()).to.have.length(5);
    type(place, 'cvv', '1');
    await arrive();
    expect(onValidity.callCount).to.equal(0);
  });

  it('leaves its iframes beside those of the next form when the targets are not emptied', async () => {
    (await open()).destroy();
    await open();
    expect(frames()).to.have.length(10);
  });

  it('lets a new form work once the targets are empty', async () => {
    (await open()).destroy();
    for (const frame of frames()) frame.remove();
    await open();
    expect(opacities()).to.deep.equal(['1']);
    payWithHostedFields(place, payrocCards.approved);
    await succeeded();
  });

  it('does not stop a form with unconnected iframes from appending them again after 30 s', async () => {
    const instance = await create();
    await instance.initialize();
    instance.destroy();
    place.replaceChildren();
    addPlaces(names);
    await pass(31_000);
    expect(frames()).to.have.length(5);
  });

  it('does not stop a pending initialize() from appending the iframes', async () => {
    const instance = await create();
    const initialized = instance.initialize();
    instance.destroy();
    await initialized;
    expect(frames()).to.have.length(5);
  });
});

describe('createPayrocLibrary: two forms on a page', () => {
  it('request two tokens for one click and report two successes', async () => {
    await open();
    await open();
    expect(frames()).to.have.length(10);
    fillInHostedFields(place, payrocCards.approved);
    for (const one of frames().slice(5)) one.dataset.second = '';
    await arrive();
    for (const name of names.slice(0, 4)) {
      const second = place.querySelectorAll<HTMLIFrameElement>(`#p-${name} iframe`)[1]!.contentDocument!.querySelector('input')!;
      second.value = input(name).value;
      second.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await arrive();
    button().click();
    await until(() => onSuccess.callCount === 2, 'both successes');
    expect(posts('single-use-tokens')).to.equal(2);
  });
});

describe('createPayrocLibrary: listeners', () => {
  it('are registered once each and can be removed through the internal eventEmitter', async () => {
    const instance = await create({ sessionToken: '' });
    instance.on('error', onError);
    await instance.initialize();
    expect(onError.callCount).to.equal(1);
    instance.eventEmitter.removeListener('error', onError);
    await instance.initialize();
    expect(onError.callCount).to.equal(1);
  });

  it('receive no messages from another origin and no foreign messages', async () => {
    await open();
    const from = (origin: string, data: unknown) => window.dispatchEvent(new MessageEvent('message', { origin, data }));
    from('https://evil.example.com', { id: 'payroc:field-invalid', payload: { field: 'cvv', validationError: 'x' } });
    from(location.origin, { id: 'other' });
    from(location.origin, undefined);
    expect(onValidity.callCount).to.equal(0);
  });
});

describe('createPayrocLibrary: a fault', () => {
  it('makes the constructor or initialize() throw', async () => {
    library.faults.constructorThrows = true;
    expect(await failure(create())).to.be.instanceOf(Error);
    library.faults.constructorThrows = false;
    library.faults.initThrows = true;
    const instance = await create();
    expect(() => void instance.initialize()).to.throw('initialize');
  });

  it('keeps the form invisible for neverReady and shows it with other styles for renamedStyles', async () => {
    library.faults.neverReady = true;
    const instance = await begin();
    expect(opacities()).to.deep.equal(['0']);
    instance.destroy();
    place.replaceChildren();
    addPlaces(names);
    library.faults.neverReady = false;
    library.faults.renamedStyles = true;
    await open();
    expect(opacities()).to.deep.equal(['']);
  });

  it('reports a success twice and then removes the form for talksOn', async () => {
    library.faults.talksOn = true;
    await open();
    await fillIn();
    button().click();
    await until(() => onError.called, 'an error');
    expect([onSuccess.callCount, frames().length]).to.deep.equal([2, 0]);
    expect(errors()[0]).to.include({ type: 'field', field: 'submit' });
  });

  it('delays the iframes for slow', async () => {
    library.faults.slow = 3_000;
    await begin();
    expect(opacities()).to.deep.equal(['0']);
    await pass(4_000);
    expect(opacities()).to.deep.equal(['1']);
  });
});

describe('payWithHostedFields', () => {
  it('throws when the container has no form', () => {
    expect(() => payWithHostedFields(place, payrocCards.approved)).to.throw('There is no form here');
  });
});
