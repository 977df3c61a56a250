import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../../../src/index.js';
import {
  createStandIns,
  fillInHostedFields,
  payrocCards,
  payWithHostedFields,
  useStandIns,
  type StandIns,
} from '../../../../src/testing.js';
import { fakeClock, pass, until } from '../../../support/clock.js';
import { comesTo, create, statesOf } from '../../../support/element.js';
import { openShop } from '../../../support/shop.js';

/** The lifetime of a session in milliseconds, and the margin before its end at which an untouched form is replaced. */
const [lifetime, margin] = [600_000, 15_000];

let clock: SinonFakeTimers;
let standIns: StandIns;
let inUse: ReturnType<typeof useStandIns>;
let element: PayCheckout;
let tokens: string[];

beforeEach(() => {
  clock = fakeClock();
  standIns = createStandIns();
  inUse = useStandIns({ standIns });
  const shop = openShop(standIns);
  tokens = [];
  element = create({
    provider: 'payroc',
    order: 'A-1001',
    requestToken: async (request) => {
      const answer = (await (await shop.token(request)).json()) as { token: string };
      tokens.push(answer.token);
      return answer;
    },
  });
});

afterEach(() => {
  element.remove();
  inUse.restore();
  clock.restore();
});

async function open(): Promise<void> {
  document.body.append(element);
  await comesTo(element, 'ready');
}

/** Counts the fields that the gateway received. */
const countSentFields = () => standIns.payroc.requests.filter(({ url }) => url.endsWith('/fields')).length;

describe('<pay-checkout> with a session of Payroc', () => {
  it("opens a form for a payment with Payroc's own JSON, just as it came", async () => {
    element.requestToken = async (request) => {
      const { token, expiresAt } = (await (await openShop(standIns).token(request)).json()) as Record<string, unknown>;
      return { processingTerminalId: '1234001', token, expiresAt };
    };
    await open();
    payWithHostedFields(element, payrocCards.approved);
    expect(await comesTo(element, 'succeeded'))
      .to.have.nested.property('result.singleUseToken')
      .that.is.a('string');
  });

  it('names the price on the button, in the language of the element', async () => {
    element.locale = 'es-PE';
    await open();
    const { title } = [...element.querySelectorAll('iframe')].at(-1)!;
    expect(title.replace(/\s/g, ' ')).to.match(/^Pagar (S\/|USD) [\d.]+$/);
  });

  it('replaces a refused session once', async () => {
    standIns.payroc.faults.deadSessions = 1;
    await open();
    expect(element.state.attempt).to.equal(2);
    expect(tokens).to.have.length(2);
  });

  it('fails when the session is refused twice', async () => {
    standIns.payroc.faults.deadSessions = true;
    document.body.append(element);
    expect(await comesTo(element, 'failed')).to.have.nested.property('error.reason', 'session');
  });

  it('replaces an untouched session before it expires, with new ids', async () => {
    await open();
    const ids = () => [...element.querySelectorAll('.place')].map(({ id }) => id);
    const before = ids();
    const states = statesOf(element);
    await pass(lifetime - margin);
    await until(() => states.includes('ready'), 'its successor');
    expect(tokens).to.have.length(2);
    expect(states).to.deep.equal(['ready']);
    expect(ids().filter((id) => before.includes(id))).to.deep.equal([]);
    expect(element.querySelectorAll('iframe')).to.have.length(5);
  });

  it('is expired and keeps the form when a session expires while the shopper fills it in', async () => {
    await open();
    fillInHostedFields(element, payrocCards.approved);
    await until(() => countSentFields() === 4, 'the fields');
    await pass(lifetime);
    expect(element.status).to.equal('expired');
    expect(tokens).to.have.length(1);
    expect(element.querySelectorAll('iframe')).to.have.length(5);
  });

  it('keeps the single-use token out of the serialised state', async () => {
    await open();
    payWithHostedFields(element, payrocCards.approved);
    const state = await comesTo(element, 'succeeded');
    expect(state)
      .to.have.nested.property('result.singleUseToken')
      .that.matches(/^[\da-f]{128}$/);
    expect(JSON.stringify(state)).to.not.contain((state as { result: { singleUseToken: string } }).result.singleUseToken);
  });

  it('fails to open an ACH form for a terminal without bank transfers', async () => {
    element.config = { form: 'ach' };
    inUse.restore();
    standIns = createStandIns({ payroc: { bankTransfers: false } });
    inUse = useStandIns({ standIns });
    const token = async (request: Request) => ({
      ...((await (await openShop(standIns).token(request)).json()) as object),
      config: { mode: 'payment' },
    });
    element.requestToken = token;
    document.body.append(element);
    expect(await comesTo(element, 'failed')).to.have.nested.property('error.reason', 'threw');
  });
});
