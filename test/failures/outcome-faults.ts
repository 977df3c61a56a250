import { forEachProvider } from '../../src/testing/providers.js';
import { answer, secret } from '../support/answer.js';
import { byProvider, type Ending } from './provider-failures.js';
import { answerTime, backOffs, tries, tryLimit, type ByProvider, type Course } from './terms.js';

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

const same = <T>(value: T): ByProvider<T> => forEachProvider(() => value);

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
    ends: same({ status: 'pending', says: 'outcome / http' }),
    answer: () => answer(secret, { status: 500 }),
  },
  {
    name: 'never answers',
    how: same('The endpoint never responds.'),
    course: tries(tryLimit, backOffs),
    ends: same({ status: 'pending', says: 'outcome / timeout' }),
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
    name: 'returned',
    how: same('The endpoint returns `{"outcome": "declined", "reason": "returned"}`.'),
    course: tries(answerTime),
    ends: same({ status: 'failed', says: 'declined / returned' }),
    answer: () => answer({ outcome: 'declined', reason: 'returned' }),
  },
  {
    name: 'unknown outcome',
    how: same('The JSON in the response contains an `outcome` that the protocol does not have.'),
    course: tries(answerTime),
    ends: same({ status: 'pending', says: 'outcome / shape' }),
    answer: () => answer({ outcome: 'refunded' }),
  },
  {
    name: 'forged',
    how: byProvider(({ forged }) => forged.how),
    course: tries(answerTime),
    ends: byProvider(({ forged }) => forged.ends),
    isForged: true,
  },
];
