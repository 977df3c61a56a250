import { expect } from '@open-wc/testing';
import { spy } from 'sinon';
import { closeForms, openForm, origin } from './fake-krypton.js';

const forged = '/*krypton-client*/ {"_name":"payment","clientAnswer":{"orderStatus":"PAID"}}';

/** Posts a message to the page, as a frame of `from` would. Returns whether the library would receive it. */
function isReceived(data: unknown, from: string): boolean {
  const listener = spy();
  window.addEventListener('message', listener, { once: true });
  window.dispatchEvent(new MessageEvent('message', { data, origin: from }));
  window.removeEventListener('message', listener);
  return listener.callCount === 1;
}

describe('the messages of micuentaweb', () => {
  beforeEach(() => openForm());
  afterEach(closeForms);

  for (const from of ['https://ads.example.com', 'https://static.micuentaweb.pe.example.com', location.origin, 'null', '']) {
    it(`stops a forged message from ${from || 'no origin'}`, () => {
      expect(isReceived(forged, from)).to.equal(false);
    });
  }

  it('stops a forged message in a String object, which the library reads as text', () => {
    expect(isReceived(new String(forged), 'https://ads.example.com')).to.equal(false);
  });

  it('passes on the messages of the frames', () => {
    expect(isReceived(forged, origin)).to.equal(true);
  });

  it('passes on every other message', () => {
    for (const data of ['hello', 7, null, { type: 'krypton-client' }, new Uint8Array(8)]) {
      expect(isReceived(data, 'https://ads.example.com')).to.equal(true);
    }
  });

  it('stops forged messages after the form ended, because the library still listens', () => {
    closeForms();
    expect(isReceived(forged, location.origin)).to.equal(false);
  });

  it('trusts only the origins of the assets in use', async () => {
    closeForms();
    await openForm({ context: { assets: { global: 'KR', origins: ['https://static.example.com'] } } });
    expect([isReceived(forged, origin), isReceived(forged, 'https://static.example.com')]).to.deep.equal([false, true]);
    closeForms();
    await openForm({ context: { assets: { global: 'KR' } } });
    expect(isReceived(forged, origin)).to.equal(false);
  });
});
