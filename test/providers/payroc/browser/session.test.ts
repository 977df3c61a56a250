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

/** Milliseconds that a session lives, and the last part of them, in which it is replaced while nobody has touched it. */
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

/** How many fields the gateway was sent. */
const fieldsSent = () => standIns.payroc.requests.filter(({ url }) => url.endsWith('/fields')).length;

describe('a session of Payroc', () => {
  it('that is refused at once is replaced by ourselves, once', async () => {
    standIns.payroc.faults.deadSessions = 1;
    await open();
    expect(element.state.attempt).to.equal(2);
    expect(tokens).to.have.length(2);
  });

  it('that is refused twice is told as such', async () => {
    standIns.payroc.faults.deadSessions = true;
    document.body.append(element);
    expect(await comesTo(element, 'failed')).to.have.nested.property('error.reason', 'session');
  });

  it('that dies untouched is replaced, with a form whose ids are new', async () => {
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

  it('that dies in the shopper’s hands is expired, and the form stays', async () => {
    await open();
    fillInHostedFields(element, payrocCards.approved);
    await until(() => fieldsSent() === 4, 'the fields');
    await pass(lifetime);
    expect(element.status).to.equal('expired');
    expect(tokens).to.have.length(1);
    expect(element.querySelectorAll('iframe')).to.have.length(5);
  });

  it('gives its single-use token to the backend alone', async () => {
    await open();
    payWithHostedFields(element, payrocCards.approved);
    const state = await comesTo(element, 'succeeded');
    expect(state)
      .to.have.nested.property('result.singleUseToken')
      .that.matches(/^[\da-f]{128}$/);
    expect(JSON.stringify(state)).to.not.contain((state as { result: { singleUseToken: string } }).result.singleUseToken);
  });

  it('in the wrong terminal is never opened: ACH without bank transfers fails', async () => {
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
