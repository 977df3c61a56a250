import { answer, secret } from '../support/answer.js';
import { answerTime, backOffs, tries, tryLimit, type ByProvider, type Course, type Said } from './terms.js';

interface Ending {
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly says?: Said;
  readonly retryable?: false;
}

export interface OutcomeFault {
  readonly name: string;
  readonly how: ByProvider<string>;
  readonly course: Course;
  readonly ends: ByProvider<Ending>;
  /** None: the shop's own server half answers. */
  answer?(): Response | Promise<Response>;
  /** What the page sends is not what the library reported. */
  readonly isForged?: true;
}

const same = <T>(value: T): ByProvider<T> => ({ payme: value, izipay: value, payroc: value });

export const fineOutcome: OutcomeFault = {
  name: 'fine',
  how: same('the backend finds it paid'),
  course: tries(answerTime),
  ends: same({ status: 'succeeded' }),
};

export const outcomeFaults: readonly OutcomeFault[] = [
  fineOutcome,
  {
    name: '500',
    how: same('it answers 500'),
    course: tries(answerTime, backOffs),
    ends: same({ status: 'pending', says: 'endpoint / http' }),
    answer: () => answer(secret, { status: 500 }),
  },
  {
    name: 'never answers',
    how: same('the request stays open'),
    course: tries(tryLimit, backOffs),
    ends: same({ status: 'pending', says: 'endpoint / timeout' }),
    answer: () => new Promise(() => {}),
  },
  {
    name: 'declined',
    how: same('it answers `{"outcome": "declined"}`'),
    course: tries(answerTime),
    ends: same({ status: 'failed', says: 'declined' }),
    answer: () => answer({ outcome: 'declined' }),
  },
  {
    name: 'forged',
    how: {
      payme: "the page reports another order's operation number: neither paid nor declined, as money may have moved",
      izipay: 'the signature does not fit: neither paid nor declined, as money may have moved',
      payroc: 'the page reports a single-use token of its own making: the sale fails at Payroc, and the backend answers 502, not retryable',
    },
    course: tries(answerTime),
    ends: {
      payme: { status: 'pending' },
      izipay: { status: 'pending' },
      payroc: { status: 'pending', says: 'endpoint / http', retryable: false },
    },
    isForged: true,
  },
];
