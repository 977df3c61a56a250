import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { izipay, type BuyerInput, type PayEvent } from '../../../../src/server.js';
import { anyBuyer, createConfig, fuzzOptions } from '../../../server/any-buyer.js';
import { account, createEndpoints, createRequest, fakeIzipay, order, readResponse, token, tokenBody } from './fake-izipay.js';

type Billing = Readonly<Record<string, string>> | undefined;

/** Requests a token, and returns the billing data with the reported changes by field. */
async function requestBilling(buyer: BuyerInput) {
  const changes: Record<string, string> = {};
  const onEvent = ({ phase, field, change }: PayEvent) => {
    if (phase === 'input') changes[field!] = change!;
  };
  const pay = createEndpoints(fakeIzipay(), { order: () => ({ ...order, buyer }), onEvent });
  const { status, json } = await readResponse(pay.token(createRequest(tokenBody)));
  expect(status).toBe(200);
  return { billing: (json.config as { billing?: Billing }).billing, changes };
}

const removed = /[|&;$%"#<>()+,]|\p{Extended_Pictographic}/u;

/** What both the documentation and the library accept ("billing"). Lengths are UTF-16 code units. */
const documented: Readonly<Record<string, (value: string, all: NonNullable<Billing>) => boolean>> = {
  firstName: (value) => value.length >= 2 && value.length <= 50,
  lastName: (value) => value.length >= 2 && value.length <= 50,
  email: (value) => value.length >= 5 && value.length <= 50 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
  phoneNumber: (value) => /^\d{7,15}$/.test(value),
  street: (value) => value.length >= 5 && value.length <= 40,
  city: (value) => value.length >= 3 && value.length <= 25,
  state: (value) => value.length >= 3 && value.length <= 25,
  country: (value) => /^[A-Z]{2}$/.test(value),
  postalCode: (value) => value.length >= 5 && value.length <= 10,
  documentType: (value, { document }) => ['DNI', 'CE', 'PASAPORTE', 'RUC', 'OTROS'].includes(value) && document !== undefined,
  document: (value, { documentType }) => {
    const [min, max] = { DNI: [8, 8], RUC: [11, 11], CE: [9, 12], PASAPORTE: [8, 12], OTROS: [8, 12] }[documentType!] as [number, number];
    return /^[0-9A-Za-z]+$/.test(value) && value.length >= min && value.length <= max;
  },
};

describe('billing', () => {
  it('fits Izipay’s limits, whatever the shopper typed', async () => {
    const property = fc.asyncProperty(anyBuyer, async (buyer) => {
      const config = await createConfig(izipay(account), buyer, { code: '00', response: { token } });
      const billing = config.billing as Billing;
      if (billing) expect(billing).not.toEqual({});
      for (const [name, value] of Object.entries(billing ?? {})) {
        expect(documented[name]?.(value, billing!), `${name}: ${JSON.stringify(value)}`).toBe(true);
        expect(value).not.toMatch(removed);
        expect(value).toBe(value.trim());
        expect(value).not.toMatch(/ {2}|\p{C}/u);
      }
    });
    await fc.assert(property, fuzzOptions);
  });

  it('is sent as typed and reports nothing if every field fits', async () => {
    const address = { line1: ' Av.  Arequipa 123', line2: 'Dpto. 4', city: 'Lima', state: 'Lima', country: 'PE', postalCode: '15046' };
    const { billing, changes } = await requestBilling({
      firstName: 'Lucía',
      lastName: "Quispe O'Higgins",
      email: 'lucia.quispe@example.com',
      phone: { countryCode: '+51', number: '987 654 321' },
      address,
      document: { country: 'PER', type: 'DNI', number: '12345678' },
    });
    expect(changes).toEqual({});
    expect(billing).toEqual({
      firstName: 'Lucía',
      lastName: "Quispe O'Higgins",
      email: 'lucia.quispe@example.com',
      phoneNumber: '987654321',
      street: 'Av. Arequipa 123 Dpto. 4',
      city: 'Lima',
      state: 'Lima',
      country: 'PE',
      postalCode: '15046',
      documentType: 'DNI',
      document: '12345678',
    });
  });

  it.each<[string, BuyerInput, object, object]>([
    ['a name with an emoji', { firstName: 'Lucía 👩🏽‍🚀' }, { firstName: 'Lucía' }, { 'buyer.firstName': 'normalized' }],
    ['a name of signs', { firstName: '<Ana & (Luz)>' }, { firstName: 'Ana Luz' }, { 'buyer.firstName': 'normalized' }],
    ['a name of 60 letters', { firstName: 'á'.repeat(60) }, { firstName: 'á'.repeat(50) }, { 'buyer.firstName': 'shortened' }],
    ['a city of 30 letters', { address: { city: 'á'.repeat(30) } }, { city: 'á'.repeat(25) }, { 'buyer.address.city': 'shortened' }],
    ['a phone with its code', { phone: '+51 987-654-321' }, { phoneNumber: '987654321' }, { 'buyer.phone.number': 'normalized' }],
    ['a phone with dashes', { phone: '987-654-321' }, { phoneNumber: '987654321' }, { 'buyer.phone.number': 'normalized' }],
    ['a country in lower case', { address: { country: 'pe' } }, { country: 'PE' }, { 'buyer.address.country': 'normalized' }],
    ['a country of three letters', { address: { country: 'PER' } }, { country: 'PE' }, { 'buyer.address.country': 'normalized' }],
    ['a country by its name', { address: { country: 'Perú' } }, { country: 'PE' }, { 'buyer.address.country': 'normalized' }],
    ['a wide postcode', { address: { postalCode: '１５０４６' } }, { postalCode: '15046' }, { 'buyer.address.postalCode': 'normalized' }],
    ['a second line alone', { address: { line2: 'Av. Arequipa 123' } }, { street: 'Av. Arequipa 123' }, {}],
  ])('sends %s in another form, and reports it', async (_, buyer, expected, changes) => {
    expect(await requestBilling(buyer)).toEqual({ billing: expected, changes });
  });

  it.each<[string, BuyerInput, string]>([
    ['a surname of one letter', { lastName: 'Q' }, 'lastName'],
    ['a name of emoji', { lastName: '🦄🦄' }, 'lastName'],
    ['an e-mail address of 57 characters', { email: `${'l'.repeat(45)}@example.com` }, 'email'],
    ['an e-mail address that the library would change', { email: 'lucia+tienda@example.com' }, 'email'],
    ['a text that is not an e-mail address', { email: 'no tengo' }, 'email'],
    ['a phone of six digits', { phone: '123456' }, 'phone.number'],
    ['a phone without digits', { phone: 'no tengo' }, 'phone.number'],
    ['a city of two letters', { address: { city: 'Yo' } }, 'address.city'],
    ['a state of two letters', { address: { state: 'LI' } }, 'address.state'],
    ['an unknown country', { address: { country: 'Perulandia' } }, 'address.country'],
    ['a postcode of four digits', { address: { postalCode: 1504 } }, 'address.postalCode'],
    ['a postcode of eleven characters', { address: { postalCode: 'Lima, 150461' } }, 'address.postalCode'],
    ['a street that is too short', { address: { line1: 'S/N' } }, 'address.line1'],
  ])('leaves out %s, sends the other fields, and reports it', async (_, buyer, field) => {
    expect(await requestBilling({ firstName: 'Lucía', ...buyer })).toEqual({
      billing: { firstName: 'Lucía' },
      changes: { [`buyer.${field}`]: 'omitted' },
    });
  });

  it.each<[string, string, string | undefined, string, object]>([
    [
      'cuts the second line',
      'Av. Arequipa 123',
      'Departamento 404, Torre Norte',
      'Av. Arequipa 123 Departamento 404 Torre',
      { line2: 'shortened' },
    ],
    ['leaves out the second line', 'á'.repeat(39), 'B', 'á'.repeat(39), { line2: 'omitted' }],
    ['cuts the first line', 'á'.repeat(45), undefined, 'á'.repeat(40), { line1: 'shortened' }],
    ['cuts the first line', 'á'.repeat(45), 'B', 'á'.repeat(40), { line1: 'shortened', line2: 'omitted' }],
    ['removes signs', 'Av. Lima #12', '(Piso 3)', 'Av. Lima 12 Piso 3', { line1: 'normalized', line2: 'normalized' }],
    ['leaves out a line of emoji', 'Av. Lima 12', '🦄', 'Av. Lima 12', { line2: 'omitted' }],
  ])('joins both lines of the address, and %s', async (_, line1, line2, street, changes) => {
    const reported = Object.fromEntries(Object.entries(changes).map(([line, change]) => [`buyer.address.${line}`, change as string]));
    expect(await requestBilling({ address: { line1, line2 } })).toEqual({ billing: { street }, changes: reported });
  });

  it.each<[string, string | number, string, string]>([
    ['DNI', 12345678, 'DNI', '12345678'],
    ['D.N.I.', '12.345.678', 'DNI', '12345678'],
    ['dni', '1234 5678', 'DNI', '12345678'],
    ['DNI', '12345678 - 9', 'DNI', '12345678'],
    ['ruc', '20-12345678-9', 'RUC', '20123456789'],
    ['C.E.', '001234567', 'CE', '001234567'],
    ['Carné de extranjería', '001-234-567', 'CE', '001234567'],
    ['Pasaporte', 'ab 1234567', 'PASAPORTE', 'AB1234567'],
    ['passport', 'AB1234567', 'PASAPORTE', 'AB1234567'],
    ['CARNET', '12345678', 'OTROS', '12345678'],
  ])('sends a document %s %s as %s %s', async (type, number, documentType, document) => {
    expect((await requestBilling({ document: { type, number } })).billing).toEqual({ documentType, document });
  });

  it.each([
    ['DNI', '1234567'],
    ['DNI', '123456789'],
    ['RUC', '2012345678'],
    ['CE', '12345678'],
    ['PASAPORTE', 'A123456'],
    ['CARNET', '1234567'],
    ['CARNET', '1'.repeat(13)],
  ])('leaves out a document %s %s, type and number', async (type, number) => {
    expect(await requestBilling({ document: { type, number } })).toEqual({
      billing: undefined,
      changes: { 'buyer.document.type': 'omitted', 'buyer.document.number': 'omitted' },
    });
  });

  it('leaves out a document without its type or number', async () => {
    expect(await requestBilling({ document: { number: '12345678' } })).toMatchObject({ changes: { 'buyer.document.number': 'omitted' } });
    expect(await requestBilling({ document: { type: 'DNI' } })).toMatchObject({ changes: { 'buyer.document.type': 'omitted' } });
  });

  it('is absent if no field fits', async () => {
    expect((await requestBilling({ firstName: 'L', address: { city: '' } })).billing).toBeUndefined();
  });
});
