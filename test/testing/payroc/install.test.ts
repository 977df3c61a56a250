import { expect } from '@open-wc/testing';
import { hosts } from '../../../src/providers/payroc/contract.js';
import { createStandIns, useStandIns } from '../../../src/testing.js';
import { listFiles } from '../../../src/testing/files.js';
import type { PayrocLibrary } from '../../../src/testing/payroc/library.js';
import { answerPage, runScript } from '../classic-script.js';
import { session } from './support.js';

const page = window as { Payroc?: PayrocLibrary };

describe("Payroc's library in a page", () => {
  it('sets its global and removes it on restore', () => {
    const used = useStandIns();
    expect(typeof page.Payroc!.hostedFields).to.equal('function');
    used.faults.payroc.neverReady = true;
    expect(page.Payroc!.faults).to.deep.equal({ neverReady: true });
    used.restore();
    expect('Payroc' in window).to.equal(false);
  });

  it('lists one file per environment when it has a script', async () => {
    expect(listFiles('payroc').size).to.equal(0);
    const files = listFiles('payroc', () => '/* built */');
    expect([...files.keys()]).to.deep.equal([hosts.sandbox.url, hosts.production.url]);
    expect(await files.get(hosts.sandbox.url)!.read()).to.equal('/* built */');
  });

  for (const environment of ['sandbox', 'production'] as const) {
    it(`loads from the ${environment} script and derives the API URL from the script's URL`, async () => {
      const standIns = createStandIns();
      const { asked, restore } = answerPage(standIns);
      const { host, pathname } = new URL(hosts[environment].url);
      await runScript('payroc', `${location.origin}/nested/stand-in/${host}${pathname}`);
      const target = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'script-test' }));
      const place = { target: '#script-test' };
      const card = {
        cardNumber: place,
        cardholderName: place,
        expiryDate: place,
        cvv: { ...place, wrapperTarget: false as const },
        submit: place,
      };
      const sessionToken = await session(standIns.fetch);
      const form = new page.Payroc!.hostedFields({ sessionToken, mode: 'payment', fields: { card } });
      void form.initialize();
      form.destroy();
      restore();
      target.remove();
      expect(asked[0]).to.contain(`${location.origin}/nested/stand-in/testpayments.worldnettps.com/merchant/api/v2/`);
      delete page.Payroc;
    });
  }
});
