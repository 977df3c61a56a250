import { expect } from '@open-wc/testing';
import * as z from 'zod/mini';
import { describeKind, parse, ShapeError, type Issue, type Schema } from '../../src/shared/schema.js';
import { everythingIn, secret } from '../support/endpoint.js';

const order = z.object({
  amount: z.number(),
  buyer: z.optional(z.object({ names: z.array(z.string().check(z.minLength(1, 'should not be empty'))) })),
  currency: z.optional(z.enum(['PEN', 'USD'])),
});

function messageFor(schema: Schema<unknown>, input: unknown): string {
  try {
    parse(schema, input, 'The order');
  } catch (error) {
    expect(error).to.be.an.instanceof(ShapeError).with.property('name', 'ShapeError');
    expect(everythingIn(error)).not.to.include(secret);
    return (error as ShapeError).message;
  }
  throw new Error('`parse` should have thrown');
}

/** Creates a custom schema that reports these issues for any input. */
function schemaWith(...issues: Issue[]): Schema<unknown> {
  return { safeParse: () => ({ success: false, error: { issues } }) };
}

describe('parse', () => {
  it('returns the output of the schema', () => {
    const trimmed = z.pipe(
      z.string(),
      z.transform((text) => text.trim()),
    );
    expect(parse(trimmed, ' a ', 'The order')).to.equal('a');
  });

  const faults: [string, unknown, string][] = [
    ['a value of another type', { amount: secret }, 'The order: `amount` should be number, but was a different string.'],
    ['a value that is missing', {}, 'The order: `amount` should be number, but was missing.'],
    ['a value deep inside', { amount: 1, buyer: { names: ['a', ''] } }, 'The order: `buyer.names.1` should not be empty, but was empty.'],
    ['one of a few values', { amount: 1, currency: secret }, 'The order: `currency` should be PEN or USD, but was a different string.'],
    ['the input itself', [secret], 'The order: it should be object, but was an array.'],
    ['no input', undefined, 'The order: it should be object, but was missing.'],
    ['null', null, 'The order: it should be object, but was null.'],
  ];
  for (const [what, input, expected] of faults) {
    it(`names the path, what was expected and what was found for ${what}`, () => {
      expect(messageFor(order, input)).to.equal(expected);
    });
  }

  const shapes = z.union([z.object({ code: z.string(), message: z.string(), response: z.object({ token: z.string() }) }), order]);

  it('reports the issue of the likeliest option of a union', () => {
    expect(messageFor(shapes, { amount: secret })).to.equal('The order: `amount` should be number, but was a different string.');
    expect(messageFor(shapes, { code: '00', message: 'OK', response: {} })).to.equal(
      'The order: `response.token` should be string, but was missing.',
    );
  });

  it('names the path inside nested unions', () => {
    const nested = z.object({ data: z.union([z.boolean(), z.object({ success: z.union([z.boolean(), z.enum(['true', 'false'])]) })]) });
    expect(messageFor(nested, { data: { success: 5 } })).to.match(/`data(\.success)?` should be boolean, but was a different/);
  });

  it("uses a custom schema's message, or a default", () => {
    expect(messageFor(schemaWith({ path: ['a'], message: 'should be even' }), { a: 1 })).to.equal(
      'The order: `a` should be even, but was a different number.',
    );
    expect(messageFor(schemaWith({ path: ['a', 'b'] }), {})).to.equal('The order: `a.b` should be valid, but was missing.');
    expect(messageFor(schemaWith(), 5)).to.equal('The order: it should be valid, but was a different number.');
    expect(messageFor(schemaWith({ path: [], errors: [] }), 5)).to.equal('The order: it should be valid, but was a different number.');
  });
});

describe('describeKind', () => {
  const kinds: [unknown, string][] = [
    [undefined, 'missing'],
    [null, 'null'],
    ['', 'empty'],
    [[secret], 'an array'],
    [{ secret }, 'a different object'],
    [secret, 'a different string'],
    [0, 'a different number'],
  ];
  for (const [value, kind] of kinds) it(`describes ${JSON.stringify(value)} as ${kind}`, () => expect(describeKind(value)).to.equal(kind));
});
