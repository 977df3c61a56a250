import { expect } from '@open-wc/testing';
import { useStandIns } from '../../src/testing.js';
import { endForms, mountWithFakeLibrary } from '../providers/payroc/browser/fake-library.js';
import { checkout, reaches } from '../support/element.js';
import { answer } from '../support/endpoint.js';
import { registerMadeUp } from '../support/made-up.js';
import { scene, words } from '../support/scenes.js';
import { settled } from '../support/work.js';
import { expectNothingHostile, insertCheckout, markup, watchCheckout } from './hostile-values.js';

describe('<pay-checkout>', () => {
  describe('given markup', () => {
    for (const [name, key] of [
      ['idle', 'start'],
      ['loading', 'loading'],
      ['failed, declined', 'declined'],
      ['cancelled', 'cancelled'],
    ] as const) {
      it(`shows markup in the shop's messages as text when ${name}`, async () => {
        const shown = await scene(name, { setup: { messages: { [key]: markup } } as object });
        watchCheckout(shown.element);
        expect(words(shown)).to.contain(markup);
        expectNothingHostile();
      });
    }

    it("passes markup in a provider's refusal to the cause of the error only", async () => {
      const inUse = useStandIns();
      const refusal = {
        action: 'create.nonce',
        success: false,
        nonce_creation: { meta: { status: { message_ilgn: [{ value: markup }] } } },
      };
      const element = await insertCheckout({}, { provider: 'payme', requestToken: () => Promise.resolve(answer(refusal)) });
      const { error } = (await reaches(element, 'failed')) as { error: Error };
      await element.updateComplete;
      expect((error.cause as Error).message).to.equal(markup);
      expect(error.message + element.shadowRoot!.textContent).to.not.contain('<img');
      expectNothingHostile();
      inUse.restore();
    });

    it("shows markup in the labels and in what Payroc's library reports as text", async () => {
      const form = mountWithFakeLibrary({ labels: { note: markup, pay: markup, cardNumber: markup, cvv: markup } });
      await form.show();
      form.emit('surchargingAllowed', { percentage: 3, disclosure: markup });
      form.emit('fieldValidityChange', { field: 'cvv', validationError: markup });
      form.emit('error', { type: 'submission', message: markup });
      await settled();
      expect(form.container.textContent.split(markup)).to.have.length(6);
      expect(form.container.querySelectorAll('img, script').length).to.equal(0);
      expectNothingHostile();
      endForms();
    });

    it('hides markup in an error that a library throws', async () => {
      const madeUp = registerMadeUp();
      const element = await checkout({ provider: madeUp.name });
      watchCheckout(element);
      (await madeUp.opened(1)).drawn.reject(Object.assign(new Error(markup), { name: markup }));
      const state = await reaches(element, 'failed');
      await element.updateComplete;
      expect(state).to.have.nested.property('error.message').that.does.not.contain('<img');
      expectNothingHostile();
    });
  });
});
