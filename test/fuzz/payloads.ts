import fc from 'fast-check';
import { token } from './secret.js';
import { anyJson, oddities } from './values.js';

/** A value that no JSON can be. It is made when it is used, so that a report can tell of it. */
export interface Made {
  readonly made: keyof typeof makers;
}

class Thrower {
  constructor(readonly words: string) {}
  toJSON(): never {
    throw new Error(this.words);
  }
}

const unreadable = (): never => {
  throw new Error(`not to be read: ${token}`);
};

const makers = {
  undefined: () => undefined,
  function: () => () => token,
  symbol: () => Symbol(token),
  bigint: () => 2n ** 80n,
  NaN: () => NaN,
  date: () => new Date(NaN),
  circle: () => {
    const circle: Record<string, unknown> = { secret: token };
    return Object.assign(circle, { circle, transaction: circle, message: circle });
  },
  'no prototype': () => Object.assign(Object.create(null) as object, { secret: token }),
  'keys without a prototype': () => {
    const bare = Object.create(null) as object;
    return { transaction: bare, message: bare, field: bare, type: bare, code: bare, validationError: bare, token: bare };
  },
  error: () => Object.assign(new TypeError(`with ${token}`), { cause: new Error(token) }),
  'unreadable keys': () => new Proxy({}, { get: unreadable, has: unreadable, ownKeys: unreadable, getPrototypeOf: unreadable }),
  'a getter that throws': () =>
    Object.defineProperties({}, Object.fromEntries(read.map((key) => [key, { get: unreadable, enumerable: true }]))),
  'an inner getter that throws': () => Object.fromEntries(read.map((key) => [key, makers['a getter that throws']()])),
  'what is no text': () => ({ ...Object.fromEntries(read.map((key) => [key, new Thrower(token)])) }),
  'a rejected promise without a handler': () => ({ then: unreadable }),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

/** Whatever our code reads of a payload. */
const read = [
  ...['transaction', 'message', 'error', 'code', 'payloadHttp', 'signature', 'transactionId', 'response', 'token', 'type', 'field'],
  ...['clientAnswer', 'rawClientAnswer', 'hash', 'hashAlgorithm', 'errorCode', 'metadata'],
];

const made = fc.constantFrom(...(Object.keys(makers) as Made['made'][])).map((made): Made => ({ made }));

/** Anything that JavaScript code can hand over. */
export const anything: fc.Arbitrary<unknown> = fc.oneof({ weight: 2, arbitrary: made }, { weight: 1, arbitrary: anyJson }, oddities);

export function valueOf(payload: unknown): unknown {
  const { made } = Object(payload) as Partial<Made>;
  return typeof made === 'string' && Object.hasOwn(makers, made) ? makers[made]() : payload;
}
