import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payme, type BuyerInput, type PayEvent } from '../../../../src/server.js';
import {
  createEndpoints,
  createRequest,
  credentials,
  fakePayme,
  nonce,
  order,
  readResponse,
  tokenBody,
} from '../../../server/fake-payme.js';
import { anyBuyer, createConfig, fuzzOptions } from '../../../server/any-buyer.js';

interface Person {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly phone: { readonly country_code: string; readonly subscriber: string };
  readonly location: Readonly<Record<string, string>>;
  readonly identity_document?: Readonly<Record<string, string>>;
}

interface Config {
  readonly payload: { readonly payment_details: { readonly billing: Person; readonly customer?: Person } };
}

/** Requests a token, and returns the persons in its payload with the reported changes by field. */
async function requestPersons(buyer: BuyerInput) {
  const changes: Record<string, string> = {};
  const onEvent = ({ phase, field, change }: PayEvent) => {
    if (phase === 'input') changes[field!.replace('buyer.', '')] = change!;
  };
  const pay = createEndpoints(fakePayme(), { order: () => ({ ...order, buyer }), onEvent });
  const { status, json } = await readResponse(pay.token(createRequest(tokenBody)));
  expect(status).toBe(200);
  const { payload } = json.config as Config;
  return { ...payload.payment_details, changes };
}

