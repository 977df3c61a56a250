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

function messageFor(schema: Schema<unknown>, input: unknown): string {
  try {
    parse(schema, input, 'It');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('lazySchema', () => {
  const amount = lazySchema(() => object({ amount: custom<number>(Number.isInteger, 'should be a whole number') }));
  const named = lazySchema(() => looseObject({ name: nonEmptyString(), alias: optional(string()) }));

  it('builds the schema once, on first use', () => {
    let built = 0;
    const lazy = lazySchema(() => {
      built += 1;
      return string();
    });
    expect(built).to.equal(0);
    lazy.safeParse('a');
    lazy.safeParse('b');
    expect(built).to.equal(1);
  });

  it('drops undeclared keys in `object` and keeps them in `looseObject`', () => {
    expect(amount.safeParse({ amount: 1, extra: 2 })).to.deep.equal({ success: true, data: { amount: 1 } });
    expect(named.safeParse({ name: 'a', extra: 2 })).to.deep.equal({ success: true, data: { name: 'a', extra: 2 } });
  });

  it('converts the input with `preprocess`', () => {
    const preprocessed = preprocess((input) => String(input), lazySchema(string));
    expect(preprocessed.safeParse(5)).to.deep.equal({ success: true, data: '5' });
  });

  it('converts the output with `transform`', () => {
    const doubled = transform(amount, (data) => data.amount * 2);
    expect(doubled.safeParse({ amount: 2 })).to.deep.equal({ success: true, data: 4 });
    expect(messageFor(doubled, {})).to.equal('It: `amount` should be a whole number, but was missing.');
  });

  it('uses the first option of a `union` that accepts the input, and reports the issue of the likeliest', () => {
    const either = union<object>(
      lazySchema(() => object({ code: string(), name: string() })),
      named,
    );
    expect(either.safeParse({ name: 'a', code: 'b', x: 1 })).to.deep.equal({ success: true, data: { name: 'a', code: 'b' } });
    expect(either.safeParse({ name: 'a' })).to.deep.equal({ success: true, data: { name: 'a' } });
    expect(messageFor(either, { name: 5 })).to.equal('It: `name` should be string, but was a different number.');
  });

  it('runs the checks of a `string` on strings only', () => {
    const word = lazySchema(() => string(refine((text) => text.startsWith('a'), 'should start with a')));
    expect(messageFor(word, 5)).to.equal('It: it should be string, but was a different number.');
    expect(messageFor(word, 'b')).to.equal('It: it should start with a, but was a different string.');
    expect(word.safeParse('ab')).to.deep.equal({ success: true, data: 'ab' });
  });

  it('accepts the values of an `enumOf`, and names them in the error', () => {
    const outcome = lazySchema(() => object({ outcome: enumOf(['paid', 'pending', 'declined']) }));
    expect(outcome.safeParse({ outcome: 'paid' })).to.deep.equal({ success: true, data: { outcome: 'paid' } });
    expect(messageFor(outcome, { outcome: 'lost' })).to.equal(
      'It: `outcome` should be paid, pending or declined, but was a different string.',
    );
  });

  it('checks an object with `refine`', () => {
    const short = lazySchema(() =>
      looseObject(
        {},
        refine<object>((keys) => Object.keys(keys).length < 2, 'should have one key'),
      ),
    );
    expect(messageFor(short, { a: 1 })).to.equal('');
    expect(messageFor(short, { a: 1, b: 2 })).to.equal('It: it should have one key, but was a different object.');
    expect(messageFor(short, null)).to.equal('It: it should be object, but was null.');
  });
});
