import { expect } from '@open-wc/testing';
import { checkout, goodToken, reaches } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';

describe('openForm', () => {
  it('fails with the type of the error that the library throws, and without its message', async () => {
    const madeUp = registerMadeUp({
      mount() {
        throw new TypeError(`bad ${goodToken.token}`);
      },
    });
    const element = await checkout({ provider: madeUp.name });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.reason', 'threw');
    expect(state).to.have.nested.property('error.message').that.contains('(TypeError)').and.does.not.contain(goodToken.token);
    expect(state).to.not.have.nested.property('error.cause');
  });

  it('requires loading="manual" for a form that covers or leaves the page', async () => {
    const madeUp = registerMadeUp({ needsGesture: () => true });
    const eager = await checkout({ provider: madeUp.name });
    expect(await reaches(eager, 'failed'))
      .to.have.nested.property('error.message')
      .that.contains('set `loading` to `manual`');
    const manual = await checkout({ provider: madeUp.name, loading: 'manual' });
    manual.load();
    await madeUp.opened(1);
  });
});
