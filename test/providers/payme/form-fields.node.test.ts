import { beforeAll, describe, expect, it } from 'vitest';
import { paymeForm } from '../../../src/providers/payme/form-fields.js';
import { listProblems, requestConfig, withKey, withValue, type Config } from '../../support/form-config.js';

const details = 'payload.payment_details';
let config: Config;

beforeAll(async () => {
  config = await requestConfig('payme');
});

const problems = (changed: Config) => listProblems(paymeForm, changed);

describe('the fields of the form of Pay-me', () => {
  it('include everything that our own endpoint sends', async () => {
    const document = { country: 'PER', type: 'DNI', number: '12345678' };
    const address = { line1: 'Calle 1', line2: 'Piso 2', city: 'Lima', state: 'Lima', country: 'PE', postalCode: '15001' };
    const buyer = { firstName: 'Ana', lastName: 'Prueba', email: 'ana@example.com', phone: '+51912345678', address, document };
    expect(problems(config)).toEqual([]);
    expect(problems(await requestConfig('payme', { buyer, extra: { additional_fields: { note: 'Gift' } } }))).toEqual([]);
  });

  it.each([
    ['payload.payment_details.billing.first_name', 'firstName'],
    ['payload.payment_details.billing.phone.country_code', 'countryCode'],
    ['payload.payment_details.billing.location.line_1', 'line1'],
    ['payload.payment_details', 'paymentDetails'],
    ['payload.merchant_code', 'MERCHANT_CODE'],
  ])('name %s, which was spelled %s', (path, name) => {
    const place = path.slice(0, path.lastIndexOf('.'));
    const right = path.slice(place.length + 1);
    expect(problems(withKey(config, path, name))).toEqual([`wrong \`config.${place}.${name}\` should be \`${right}\`.`]);
  });

  it('suggest the name of a key with a typing error', () => {
    const changed = withKey(config, `${details}.billing.last_name`, 'lsat_name');
    expect(problems(changed)).toEqual([`wrong \`config.${details}.billing.lsat_name\` should probably be \`last_name\`.`]);
  });

  it('are checked under a misspelled key, too', () => {
    const changed = withKey(withValue(config, `${details}.amount`, 10.5), details, 'paymentDetails');
    expect(problems(changed)).toEqual([
      'wrong `config.payload.paymentDetails` should be `payment_details`.',
      'wrong `config.payload.paymentDetails.amount` should be minor units as text of digits, such as 1050 for 10.50, but was a number.',
    ]);
  });

  it('are compared with the fields of an order of ours', () => {
    const buyer = { firstName: 'Ana', address: { line1: 'Calle 1' } };
    expect(problems(withValue(config, `${details}.billing`, buyer))).toEqual([
      `wrong \`config.${details}.billing.firstName\` should be \`first_name\`.`,
      `warning \`config.${details}.billing.address\` is not in Pay-me's documentation of its form.`,
      `wrong \`config.${details}.billing.last_name\` should be text, but was missing.`,
      `wrong \`config.${details}.billing.email\` should be text, but was missing.`,
      `wrong \`config.${details}.billing.phone\` should be an object, but was missing.`,
      `wrong \`config.${details}.billing.location\` should be an object, but was missing.`,
    ]);
  });

  it.each([
    [`${details}.amount`, '10.50', 'wrong', 'be minor units as text of digits, such as 1050 for 10.50, but was a different string'],
    [`${details}.amount`, 1050, 'wrong', 'be minor units as text of digits, such as 1050 for 10.50, but was a number'],
    [`${details}.currency`, 'PEN', 'wrong', 'be the numeric code of ISO 4217 as text, such as 604 for PEN, but was a different string'],
    [`${details}.currency`, '978', 'warning', 'be a currency of Pay-me: 604, 840, 188, 590, but was a different string'],
    ['payload.merchant_operation_number', '12345', 'wrong', 'be 6 to 12 digits as text, but was a different string'],
    [
      'payload.merchant_operation_number',
      '123456',
      'warning',
      'have at least 7 digits, as the notes on a release say, but was a different string',
    ],
    ['payload.action', 'pay', 'warning', 'be authorize, subscribe or update_subscription, but was a different string'],
    ['payload.channel', undefined, 'wrong', 'be ecommerce, but was missing'],
    ['payload.merchant_code', undefined, 'wrong', 'be text, but was missing'],
    ['payload.payment_method', undefined, 'warning', 'be an object, but was missing'],
    [`${details}.billing.email`, 'ana', 'warning', 'be an e-mail address, but was a different string'],
    [`${details}.billing.location.city`, '', 'warning', 'not be empty, because Pay-me documents it as required, but was empty'],
    [`${details}.additional_fields`, { cart: {} }, 'warning', 'have texts only, but was an object'],
    ['settings', { show_border: 'true' }, 'wrong', 'be true or false, but was a string', '.show_border'],
    ['display_settings', { methods: ['CARD', 'PLIN'] }, 'warning', expect.stringContaining('be CARD, YAPE'), '.methods.1'],
    ['display_settings', { methods: 'CARD' }, 'wrong', 'be a list, but was a string', '.methods'],
  ])('report %s as %j', (path, value, level, message: string, key = '') => {
    const [found, ...others] = problems(withValue(config, path, value));
    expect(others).toEqual([]);
    const start = `${level} \`config.${path}${key}\` should `;
    expect(found?.slice(0, start.length)).toBe(start);
    expect(found?.slice(start.length, -1)).toEqual(message);
  });
});
