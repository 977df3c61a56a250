import { expect } from '@open-wc/testing';
import { stub } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { createStandIns, useStandIns, type StandIns } from '../../src/testing.js';
import { providerNames } from '../../src/testing/providers.js';
import { goodToken, reaches, ready } from '../support/element.js';
import { answer } from '../support/endpoint.js';
import { registerMadeUp } from '../support/made-up.js';
import { openShop } from '../support/shop.js';
import { addedElements, evilOrigin, expectNothingHostile, insertCheckout, markup, pollutingJson } from './hostile-values.js';

const untilReadyOrFailed = (element: PayCheckout) => Promise.race([reaches(element, 'ready'), reaches(element, 'failed')]);

/** Merges objects as a library does that is not aware of prototype pollution. */
function mergeCarelessly(target: Record<string, unknown>, source: object): object {
  for (const key in source) {
    const value = (source as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null) target[key] = value;
    else mergeCarelessly((target[key] ??= {}) as Record<string, unknown>, value);
  }
  return target;
}

describe('<pay-checkout>', () => {
  describe('given JSON that pollutes `Object.prototype`', () => {
    afterEach(() => Reflect.deleteProperty(Object.prototype, 'polluted'));

    it('needs protection, because a careless merge pollutes the prototype', () => {
      mergeCarelessly({}, JSON.parse(pollutingJson) as object);
      expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(true);
    });

    it('removes the polluting keys from `config`', async () => {
      const madeUp = registerMadeUp();
      await insertCheckout(
        { config: `{"deep": ${pollutingJson}, "title": "Ana", "polluting": ${pollutingJson}}` },
        { provider: madeUp.name },
      );
      const { config } = (await madeUp.opened(1)).context;
      mergeCarelessly({}, config as object);
      expectNothingHostile();
      expect(config).to.deep.equal({ deep: {}, title: 'Ana', polluting: {} });
    });

    it('removes the polluting keys from the response of the token endpoint', async () => {
      const madeUp = registerMadeUp();
      const body = `{"token": "tok", "expiresIn": 30, "__proto__": {"polluted": true}, "config": {"payload": ${pollutingJson}}}`;
      await insertCheckout({}, { provider: madeUp.name, requestToken: () => Promise.resolve(answer(body)) });
      const { config } = (await madeUp.opened(1)).context;
      mergeCarelessly({}, config as object);
      expectNothingHostile();
    });

    it('ignores the polluting keys in the response of the outcome endpoint', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { outcomeEndpoint: '/outcome' });
      stub(window, 'fetch').resolves(answer(`{"outcome": "pending", "__proto__": {"outcome": "paid"}, "constructor": ${pollutingJson}}`));
      madeUp.report({ status: 'succeeded', reference: 'r-1', raw: {} });
      await reaches(element, 'pending');
      expectNothingHostile();
    });
  });

  describe('given a hostile response of the token endpoint', () => {
    const script = `${evilOrigin}/x.js`;
    const extra = {
      ...{ script, scriptUrl: script, src: script, libUrl: script, libraryUrl: script, assetBaseUrl: evilOrigin, integrity: 'sha384-x' },
      assets: { global: 'hacked', script: { url: script }, styles: [`${evilOrigin}/x.css`] },
      styles: [`${evilOrigin}/x.css`],
      global: 'hacked',
    };
    const config = {
      ...extra,
      constants: { API_URL: evilOrigin },
      container: 'body',
      target: 'head',
      nonce: 'x',
      labels: { note: markup, pay: markup },
    };
    let standIns: StandIns;
    let inUse: ReturnType<typeof useStandIns>;

    beforeEach(() => {
      standIns = createStandIns();
      inUse = useStandIns({ standIns });
    });
    afterEach(() => inUse.restore());

    for (const provider of providerNames) {
      for (const [where, hostile] of Object.entries({ 'beside the token': extra, 'in `config`': { config } })) {
        it(`loads no file for ${provider} that is named ${where}`, async () => {
          const shop = openShop(standIns);
          const element = await insertCheckout(
            { order: 'A-1001', config: JSON.stringify(where === 'in `config`' ? config : {}) },
            {
              provider,
              requestToken: async (request) => {
                const response = (await (await shop.token(request)).json()) as { config: object };
                return answer({
                  ...response,
                  ...hostile,
                  config: { ...response.config, ...('config' in hostile && (hostile.config as object)) },
                });
              },
            },
          );
          await untilReadyOrFailed(element);
          expect(addedElements().length).to.be.greaterThan(0);
          expectNothingHostile();
          const tags = addedElements()
            .filter((element) => element.matches('script, link'))
            .map((element) => element.outerHTML);
          expect(tags).to.deep.equal([]);
        });
      }
    }

    for (const [field, value] of [
      ['provider', evilOrigin],
      ['provider', '__proto__'],
      ['environment', evilOrigin],
      ['environment', 'constructor'],
    ]) {
      it(`opens no form when the token is for the ${field} ${value}`, async () => {
        const madeUp = registerMadeUp();
        const element = await insertCheckout(
          {},
          { provider: madeUp.name, requestToken: () => Promise.resolve({ ...goodToken, [field!]: value }) },
        );
        expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'mismatch');
        expect(madeUp.openings).to.deep.equal([]);
      });
    }
  });
});
