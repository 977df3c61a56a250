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
  how: same('The backend confirms the payment.'),
  course: tries(answerTime),
  ends: same({ status: 'succeeded' }),
};

export const outcomeFaults: readonly OutcomeFault[] = [
  fineOutcome,
  {
    name: '500',
    how: same('The endpoint returns 500.'),
    course: tries(answerTime, backOffs),
    ends: same({ status: 'pending', says: 'endpoint / http' }),
    answer: () => answer(secret, { status: 500 }),
  },
  {
    name: 'never answers',
    how: same('The endpoint never responds.'),
    course: tries(tryLimit, backOffs),
    ends: same({ status: 'pending', says: 'endpoint / timeout' }),
    answer: () => new Promise(() => {}),
  },
  {
    name: 'declined',
    how: same('The endpoint returns `{"outcome": "declined"}`.'),
    course: tries(answerTime),
    ends: same({ status: 'failed', says: 'declined' }),
    answer: () => answer({ outcome: 'declined' }),
  },
  {
    name: 'forged',
    how: {
      payme: "The page reports another order's operation number.",
      izipay: 'The signature is wrong.',
      payroc: 'The page reports an invented single-use token. The sale fails, and the backend returns 502 with `"retryable": false`.',
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
