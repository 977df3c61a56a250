import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers } from 'sinon';
import { fakeClock, until } from '../../../support/clock.js';
import { settled } from '../../../support/work.js';
import { closeForms, drawFrames, failureOf, FakeKrypton, hang, mountForm, openForm, publicKey } from './fake-krypton.js';

const lastCall = (library: FakeKrypton) => library.calls.at(-1) ?? '';
const attached = (library: FakeKrypton) => until(() => lastCall(library).startsWith('attachForm'), 'attachForm');

describe('opening a form of micuentaweb', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(async () => {
    closeForms();
    // Ends the turns of libraries that hang.
    await clock.tickAsync(20_000);
    clock.restore();
  });

  it('removes earlier forms, registers its callbacks, sets the options, and then attaches the form', async () => {
    const { library, container } = await openForm();
    expect(library.calls).to.deep.equal([
      'removeForms',
      'onFormReady',
      'onFocus',
      'onError',
      'onSubmit',
      'setFormConfig',
      `attachForm #${container.id}`,
    ]);
  });

  it('passes the token, the key and the language, and hides the toolbar of test keys', async () => {
    const { library } = await openForm();
    expect(library.options).to.deep.equal([
      {
        ...{ formToken: 'form-token', publicKey, 'kr-language': 'es-PE' },
        ...{ 'kr-spa-mode': true, 'kr-hide-debug-toolbar': true },
      },
    ]);
  });

  it('passes on the options of the config that begin with `kr-`, and no others', async () => {
    const config = { 'kr-placeholder-pan': 'Tarjeta', 'kr-language': 'en-US', formToken: 'of the page', order: {} };
    const { library } = await openForm({ config });
    expect(library.options[0]).to.include({ 'kr-placeholder-pan': 'Tarjeta', 'kr-language': 'en-US', formToken: 'form-token' });
    expect(library.options[0]).to.not.have.property('order');
  });

  for (const option of ['kr-post-url-success', 'kr-get-url-refused', 'kr-form-token', 'kr-public-key', 'kr-spa-mode']) {
    it(`refuses the option ${option}`, async () => {
      const { mounted, library } = mountForm({ config: { [option]: 'https://shop.example.com' } });
      const error = await failureOf(mounted);
      expect(error).to.include({ code: 'config', reason: 'provider-config' });
      expect(error.message).to.contain(option).and.not.contain('shop.example.com');
      expect(library.calls).to.deep.equal([]);
    });
  }

  it('builds the fields of a card, without a control that has a name', async () => {
    const { container } = await openForm();
    const classes = [...container.querySelectorAll('.kr-embedded > div, .kr-embedded > button')].map(({ className }) => className);
    expect(classes).to.deep.equal(['kr-pan', 'kr-expiry', 'kr-security-code', 'kr-payment-button', 'kr-form-error']);
    expect(container.querySelectorAll('[name]')).to.have.length(0);
    expect(container.querySelector('button')!.type).to.equal('button');
  });

  it('builds the smart form if the config says so', async () => {
    const { container } = await openForm({ config: { form: 'smart' } });
    expect(container.querySelector('.kr-smart-form')).to.not.equal(null);
    expect(container.querySelector('.kr-embedded')).to.equal(null);
  });

  it('is ready when the library reports it and the frames are in the container', async () => {
    const { library, mounted } = mountForm();
    const isReady = spy();
    void mounted.then(isReady);
    await attached(library);
    await settled();
    expect(isReady.callCount, 'before the report').to.equal(0);
    library.call('onFormReady');
    await mounted;
  });

  it('is not ready until the frames are in the container', async () => {
    const library = new FakeKrypton();
    library.draws = false;
    const { mounted, container } = mountForm({ library });
    const isReady = spy();
    void mounted.then(isReady);
    await attached(library);
    library.call('onFormReady');
    await settled();
    expect(isReady.callCount).to.equal(0);
    drawFrames(container.firstElementChild!);
    await mounted;
  });

  it('fails after 20 s if the library never reports that the form is ready', async () => {
    const { library, mounted } = mountForm();
    await attached(library);
    await clock.tickAsync(21_000);
    expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'timeout' });
  });

  it('attaches the form after 4 s even if the options never settle', async () => {
    const library = new FakeKrypton();
    library.answers.setFormConfig = hang;
    mountForm({ library });
    await until(() => lastCall(library) === 'setFormConfig', 'setFormConfig');
    await clock.tickAsync(3_900);
    expect(lastCall(library)).to.equal('setFormConfig');
    await clock.tickAsync(200);
    expect(lastCall(library)).to.match(/^attachForm/);
  });

  it('fails with the code by which the library refuses a token', async () => {
    const library = new FakeKrypton();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the library does
    library.answers.setFormConfig = () => Promise.reject('CLIENT_100');
    const error = await failureOf(mountForm({ library }).mounted);
    expect(error).to.include({ code: 'provider', reason: 'session' });
    expect(error.message).to.contain('CLIENT_100');
    expect(lastCall(library)).to.equal('setFormConfig');
  });

  it('does not quote a rejection that is no code', async () => {
    for (const reason of [undefined, { message: 'secret token' }, 'a secret token']) {
      const library = new FakeKrypton();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the library does
      library.answers.setFormConfig = () => Promise.reject(reason);
      const error = await failureOf(mountForm({ library }).mounted);
      expect(error).to.include({ code: 'provider', reason: 'session' });
      expect(error.message).to.not.contain('secret');
      closeForms();
    }
  });

  it('names the code of a rejection that is an error of the library', async () => {
    const library = new FakeKrypton();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the library does
    library.answers.setFormConfig = () => Promise.reject({ errorCode: 'INT_904', errorMessage: 'secret' });
    const error = await failureOf(mountForm({ library }).mounted);
    expect(error).to.include({ code: 'config', reason: 'provider-config' });
    expect(error.message).to.contain('INT_904').and.contain('publicKey');
  });

  it('rejects with the error of `attachForm`', async () => {
    const library = new FakeKrypton();
    library.answers.attachForm = () => Promise.reject(new RangeError('secret'));
    expect(await failureOf(mountForm({ library }).mounted)).to.be.an.instanceOf(RangeError);
  });

  it('does not call the library with a token that expired while it waited', async () => {
    const { library, mounted } = mountForm({ context: { isExpired: () => true } });
    expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'session' });
    expect(library.calls).to.deep.equal([]);
  });

  it('reports that the shopper uses the form when a field gets the focus', async () => {
    const { library, onTouched, controller } = await openForm();
    expect(onTouched.callCount).to.equal(0);
    library.call('onFocus', { field: 'pan' });
    expect(onTouched.callCount).to.equal(1);
    controller.abort();
    library.call('onFocus', { field: 'pan' });
    expect(onTouched.callCount, 'after the end').to.equal(1);
  });

  describe('ending a form', () => {
    it('empties the container and does not call the library', async () => {
      const { library, container, controller } = await openForm();
      const before = [...library.calls];
      controller.abort();
      await settled();
      expect(container.childElementCount).to.equal(0);
      expect(library.calls).to.deep.equal(before);
    });

    it('still attaches a form that ended while its options were set', async () => {
      const library = new FakeKrypton();
      let configure = () => {};
      library.answers.setFormConfig = () => new Promise<void>((resolve) => (configure = resolve));
      const { controller } = mountForm({ library });
      await until(() => lastCall(library) === 'setFormConfig', 'setFormConfig');
      controller.abort();
      configure();
      await settled();
      expect(lastCall(library)).to.match(/^attachForm/);
    });

    it('skips a form that ended before its turn', async () => {
      const library = new FakeKrypton();
      library.answers.removeForms = hang;
      const first = mountForm({ library });
      await until(() => lastCall(library) === 'removeForms', 'removeForms');
      first.controller.abort();
      const skipped = mountForm({ library });
      skipped.controller.abort();
      await clock.tickAsync(9_000);
      expect(library.calls.filter((call) => call === 'removeForms')).to.have.length(1);
    });

    it('starts the next form when the calls of the last one have ended or were given up', async () => {
      const library = new FakeKrypton();
      library.answers.attachForm = hang;
      const first = mountForm({ library });
      await attached(library);
      first.controller.abort();
      const second = mountForm({ library });
      await clock.tickAsync(3_900);
      expect(lastCall(library)).to.equal(`attachForm #${first.container.id}`);
      await clock.tickAsync(200);
      expect(lastCall(library)).to.equal(`attachForm #${second.container.id}`);
    });

    it('registers the same functions for every form, because the library keeps them', async () => {
      const library = new FakeKrypton();
      const { controller } = await openForm({ library });
      const first = [...library.callbacks];
      controller.abort();
      await openForm({ library });
      expect(first.every(([name, callback]) => library.callbacks.get(name) === callback)).to.equal(true);
      expect(new Set(first.map(([, callback]) => String(callback)))).to.have.length(4);
    });
  });

  describe('sharing the page', () => {
    it('fails with already-open until the first form ends', async () => {
      const { controller } = await openForm();
      expect(await failureOf(mountForm().mounted)).to.include({ code: 'config', reason: 'already-open', retryable: true });
      controller.abort();
      await openForm();
    });

    it('takes the page over from an untouched form that is hidden', async () => {
      const onRemoved = spy(() => hidden.controller.abort());
      const hidden = await openForm({ context: { onRemoved } });
      hidden.container.style.display = 'none';
      await openForm();
      expect(onRemoved.callCount).to.equal(1);
    });

    it('refuses a second public key, because the library keeps the first one', async () => {
      const { controller } = await openForm();
      controller.abort();
      const { mounted, library } = mountForm({ config: { publicKey: '11111111:testpublickey_OTHER' } });
      const error = await failureOf(mounted);
      expect(error).to.include({ code: 'config', reason: 'environment-conflict' });
      expect(error.message).to.not.contain('testpublickey');
      expect(library.calls).to.deep.equal([]);
    });

    for (const name of ['kr-embedded', 'kr-smart-form']) {
      it(`refuses to open beside a live .${name} of the page`, async () => {
        const foreign = Object.assign(document.createElement('div'), { className: name });
        document.body.append(foreign);
        drawFrames(foreign);
        const { mounted, library, controller } = mountForm();
        const error = await failureOf(mounted);
        expect(error).to.include({ code: 'config', reason: 'already-open' });
        expect(error.message).to.contain(name);
        expect(library.calls).to.deep.equal([]);
        controller.abort();
        foreign.replaceChildren();
        await openForm();
        foreign.remove();
      });
    }

    it('removes a copy of an earlier form that the page has stored', async () => {
      const { container, controller } = await openForm();
      const copy = container.cloneNode(true) as HTMLElement;
      copy.id = 'copy';
      controller.abort();
      document.body.append(copy);
      await openForm();
      expect(copy.childElementCount).to.equal(0);
      copy.remove();
    });
  });

  describe('renewing the token', () => {
    it('sets the new token with the same options, and draws nothing again', async () => {
      const { renew, library, container } = await openForm({ config: { 'kr-placeholder-pan': 'Tarjeta' } });
      const frame = container.querySelector('iframe');
      const before = library.calls.length;
      await renew({ token: 'fresh', isExpired: () => false });
      expect(library.calls.slice(before)).to.deep.equal(['setFormConfig']);
      expect(library.options[1]).to.deep.equal({ ...library.options[0], formToken: 'fresh' });
      expect(container.querySelector('iframe')).to.equal(frame);
    });

    it('rejects if the library refuses the token', async () => {
      const { renew, library } = await openForm();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the library does
      library.answers.setFormConfig = () => Promise.reject('CLIENT_100');
      expect(await failureOf(renew({ token: 'bad', isExpired: () => false }))).to.include({ code: 'provider', reason: 'session' });
    });

    it('rejects after 4 s without an answer', async () => {
      const { renew, library } = await openForm();
      library.answers.setFormConfig = hang;
      const failed = failureOf(renew({ token: 'fresh', isExpired: () => false }));
      await clock.tickAsync(4_100);
      expect(await failed).to.include({ code: 'provider', reason: 'timeout' });
    });

    it('does not call the library for a token that expired, or for a form that ended', async () => {
      const { renew, library, controller } = await openForm();
      const before = library.calls.length;
      expect(await failureOf(renew({ token: 'fresh', isExpired: () => true }))).to.include({ reason: 'session' });
      controller.abort(new RangeError());
      expect(await failureOf(renew({ token: 'fresh', isExpired: () => false }))).to.be.an.instanceOf(RangeError);
      expect(library.calls).to.have.length(before);
    });
  });
});
