import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { fakeClock } from '../../../support/clock.js';
import { unreadable } from '../../../support/unreadable.js';
import { settled } from '../../../support/work.js';
import { closeForms, failure, failureOf, FakeKrypton, mountForm, openForm, signed, type Json } from './fake-krypton.js';

const uncertain = { status: 'pending', raw: {} };
const rawOf = ({ clientAnswer: _, ...raw }: Json) => raw;

describe('the outcomes of micuentaweb', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(async () => {
    closeForms();
    await clock.tickAsync(20_000);
    clock.restore();
  });

  /** Opens a form, presses the button, and returns what the form reports when the library calls back. */
  const reported = async (callback: string, payload: unknown, { pays = true } = {}) => {
    const form = await openForm();
    if (pays) form.container.querySelector('button')!.click();
    form.library.call(callback, payload);
    expect(form.report.callCount, 'not within the call of the library').to.equal(0);
    await settled();
    return { ...form, outcomes: form.report.args.map(([outcome]) => outcome) };
  };

  describe('of a result', () => {
    for (const [orderStatus, status] of [
      ['PAID', 'succeeded'],
      ['RUNNING', 'pending'],
      ['PARTIALLY_PAID', 'pending'],
      ['ABANDONED', 'pending'],
      ['UNPAID', 'pending'],
      ['a word of a newer version', 'pending'],
    ] as const) {
      it(`is ${status} for a signed order that is ${orderStatus}`, async () => {
        const answer = signed(orderStatus);
        const { outcomes, onUncertain } = await reported('onSubmit', answer);
        expect(outcomes).to.deep.equal([{ status, reference: 'u-1', raw: rawOf(answer) }]);
        expect(onUncertain.callCount).to.equal(0);
      });
    }

    it('is none for a refused payment while its order is open', async () => {
      expect((await reported('onSubmit', signed('UNPAID', { cycle: 'OPEN' }))).outcomes).to.deep.equal([]);
    });

    it('is succeeded for a paid order that is open', async () => {
      const { outcomes } = await reported('onSubmit', signed('PAID', { cycle: 'OPEN' }));
      expect(outcomes[0]).to.have.property('status', 'succeeded');
    });

    it('is none for a result without an answer, as after the last attempt', async () => {
      const empty = { clientAnswer: null, rawClientAnswer: null, hash: null, hashAlgorithm: null };
      expect((await reported('onSubmit', empty)).outcomes).to.deep.equal([]);
      closeForms();
      expect((await reported('onSubmit', undefined)).outcomes).to.deep.equal([]);
    });

    for (const missing of ['hash', 'hashAlgorithm']) {
      it(`is uncertain for an answer without its ${missing}`, async () => {
        const { outcomes, onUncertain } = await reported('onSubmit', { ...signed('PAID'), [missing]: null });
        expect(outcomes).to.deep.equal([uncertain]);
        expect(onUncertain.callCount).to.equal(1);
      });
    }

    for (const [what, payload] of [
      ['that cannot be read', unreadable()],
      ['whose signed text is no JSON', { ...signed('PAID'), rawClientAnswer: '{' }],
      ['whose signed text is no text', { ...signed('PAID'), rawClientAnswer: {} }],
    ] as const) {
      it(`is uncertain for an answer ${what}`, async () => {
        const { outcomes, onUncertain } = await reported('onSubmit', payload);
        expect(outcomes).to.deep.equal([uncertain]);
        expect(onUncertain.callCount).to.equal(1);
      });
    }

    it('has the text of the answer if the library gives no raw text', async () => {
      const answer = signed('PAID');
      const { outcomes } = await reported('onSubmit', { ...answer, rawClientAnswer: null });
      expect(outcomes[0]).to.deep.include({ raw: rawOf(answer) });
    });

    it('is read from the signed text, not from the object beside it', async () => {
      const { outcomes } = await reported('onSubmit', { ...signed('RUNNING'), clientAnswer: signed('PAID').clientAnswer });
      expect(outcomes[0]).to.have.property('status', 'pending');
    });

    it('has the newest transaction as its reference', async () => {
      const transactions = [
        { uuid: 'old', creationDate: '2026-01-01T10:00:00+00:00' },
        { uuid: 'new', creationDate: '2026-01-01T10:05:00+00:00' },
        { uuid: 'middle', creationDate: '2026-01-01T10:02:00+00:00' },
      ];
      const { outcomes } = await reported('onSubmit', signed('PAID', { transactions }));
      expect(outcomes[0]).to.have.property('reference', 'new');
    });

    for (const transactions of [[], null, [{ uuid: 7 }]]) {
      it(`has no reference for the transactions ${JSON.stringify(transactions)}`, async () => {
        const { outcomes } = await reported('onSubmit', signed('PAID', { transactions }));
        expect(outcomes[0]).to.have.property('status', 'succeeded');
        expect(outcomes[0]).to.not.have.property('reference');
      });
    }

    it('answers the library with a synchronous false, which keeps the page', async () => {
      const { library } = await openForm();
      for (const payload of [signed('PAID'), undefined, unreadable()]) expect(library.call('onSubmit', payload)).to.equal(false);
    });

    it('is reported after the form ended', async () => {
      const { library, controller, report } = await openForm();
      controller.abort();
      library.call('onSubmit', signed('PAID'));
      await settled();
      expect(report.firstCall.args[0]).to.have.property('status', 'succeeded');
    });

    it('is reported to the form that was drawn last', async () => {
      const library = new FakeKrypton();
      const first = await openForm({ library });
      first.controller.abort();
      const second = await openForm({ library });
      library.call('onSubmit', signed('PAID'));
      await settled();
      expect([first.report.callCount, second.report.callCount]).to.deep.equal([0, 1]);
    });
  });

  describe('of an error', () => {
    for (const code of ['CLIENT_300', 'CLIENT_301', 'CLIENT_304', 'CLIENT_306', 'CLIENT_310', 'CLIENT_705', 'CLIENT_708']) {
      it(`is none for ${code}, which the form shows or the page causes`, async () => {
        const { outcomes, onUncertain } = await reported('onError', failure(code));
        expect(outcomes).to.deep.equal([]);
        expect(onUncertain.callCount).to.equal(0);
      });
    }

    it('is none for a signed refusal while its order is open', async () => {
      const { outcomes, onUncertain } = await reported('onError', failure('ACQ_001', signed('UNPAID', { cycle: 'OPEN' })));
      expect(outcomes).to.deep.equal([]);
      expect(onUncertain.callCount).to.equal(0);
    });

    it('asks the backend about a signed refusal whose order is closed', async () => {
      const answer = signed('UNPAID');
      const { outcomes, onUncertain } = await reported('onError', failure('ACQ_001', answer));
      expect(outcomes).to.deep.equal([{ status: 'pending', reference: 'u-1', raw: rawOf(answer) }]);
      expect(onUncertain.callCount).to.equal(0);
    });

    it('is pending for an error with a paid order, which contradicts itself', async () => {
      expect((await reported('onError', failure('ACQ_001', signed('PAID')))).outcomes[0]).to.have.property('status', 'pending');
    });

    it('is uncertain for the unsigned answer of a part payment', async () => {
      const { outcomes } = await reported('onError', failure('PSP_996', signed('PARTIALLY_PAID').clientAnswer));
      expect(outcomes).to.deep.equal([uncertain]);
    });

    for (const code of ['PSP_108', 'PSP_136', 'PSP_649', 'INT_903']) {
      it(`is expired for ${code}`, async () => {
        const { outcomes, onUncertain } = await reported('onError', failure(code));
        expect(outcomes).to.deep.equal([{ status: 'expired' }]);
        expect(onUncertain.callCount).to.equal(0);
      });
    }

    const unknown = ['CLIENT_101', 'PSP_998', 'PSP_997', 'PSP_999', 'PSP_099', 'ACQ_001', 'ACQ_999', 'AUTH_149', 'NEW_001', 7, undefined];
    for (const code of unknown) {
      it(`is uncertain for ${code} without an answer after the shopper pressed the button`, async () => {
        const { outcomes, onUncertain } = await reported('onError', failure(code));
        expect(outcomes).to.deep.equal([uncertain]);
        expect(onUncertain.callCount).to.equal(1);
        expect(JSON.stringify(outcomes)).to.not.contain('secret');
      });
    }

    it('is uncertain for an error that cannot be read', async () => {
      const { outcomes, onUncertain } = await reported('onError', unreadable());
      expect(outcomes).to.deep.equal([uncertain]);
      expect(onUncertain.callCount).to.equal(1);
    });

    it('is uncertain after the shopper used the form without the button, as by the Enter key in a field', async () => {
      const { library, touch, report } = await openForm();
      touch.abort();
      library.call('onError', failure('PSP_998'));
      await settled();
      expect(report.args).to.deep.equal([[uncertain]]);
    });

    it('is none for an unknown code before the shopper used the form', async () => {
      expect((await reported('onError', failure('CLIENT_999'), { pays: false })).outcomes).to.deep.equal([]);
    });

    it('is uncertain for a form that was already submitted, also before the shopper used it', async () => {
      expect((await reported('onError', failure('CLIENT_502'), { pays: false })).outcomes).to.deep.equal([uncertain]);
    });

    for (const [code, errorCode, reason] of [
      ['CLIENT_100', 'provider', 'session'],
      ['CLIENT_004', 'config', 'provider-config'],
      ['CLIENT_305', 'config', 'provider-config'],
      ['CLIENT_998', 'config', 'provider-config'],
      ['INT_904', 'config', 'provider-config'],
    ] as const) {
      it(`is failed for ${code}, by which the library refuses a key or a token`, async () => {
        const { outcomes } = await reported('onError', failure(code));
        expect(outcomes).to.have.length(1);
        expect(outcomes[0]).to.have.nested.property('error.code', errorCode);
        expect(outcomes[0]).to.have.nested.property('error.reason', reason);
        expect((outcomes[0] as unknown as { error: Error }).error.message)
          .to.contain(code)
          .and.not.contain('secret');
      });
    }

    it('fails to open, and reports nothing, if the library refuses the key before the form is open', async () => {
      const { library, mounted, report } = mountForm();
      await settled();
      library.call('onError', failure('INT_904'));
      expect(await failureOf(mounted)).to.include({ code: 'config', reason: 'provider-config' });
      expect(report.callCount).to.equal(0);
    });

    it('ignores an expired token before the form is open, because the form then never becomes ready', async () => {
      const { library, mounted, report } = mountForm();
      await settled();
      library.call('onError', failure('PSP_108'));
      await settled();
      expect(report.callCount).to.equal(0);
      library.call('onFormReady');
      await mounted;
    });

    it('is reported once more for a later attempt in the same form', async () => {
      const { library, report } = await reported('onError', failure('ACQ_001', signed('UNPAID', { cycle: 'OPEN' })));
      library.call('onSubmit', signed('PAID'));
      await settled();
      expect(report.args.map(([{ status }]) => status)).to.deep.equal(['succeeded']);
    });
  });

  describe('of a form that ends while a payment is in flight', () => {
    it('is uncertain, because the result will reach no form', async () => {
      const { container, controller, report, onUncertain } = await openForm();
      container.querySelector('button')!.click();
      controller.abort();
      await settled();
      expect(report.args).to.deep.equal([[uncertain]]);
      expect(onUncertain.callCount).to.equal(1);
    });

    for (const [what, callback, payload] of [
      ['a result', 'onSubmit', signed('UNPAID', { cycle: 'OPEN' })],
      ['an error of the input', 'onError', failure('CLIENT_300')],
    ] as const) {
      it(`is none after ${what}`, async () => {
        const { container, controller, library, report } = await openForm();
        container.querySelector('button')!.click();
        library.call(callback, payload);
        controller.abort();
        await settled();
        expect(report.callCount).to.equal(0);
      });
    }

    it('is none if the shopper clicked beside the button', async () => {
      const { container, controller, report } = await openForm();
      container.querySelector<HTMLElement>('.kr-pan')!.click();
      controller.abort();
      await settled();
      expect(report.callCount).to.equal(0);
    });
  });
});
