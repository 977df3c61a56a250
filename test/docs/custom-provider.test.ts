import { expect } from '@open-wc/testing';
import type { PayCheckout } from '../../src/index.js';
import { checkout, goodToken, reaches } from '../support/element.js';

interface Library {
  readonly token: string;
  readonly closed: number;
}

const page = window as { MyPay?: Library };

/** The bodies that the outcome endpoint received. */
let confirmed: unknown[];

/** Opens the form of the provider that the page documents. */
async function open(): Promise<PayCheckout> {
  confirmed = [];
  const element = await checkout({ provider: 'mypay', order: 'A-1001', outcomeEndpoint: '/outcome' });
  element.requestOutcome = async (request) => {
    confirmed.push(await request.json());
    return { outcome: 'paid' };
  };
  await reaches(element, 'ready');
  return element;
}

function press(element: PayCheckout, text: string): void {
  [...element.querySelectorAll('button')].find(({ textContent }) => textContent === text)!.click();
}

describe('mypay.ts in docs/custom-provider.md', () => {
  before(async () => {
    const snippet = '/docs/custom-provider.md/mypay.ts';
    await import(snippet);
  });

  it('loads the library and passes the token to its form', async () => {
    await open();
    expect(page.MyPay!.token).to.equal(goodToken.token);
  });

  it('succeeds once the outcome endpoint has confirmed what the library reported', async () => {
    const element = await open();
    press(element, 'Pay');
    expect(await reaches(element, 'succeeded')).to.include({ confirmed: true, outcome: 'paid' });
    expect(confirmed).to.have.length(1);
    expect(confirmed[0]).to.deep.include({ result: { provider: 'mypay', reference: 'P-1', raw: { id: 'P-1' } } });
  });

  it('fails with an error when the library reports one', async () => {
    const element = await open();
    press(element, 'Fail');
    expect(await reaches(element, 'failed')).to.deep.nested.include({ 'error.code': 'provider', 'error.reason': 'session' });
  });

  it('closes the form when the element is removed', async () => {
    const element = await open();
    const { closed } = page.MyPay!;
    element.remove();
    expect(page.MyPay!.closed).to.equal(closed + 1);
  });
});
