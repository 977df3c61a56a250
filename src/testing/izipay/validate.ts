import { asObject } from '../http.js';
import type { IzipayLibraryConfig } from './types.js';

/** The error that the library throws and rejects with. Its messages are in Spanish (*measured in the September 2025 build*). */
export class CustomError extends Error {
  override readonly name = 'CustomError';
  readonly Errors: unknown;
  readonly date = new Date().toLocaleDateString();

  constructor(message: string, errors: unknown) {
    super(message);
    this.Errors = errors;
  }
}

const required = [
  ...['transactionId', 'action', 'merchantCode'],
  ...['order.orderNumber', 'order.amount', 'order.processType', 'order.merchantBuyerId', 'order.dateTimeTransaction'],
];

/** Keys whose values the library does not check. */
const open = ['customTheme', 'card'];
/** The keys that the library accepts, at any depth. */
const known = new Set(
  [
    'transactionId action merchantCode facilitatorCode order orderNumber amount currency processType merchantBuyerId',
    'dateTimeTransaction payMethod showAmount installments deferred channel billing shipping firstName lastName email phoneNumber',
    'street city state country postalCode documentType document companyName token cardToken language init showControlMultiLang',
    'render typeForm container showButtonProcessForm redirectUrls onSuccess onError onCancel urlIPN urlRedirect appearance',
    'styleInput logo theme customize visibility hideOrderNumber hideResultScreen hideLogo hideMessageActivateOnlinePurchases',
    'hideTestCards hideShakeValidation hideGlobalErrors elements paymentMethod fields name visible customText label groupName',
    'changeButtonText actionPay actionRegister customFields originEntry originCode originDetail',
    'field1 field2 field3 field4 field5 field6 field7 field8 field9 field10',
    ...open,
  ].flatMap((line) => line.split(' ')),
);

/**
 * Validates a configuration and returns the library's copy, which is sanitised without a warning (*measured in the September 2025 build*).
 *
 * @throws {CustomError} for a missing required field, an unknown key, or a container that does not exist
 * @throws {SyntaxError} for a container that is not a string
 */
export function validateConfig(input: unknown): IzipayLibraryConfig {
  const config = asObject(sanitise(input)) ?? {};
  // The amount is read from the input, because sanitising removes its comma.
  const amount = readAmount(input, config.action);
  for (const path of required) requireValue(path, path === 'order.amount' ? amount : getPath(config, path));
  const unknown = findUnknownNames(config);
  if (unknown.length > 0) {
    throw new CustomError('Propiedades inválidas.', { invalidProperties: unknown, viewDocumentation: 'https://developers.izipay.pe' });
  }
  validateRender(asObject(config.render) ?? {});
  return { ...config, order: { currency: 'PEN', payMethod: 'all', ...asObject(config.order), amount } };
}

function requireValue(path: string, value: unknown): void {
  if (value !== undefined && value !== null && value !== '') return;
  throw new CustomError(`${path} es requerido.`, { entryData: { [path]: { message: 'Campo requerido.' } } });
}

/** Reads `15` and `"15"` as `"15.00"`. An amount such as `"1,234.50"` counts as missing. */
function readAmount(input: unknown, action: unknown): string | undefined {
  const given = getPath(input, 'order.amount');
  if (typeof given === 'string' && !/^\d+(\.\d+)?$/.test(given)) return undefined;
  const amount = parseFloat(String(given));
  const fits = amount > 0 ? amount <= 999_999 : amount === 0 && action === 'register';
  return fits ? amount.toFixed(2) : undefined;
}

function validateRender({ typeForm = 'pop-up', container, redirectUrls }: IzipayLibraryConfig): void {
  if (typeForm === 'redirect') requireValue('render.redirectUrls.onSuccess', asObject(redirectUrls)?.onSuccess);
  if (typeForm !== 'embedded') return;
  if (typeof container !== 'string') throw new SyntaxError('The container is not a valid selector.');
  const fits = /^.{1,49}[A-Za-z0-9-]$/.test(container) && document.querySelector(container);
  if (fits) return;
  const entry = { message: 'No se encontró el contenedor.', selectorName: container };
  throw new CustomError('render.container no existe.', { entryData: { 'render.container': entry } });
}

function findUnknownNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(findUnknownNames);
  return Object.entries(asObject(value) ?? {}).flatMap(([name, inner]) => {
    if (open.includes(name)) return [];
    return [...(known.has(name) ? [] : [name]), ...findUnknownNames(inner)];
  });
}

/** Removes special characters from every text except `container` and `payMethod`. */
function sanitise(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => sanitise(inner));
  const object = asObject(value);
  if (object && !('nodeType' in object))
    return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, sanitise(inner, key)]));
  if (typeof value !== 'string' || name === 'container' || name === 'payMethod') return value;
  return value
    .replace(/[|&;$%"#<>()+,]|\p{Extended_Pictographic}/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

function getPath(input: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => asObject(value)?.[key], input);
}
