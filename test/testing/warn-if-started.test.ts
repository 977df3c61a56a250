import { expect } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { useStandIns } from '../../src/testing.js';
import { create, reaches } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { nest } from '../support/nested.js';

let warn: SinonStub;
let place: HTMLElement;

beforeEach(() => {
  warn = stub(console, 'warn');
  place = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  place.remove();
  restore();
});

const warnings = () => warn.args.map(([line]) => String(line)).filter((line) => line.includes('late-stand-ins'));

// The console warns once for each page, so the cases without a warning are first.
describe('useStandIns() after an element has been added', () => {
  it('does not warn of an element that waits for its start', () => {
    place.append(create({ provider: 'payme', loading: 'manual', outcomeEndpoint: '/outcome' }));
    useStandIns().restore();
    expect(warnings()).to.deep.equal([]);
  });

  it('does not warn of an element with a provider of the page', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    place.append(element);
    await madeUp.opened(1);
    useStandIns().restore();
    expect(warnings()).to.deep.equal([]);
  });

  it('does not warn of an element that waits for its provider, or that is not defined', async () => {
    const element = create({ provider: 'missing' });
    place.append(element);
    await reaches(element, 'failed');
    Object.defineProperty(element, 'provider', { value: 'payme' });
    place.append(new DOMParser().parseFromString('<pay-checkout provider="payme" status="ready">', 'text/html').body);
    useStandIns().restore();
    expect(warnings()).to.deep.equal([]);
  });

  it('warns once of an element that has started, also in shadow roots', async () => {
    const madeUp = registerMadeUp({}, 'payme');
    nest(create({ provider: 'payme' }), place);
    await madeUp.opened(1);
    for (const one of [useStandIns(), useStandIns({ api: '/stand-in/' })]) one.restore();
    expect(warnings()).to.have.length(1);
    expect(warnings()[0]).to.match(
      /^pay-checkout: `useStandIns\(\)` was called after .+ had started\..+set `loading="manual"`.+ \(late-stand-ins: .+#warnings\)$/,
    );
  });
});
