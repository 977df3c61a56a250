import { expect } from '@open-wc/testing';
import { stub } from 'sinon';
import { reaches } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { evilOrigin, expectNothingHostile, insertCheckout, markup, pollutingJson } from './hostile-values.js';

describe('<pay-checkout>', () => {
  describe('given hostile attributes', () => {
    const values = [
      `${evilOrigin}/x.js`,
      'javascript:hacked()',
      `data:text/javascript,hacked()`,
      '../../x',
      '__proto__',
      'constructor',
      'toString',
      markup,
    ];

    for (const name of ['provider', 'environment', 'loading', 'credentials']) {
      for (const value of values) {
        it(`rejects \`${name}\` with the value ${value}, and loads nothing`, async () => {
          const fetched = stub(window, 'fetch').rejects(new TypeError('no'));
          const element = await insertCheckout({ provider: 'payme', environment: 'sandbox', 'token-endpoint': '/token', [name]: value });
          expect(await reaches(element, 'failed')).to.have.nested.property('error.code', 'config');
          expect(fetched.callCount).to.equal(0);
          expectNothingHostile();
        });
      }
    }

    const accepted = {
      ...{ locale: values, order: values, nonce: values, lang: values },
      config: [pollutingJson, `{"script": "${evilOrigin}/x.js", "assets": {"script": {"url": "${evilOrigin}/x.js"}}}`],
    };
    for (const [name, hostile] of Object.entries(accepted)) {
      for (const value of hostile) {
        it(`accepts \`${name}\` with the value ${value}, and loads nothing`, async () => {
          const madeUp = registerMadeUp();
          const element = await insertCheckout({ [name]: value }, { provider: madeUp.name });
          (await madeUp.opened(1)).drawn.resolve();
          await reaches(element, 'ready');
          expectNothingHostile();
        });
      }
    }
  });

  describe('given a URL that is not allowed', () => {
    const rejected = [
      'javascript:hacked()',
      ' \tjava\nscript:hacked()',
      'data:application/json,{"token":"x"}',
      'blob:https://shop.example/1',
      'file:///etc/passwd',
      'ftp://shop.example/',
      'about:blank',
      `http://evil.example/`,
      'http:\\\\evil.example\\token',
      'http://localhost@evil.example/',
      'http://localhost:80@evil.example/',
      'http://evil.example\\@localhost/',
      'http://localhost.evil.example/',
      'http://127.0.0.1%2eevil.example/',
      'http://localhost。evil.example/',
      'https://user:password@shop.example/',
      'https://shop.example@evil.example/',
      'https://shop.example:443@evil.example/',
      markup,
    ].filter((value) => !isOwnPath(value));

    /** Whether the browser parses the value as a path of the page's own host. */
    function isOwnPath(value: string): boolean {
      return new URL(value, document.baseURI).origin === location.origin;
    }

    for (const name of ['token-endpoint', 'outcome-endpoint']) {
      for (const value of rejected) {
        it(`rejects \`${name}\` with the value ${value}, and sends no request`, async () => {
          const fetched = stub(window, 'fetch').rejects(new TypeError('no'));
          const madeUp = registerMadeUp();
          const element = await insertCheckout({ [name]: value }, { provider: madeUp.name, requestToken: undefined });
          const state = await reaches(element, 'failed');
          expect(state).to.have.nested.property('error.message').that.contains(`\`${name}\``).and.not.contains('password@');
          expect(fetched.callCount).to.equal(0);
          expectNothingHostile();
        });
      }
    }
  });
});
