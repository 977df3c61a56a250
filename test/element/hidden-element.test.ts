import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { fakeClock, until } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { create, goodToken, reaches } from '../support/element.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp } from '../support/made-up.js';
import { rendered } from '../support/work.js';
import { addContainer } from './add-container.js';
import { countRequests } from './count-requests.js';
import { insertElement } from './insert-element.js';

const hour = 3_600_000;

let clock: SinonFakeTimers;
beforeEach(() => (clock = fakeClock()));
afterEach(() => clock.restore());

describe('<pay-checkout>', () => {
  const covers: Record<string, (element: PayCheckout) => { open(): void; close(): void }> = {
    'a closed dialog': (element) => {
      const dialog = addContainer('dialog');
      dialog.append(element);
      return { open: () => dialog.showModal(), close: () => dialog.close() };
    },
    'a hidden tab': (element) => {
      const tab = addContainer('div');
      tab.hidden = true;
      tab.append(element);
      return { open: () => (tab.hidden = false), close: () => (tab.hidden = true) };
    },
    'a hidden tab, with `display: contents`': (element) => {
      const tab = addContainer('div');
      tab.hidden = true;
      element.style.display = 'contents';
      tab.append(element);
      return { open: () => (tab.hidden = false), close: () => (tab.hidden = true) };
    },
    'a tab with hidden="until-found"': (element) => {
      const tab = addContainer('div');
      tab.setAttribute('hidden', 'until-found');
      tab.append(element);
      return { open: () => tab.removeAttribute('hidden'), close: () => tab.setAttribute('hidden', 'until-found') };
    },
    'a closed <details>': (element) => {
      const details = addContainer('details');
      details.append(element);
      return { open: () => (details.open = true), close: () => (details.open = false) };
    },
    'a closed popover': (element) => {
      const popover = addContainer('div');
      popover.popover = 'manual';
      popover.append(element);
      return { open: () => popover.showPopover(), close: () => popover.hidePopover() };
    },
  };

  for (const [name, cover] of Object.entries(covers)) {
    describe(`inside ${name}`, () => {
      it('loads its assets, and requests a token when it is shown', async () => {
        const assets = new Hostile('ok');
        const madeUp = registerMadeUp({ assets: { sandbox: assets.assets } });
        const endpoint = countRequests();
        const element = create({ provider: madeUp.name, ...endpoint });
        const { open } = cover(element);
        await until(() => assets.runs > 0, 'the script', 0);
        await rendered();
        expect([element.status, endpoint.requests]).to.deep.equal(['loading', 0]);
        await clock.tickAsync(hour);
        expect([element.status, endpoint.requests]).to.deep.equal(['loading', 0]);
        open();
        await madeUp.opened(1);
        expect(endpoint.requests).to.equal(1);
      });

      it('opens its form with a fresh token when it is shown again after it was hidden during the token request', async () => {
        const madeUp = registerMadeUp();
        const responses: Deferred<object>[] = [];
        const requestToken = () => (responses.push(deferred()), responses.at(-1)!.promise);
        const element = create({ provider: madeUp.name, requestToken });
        const { open, close } = cover(element);
        open();
        await until(() => responses.length > 0, 'a token request', 0);
        close();
        responses[0]!.resolve(goodToken);
        await rendered();
        await clock.tickAsync(hour);
        expect([element.status, madeUp.openings.length]).to.deep.equal(['loading', 0]);
        open();
        await until(() => responses.length > 1, 'a second token request', 0);
        responses[1]!.resolve({ ...goodToken, token: 'fresh' });
        expect((await madeUp.opened(1)).context.token).to.equal('fresh');
        expect(element.state.attempt).to.equal(1);
      });

      it('keeps an open form while it is hidden, and replaces an expired session when it is shown again', async () => {
        const madeUp = registerMadeUp({ agesWhileOpen: true });
        const endpoint = countRequests();
        const element = create({ provider: madeUp.name, ...endpoint });
        const { open, close } = cover(element);
        open();
        (await madeUp.opened(1)).drawn.resolve();
        await reaches(element, 'ready');
        close();
        await clock.tickAsync(10_000);
        open();
        await rendered();
        expect([element.status, madeUp.openings.length]).to.deep.equal(['ready', 1]);
        close();
        await clock.tickAsync(hour);
        expect([element.status, endpoint.requests]).to.deep.equal(['ready', 1]);
        open();
        (await madeUp.opened(2)).drawn.resolve();
        await reaches(element, 'ready');
        expect(madeUp.last.context.token).to.equal('token-2');
      });

      it('starts when it is shown, with loading="lazy"', async () => {
        const madeUp = registerMadeUp();
        const element = create({ provider: madeUp.name, loading: 'lazy' });
        const { open } = cover(element);
        await rendered();
        expect(element.status).to.equal('idle');
        open();
        await madeUp.opened(1);
      });

      it('waits for load() even when it is shown, with loading="manual"', async () => {
        const madeUp = registerMadeUp();
        const endpoint = countRequests();
        const element = create({ provider: madeUp.name, loading: 'manual', ...endpoint });
        const { open } = cover(element);
        open();
        await rendered();
        expect([element.status, endpoint.requests]).to.deep.equal(['idle', 0]);
        element.load();
        await madeUp.opened(1);
        expect(endpoint.requests).to.equal(1);
      });
    });
  }

  it('starts when it nears the viewport, with loading="lazy"', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name, loading: 'lazy' });
    const spacer = document.createElement('div');
    spacer.style.height = '5000px';
    const page = document.createElement('div');
    page.append(spacer, element);
    await insertElement(page);
    await rendered();
    expect(element.status).to.equal('idle');
    spacer.style.height = '0';
    await reaches(element, 'initializing');
  });

  it('requests no token inside a closed dialog until the dialog opens', async () => {
    const madeUp = registerMadeUp();
    let requests = 0;
    const element = create({ provider: madeUp.name, requestToken: () => (requests++, Promise.resolve(goodToken)) });
    const dialog = document.createElement('dialog');
    dialog.append(element);
    await insertElement(dialog);
    await rendered();
    expect([element.status, requests]).to.deep.equal(['loading', 0]);
    dialog.showModal();
    await reaches(element, 'initializing');
    expect(requests).to.equal(1);
  });
});
