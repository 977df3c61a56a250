import { expect } from '@open-wc/testing';
import { parse, type Schema } from '../../src/shared/schema.js';
import {
  looseObject,
  transform,
  object,
  enumOf,
  optional,
  preprocess,
  refine,
  lazySchema,
  string,
  nonEmptyString,
  union,
  custom,
} from '../../src/shared/zod-schemas.js';

function fault(of: Schema<unknown>, input: unknown): string {
  try {
    parse(of, input, 'It');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a schema', () => {
  const amount = lazySchema(() => object({ amount: custom<number>(Number.isInteger, 'should be a whole number') }));
  const named = lazySchema(() => looseObject({ name: nonEmptyString(), alias: optional(string()) }));

  it('is built when it is first needed, and once', () => {
    let built = 0;
    const late = lazySchema(() => {
      built += 1;
      return string();
    });
    expect(built).to.equal(0);
    late.safeParse('a');
    late.safeParse('b');
    expect(built).to.equal(1);
  });

  it('leaves other keys out, or keeps them', () => {
    expect(amount.safeParse({ amount: 1, extra: 2 })).to.deep.equal({ success: true, data: { amount: 1 } });
    expect(named.safeParse({ name: 'a', extra: 2 })).to.deep.equal({ success: true, data: { name: 'a', extra: 2 } });
  });

  it('reads what its input was prepared to be', () => {
    const written = lazySchema(() => preprocess((input) => String(input), string()));
    expect(written.safeParse(5)).to.deep.equal({ success: true, data: '5' });
  });

  it('may be changed into something else once it was read', () => {
    const doubled = lazySchema(() => transform(amount.shape, (read) => read.amount * 2));
    expect(doubled.safeParse({ amount: 2 })).to.deep.equal({ success: true, data: 4 });
    expect(fault(doubled, {})).to.equal('It: `amount` should be a whole number, but was missing.');
  });

  it('is the first of several that fits, and says what is wrong with the likeliest', () => {
    const either = lazySchema(() => union<object>(object({ code: string(), name: string() }), named.shape));
    expect(either.safeParse({ name: 'a', code: 'b', x: 1 })).to.deep.equal({ success: true, data: { name: 'a', code: 'b' } });
    expect(either.safeParse({ name: 'a' })).to.deep.equal({ success: true, data: { name: 'a' } });
    expect(fault(either, { name: 5 })).to.equal('It: `name` should be string, but was a different number.');
  });

  it('allows one of some words, and names them', () => {
    const outcome = lazySchema(() => object({ outcome: enumOf(['paid', 'pending', 'declined']) }));
    expect(outcome.safeParse({ outcome: 'paid' })).to.deep.equal({ success: true, data: { outcome: 'paid' } });
    expect(fault(outcome, { outcome: 'lost' })).to.equal('It: `outcome` should be paid, pending or declined, but was a different string.');
  });

  it('holds an object to rules of its own', () => {
    const short = lazySchema(() =>
      looseObject(
        {},
        refine<object>((keys) => Object.keys(keys).length < 2, 'should have one key'),
      ),
    );
    expect(fault(short, { a: 1 })).to.equal('');
    expect(fault(short, { a: 1, b: 2 })).to.equal('It: it should have one key, but was a different object.');
    expect(fault(short, null)).to.equal('It: it should be object, but was null.');
  });
});
