import { beforeAll, describe, expect, it } from 'vitest';
import { izipayForm } from '../../../src/providers/izipay/form-fields.js';
import { listProblems, requestConfig, withKey, withValue, type Config } from '../../support/form-config.js';

let config: Config;

beforeAll(async () => {
  config = await requestConfig('izipay');
});

const problems = (changed: Config) => listProblems(izipayForm, changed);

describe('the fields of the form of Izipay', () => {
  it('include everything that our own endpoint sends', async () => {
    const document = { type: 'DNI', number: '12345678' };
    const buyer = { id: 'ana', firstName: 'Ana', lastName: 'Prueba', email: 'ana@example.com', phone: '+51912345678', document };
    expect(problems(config)).toEqual([]);
    expect(problems(await requestConfig('izipay', { buyer, save: true }))).toEqual([]);
    expect(problems(await requestConfig('izipay', { buyer, save: 'only' }))).toEqual([]);
    expect(problems(await requestConfig('izipay', { buyer, capture: 'later' }))).toEqual([]);
  });

  it.each([
    ['transactionId', 'transaction_id'],
    ['keyRSA', 'keyRsa'],
    ['order.dateTimeTransaction', 'datetimeTransaction'],
    ['billing.firstName', 'first_name'],
  ])('name %s, which was spelled %s', (path, name) => {
    const place = path.slice(0, path.lastIndexOf('.') + 1);
    const right = path.slice(place.length);
    expect(problems(withKey(config, path, name))).toEqual([`wrong \`config.${place}${name}\` should be \`${right}\`.`]);
  });

  it('suggest the plural of `installment`, which is optional', () => {
    expect(problems(withValue(config, 'order.installment', '03'))).toEqual([
      'warning `config.order.installment` should probably be `installments`.',
    ]);
  });

  it('say what an unknown key does', () => {
    expect(problems({ ...config, publicKey: 'sample' })).toEqual([
      "warning `config.publicKey` is no known key of Izipay's library, which opens no form if it does not know a key.",
    ]);
  });

  it.each([
    [
      'order.amount',
      '1050',
      'warning',
      'have two decimals, such as 10.50, because Izipay reads 1050 as 1050.00, but was a different string',
    ],
    ['order.amount', '10,50', 'wrong', 'be the amount with a decimal point, such as 10.50, up to 999999.00, but was a different string'],
    ['order.amount', null, 'wrong', 'be the amount with a decimal point, such as 10.50, up to 999999.00, but was null'],
    ['order.currency', '604', 'wrong', 'be PEN or USD, but was a different string'],
    ['order.processType', 'at', 'warning', 'be AT or PA, but was a different string'],
    ['order.dateTimeTransaction', '1767225600', 'warning', 'be microseconds since 1970, 16 digits, but was a different string'],
    ['order.orderNumber', 'A'.repeat(16), 'warning', 'have 5 to 15 characters, but was a different string'],
    ['transactionId', 'A-1001', 'wrong', 'be 5 to 40 letters and digits, but was a different string'],
    ['billing.state', 'A'.repeat(30), 'warning', 'have 3 to 25 characters, but was a different string'],
    ['billing.state', 'A'.repeat(41), 'wrong', 'have 3 to 40 characters, but was a different string'],
    [
      'billing.email',
      'ana+shop@example.com',
      'warning',
      'not contain a character that Izipay\'s library removes (| & ; $ % " # < > ( ) + ,), but was a different string',
    ],
    ['billing.phoneNumber', '+51 912 345 678', 'wrong', 'be 7 to 15 digits, but was a different string'],
    ['card', { pan: '4111' }, 'wrong', 'be absent: card data must never be in your backend, but was an object'],
    ['render', { typeForm: 'iframe' }, 'wrong', 'be pop-up, embedded or redirect, but was a different string', '.typeForm'],
    ['render', { typeForm: 'redirect' }, 'wrong', 'have `redirectUrls`, because `typeForm` is redirect, but was an object'],
    ['urlIPN', 'http://shop.example.com/ipn', 'warning', 'be https, which Izipay requires in production, but was a different string'],
    [
      'urlIPN',
      'https://shop.example.com/ipn?a=1&b=2',
      'warning',
      "have at most one query parameter, because Izipay's library removes `&`, `%` and `#`, but was a different string",
    ],
    [
      'appearance',
      { customize: { visibility: { hideLogos: true } } },
      'warning',
      'probably be `hideLogo`',
      '.customize.visibility.hideLogos',
    ],
  ])('report %s as %j', (path, value, level, message, key = '') => {
    expect(problems(withValue(config, path, value))).toEqual([`${level} \`config.${path}${key}\` should ${message}.`]);
  });

  it('accept numbers, which the library converts', () => {
    const changed = withValue(withValue(config, 'order.amount', 10.55), 'merchantCode', 4001834);
    expect(problems(changed)).toEqual([]);
  });
});