const address = { line1: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' };
const whole = {
  firstName: 'Lucía',
  lastName: 'Quispe',
  email: 'lucia@example.com',
  phone: { countryCode: '+51', number: '987654321' },
  address,
} satisfies BuyerInput;
const billingOf = async (buyer: BuyerInput) => {
  const { billing, changes } = await requestPersons({ ...whole, ...buyer });
  return [billing, changes];
};

const isText = (value: unknown, min = 0) => {
  expect(value).toBeTypeOf('string');
  expect((value as string).length).toBeGreaterThanOrEqual(min);
  expect((value as string).length).toBeLessThanOrEqual(255);
  expect(value).not.toMatch(/\p{C}|\s{2}/u);
};

/** The documentation requires these fields. It gives them no format. */
function checkPerson({ first_name, last_name, email, phone, location }: Person) {
  const { line_1, line_2 = '-', city, state, country, zip_code = '-', ...others } = location;
  for (const value of [first_name, last_name, email, line_1, city, state, country]) isText(value);
  for (const value of [line_2, zip_code]) isText(value, 1);
  expect(others).toEqual({});
  expect(first_name === '').toBe(last_name === '');
  expect(email).not.toMatch(/\s/);
  expect(phone.country_code).toMatch(/^(\+\d{1,4})?$/);
  expect(phone.subscriber).toMatch(/^\d{0,15}$/);
}

describe('the buyer', () => {
  it('has the fields that Pay-me documents, whatever the shopper typed', async () => {
    const property = fc.asyncProperty(anyBuyer, async (buyer) => {
      const { payload } = (await createConfig(payme(credentials), buyer, { success: true, nonce })) as unknown as Config;
      const { billing, customer } = payload.payment_details;
      checkPerson(billing);
      if (!customer) return;
      const { identity_document: document = {}, ...person } = customer;
      expect(person).toEqual(billing);
      expect(document.identifier).toMatch(/^[0-9A-Z]{1,255}$/);
      for (const value of Object.values(document)) isText(value, 1);
    });
    await fc.assert(property, fuzzOptions);
  });

  it.each<[string, BuyerInput]>([
    ['every field is as documented', {}],
    ['only white space changes', { firstName: ' Lucía ', phone: { countryCode: 51, number: '987 654 321' } }],
  ])('is sent as typed and reports nothing if %s', async (_, buyer) => {
    const phone = { country_code: '+51', subscriber: '987654321' };
    const location = { line_1: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' };
    const billing = { first_name: 'Lucía', last_name: 'Quispe', email: 'lucia@example.com', phone, location };
    expect(await billingOf(buyer)).toEqual([billing, {}]);
  });

  it.each<[string, BuyerInput, object, object]>([
    ['a surname of one letter', { lastName: 'Q' }, { last_name: 'Q' }, {}],
    ['a text that is not an e-mail address', { email: 'no tengo' }, { email: 'notengo' }, {}],
    ['a name with an emoji', { firstName: 'Lucía 🦄' }, { first_name: 'Lucía' }, { firstName: 'normalized' }],
    ['a long name', { firstName: 'á'.repeat(10_000) }, { first_name: 'á'.repeat(255) }, { firstName: 'shortened' }],
    ['a name of wide characters', { firstName: '𝒜'.repeat(200) }, { first_name: '𝒜'.repeat(127) }, { firstName: 'shortened' }],
    ['an empty surname', { lastName: ' ' }, { first_name: 'Lucía', last_name: 'Lucía' }, { lastName: 'filled' }],
    ['a missing first name', { firstName: null }, { first_name: 'Quispe', last_name: 'Quispe' }, { firstName: 'filled' }],
    ['a surname of emoji', { lastName: '🦄' }, { last_name: 'Lucía' }, { lastName: 'filled' }],
    ['no name', { firstName: '', lastName: '🦄' }, { first_name: '', last_name: '' }, { firstName: 'missing', lastName: 'omitted' }],
    ['a missing e-mail address', { email: '' }, { email: '' }, { email: 'missing' }],
    ['an e-mail address of 300 characters', { email: `${'l'.repeat(300)}@example.com` }, { email: '' }, { email: 'omitted' }],
    [
      'a missing phone',
      { phone: null },
      { phone: { country_code: '+51', subscriber: '' } },
      { 'phone.countryCode': 'filled', 'phone.number': 'missing' },
    ],
    [
      'a phone with its code',
      { phone: '+51 987-654-321' },
      { phone: { country_code: '+51', subscriber: '987654321' } },
      { 'phone.countryCode': 'filled', 'phone.number': 'normalized' },
    ],
    [
      'a phone without digits',
      { phone: { countryCode: 51, number: 'no tengo' } },
      { phone: { country_code: '+51', subscriber: '' } },
      { 'phone.number': 'omitted' },
    ],
    [
      'a country in the place of a calling code',
      { phone: { countryCode: 'PE', number: '987654321' } },
      { phone: { country_code: '+51', subscriber: '987654321' } },
      { 'phone.countryCode': 'normalized' },
    ],
  ])('may have %s', async (_, buyer, expected, changes) => {
    expect(await billingOf(buyer)).toEqual([expect.objectContaining(expected), changes]);
  });

  it.each<[string, BuyerInput['address'], object, object]>([
    ['a country in lower case', { ...address, country: 'pe' }, { country: 'PE' }, { country: 'normalized' }],
    ['a country by its name', { ...address, country: 'Perú' }, { country: 'PE' }, { country: 'normalized' }],
    ['an unknown country', { ...address, country: 'Perulandia' }, { country: 'Perulandia' }, {}],
    ['no state', { ...address, state: null }, { state: '' }, { state: 'missing' }],
    ['a second line', { ...address, line2: 'Dpto. 4' }, { line_1: 'Av. Arequipa 123', line_2: 'Dpto. 4' }, {}],
    [
      'only a second line',
      { ...address, line1: '', line2: 'Av. Lima 1' },
      { line_1: 'Av. Lima 1', line_2: 'Av. Lima 1' },
      { line1: 'filled' },
    ],
    ['a postcode of four digits', { ...address, postalCode: 1504 }, { zip_code: '1504' }, {}],
    ['a postcode of emoji', { ...address, postalCode: '🦄' }, {}, { postalCode: 'omitted' }],
    [
      'nothing',
      null,
      { line_1: '', city: '', state: '', country: '' },
      { line1: 'missing', city: 'missing', state: 'missing', country: 'missing' },
    ],
  ])('may have an address with %s', async (_, changed, expected, changes) => {
    const { billing, changes: reported } = await requestPersons({ ...whole, address: changed });
    const ofAddress = Object.entries(reported).filter(([field]) => field.startsWith('address.'));
    expect(billing.location).toMatchObject(expected);
    expect(Object.fromEntries(ofAddress.map(([field, change]) => [field.replace('address.', ''), change]))).toEqual(changes);
  });

  it.each<[string, BuyerInput['document'], object | undefined, object]>([
    ['as documented', { country: 'PER', type: 'DNI', number: '12345678' }, { country: 'PER', type: 'DNI', identifier: '12345678' }, {}],
    [
      'in other spellings',
      { country: 'Perú', type: 'd.n.i.', number: '12.345.678' },
      { country: 'PER', type: 'DNI', identifier: '12345678' },
      { 'document.country': 'normalized', 'document.type': 'normalized', 'document.number': 'normalized' },
    ],
    [
      'of an unknown type',
      { country: 'Perulandia', type: 'CARNET', number: '1' },
      { country: 'Perulandia', type: 'CARNET', identifier: '1' },
      {},
    ],
    ['with its number alone', { number: 12345678 }, { identifier: '12345678' }, {}],
    [
      'without a number',
      { country: 'PER', type: 'DNI', number: '-' },
      undefined,
      { 'document.country': 'omitted', 'document.type': 'omitted', 'document.number': 'omitted' },
    ],
    ['of 300 digits', { number: '1'.repeat(300) }, undefined, { 'document.number': 'omitted' }],
  ])('may have a document %s', async (_, document, expected, changes) => {
    const { customer, changes: reported } = await requestPersons({ ...whole, document });
    expect(customer?.identity_document).toEqual(expected);
    expect(reported).toEqual(changes);
  });

  it('may have no text in any field', async () => {
    const { billing } = await requestPersons({ firstName: '', lastName: '', email: '', phone: '', address: null, document: null });
    expect(billing).toMatchObject({ first_name: '', last_name: '', email: '', phone: { country_code: '', subscriber: '' } });
  });
});
