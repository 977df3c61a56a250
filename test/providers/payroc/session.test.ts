import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../../src/index.js';
import {
  createStandIns,
  fillInHostedFields,
  payrocCards,
  payWithHostedFields,
  useStandIns,
  type StandIns,
} from '../../../src/testing/index.js';
import { fakeClock } from '../../support/clock.js';
import { create, settled, statesOf } from '../../support/element.js';
import { openShop } from '../../support/shop.js';

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

async function until(isThere: () => boolean, most = 60_000, step = 100): Promise<void> {
  for (let passed = 0; !isThere() && passed < most; passed += step) {
    await clock.tickAsync(step);
    await settled();
  }
  expect(isThere(), element.status).to.equal(true);
}

async function open(): Promise<void> {
  document.body.append(element);
  await until(() => element.status === 'ready');
}

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
    await until(() => element.status === 'failed');
    expect(element.state).to.have.nested.property('error.reason', 'session');
  });

  it('that dies untouched is replaced, with a form whose ids are new', async () => {
    await open();
    const ids = () => [...element.querySelectorAll('.place')].map(({ id }) => id);
    const before = ids();
    const states = statesOf(element);
    await clock.tickAsync(580_000);
    await until(() => states.includes('ready'));
    expect(tokens).to.have.length(2);
    expect(states).to.deep.equal(['ready']);
    expect(ids().filter((id) => before.includes(id))).to.deep.equal([]);
    expect(element.querySelectorAll('iframe')).to.have.length(5);
  });

  it('that dies in the shopper’s hands is expired, and the form stays', async () => {
    await open();
    fillInHostedFields(element, payrocCards.approved);
    await until(() => element.status === 'expired', 700_000, 5_000);
    expect(tokens).to.have.length(1);
    expect(element.querySelectorAll('iframe')).to.have.length(5);
  });

  it('gives its single-use token to the backend alone', async () => {
    await open();
    payWithHostedFields(element, payrocCards.approved);
    await until(() => element.status === 'succeeded');
    const { state } = element;
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
    await until(() => element.status === 'failed');
    expect(element.state).to.have.nested.property('error.reason', 'threw');
  });
});
