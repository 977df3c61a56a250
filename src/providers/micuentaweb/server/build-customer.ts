import { BuyerFields } from '../../../server/buyer-fields.js';
import { fitText, matchOrOmit, removePictographs, removeSpace } from '../../../server/buyer-text.js';
import type { Buyer, BuyerField } from '../../../server/buyer.js';
import { readCountry } from '../../../server/countries.js';
import { signHmac, toHex } from '../../../server/digests.js';
import { foldDocumentType, readDocumentNumber } from '../../../server/identity-document.js';
import { readPhone } from '../../../server/phone.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { Account } from './account.js';

/** Lengths of the hosted form, from Lyra's plugin for WooCommerce. Those of the REST API are not published. */
const lengths = {
  'buyer.firstName': 63,
  'buyer.lastName': 63,
  'buyer.address.line1': 255,
  'buyer.address.line2': 255,
  'buyer.address.city': 127,
  'buyer.address.state': 63,
  'buyer.address.postalCode': 63,
} as const satisfies Partial<Record<BuyerField, number>>;

/** At most 127 characters (documentation, `customer.email`). */
const email = /^(?=.{3,127}$)[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Builds `customer` of Lyra's body. A field that does not fit is left out, and reported. */
export async function buildCustomer(account: Account, buyer: Buyer, report: ProviderContext['reportInput']): Promise<object> {
  const fields = new BuyerFields(buyer, report);
  const reference = await findCustomerReference(account, buyer);
  const address = fields.send('buyer.email', matchOrOmit(email, buyer.email && removeSpace(buyer.email)));
  return withoutMissing({ reference, email: address, billingDetails: withoutMissing(buildBilling(fields, buyer)) });
}

/** Returns the hash of the shop's own id, in 63 characters, which is the most that Lyra takes. */
async function findCustomerReference({ hashKeys }: Account, { id }: Buyer): Promise<string | undefined> {
  if (id === undefined) return undefined;
  // The oldest key, so that a new one does not change it. Lyra signs its results with this key, too: they are JSON, so none begins like this.
  return toHex(new Uint8Array(await signHmac(hashKeys.at(-1) as string, `customer-reference:${id}`))).slice(0, 63);
}

function buildBilling(fields: BuyerFields, buyer: Buyer): Readonly<Record<string, string | undefined>> {
  return {
    ...{ firstName: sendText(fields, 'buyer.firstName'), lastName: sendText(fields, 'buyer.lastName') },
    phoneNumber: sendPhoneNumber(fields, buyer),
    ...{ address: sendText(fields, 'buyer.address.line1'), address2: sendText(fields, 'buyer.address.line2') },
    ...{ city: sendText(fields, 'buyer.address.city'), state: sendText(fields, 'buyer.address.state') },
    country: fields.send('buyer.address.country', readCountry(buyer.address?.country)?.alpha2),
    zipCode: sendText(fields, 'buyer.address.postalCode'),
    ...sendDocument(fields, buyer),
  };
}

function sendText(fields: BuyerFields, field: keyof typeof lengths): string | undefined {
  const { text, change } = fitText(fields.read(field), removePictographs, [1, lengths[field]]);
  return fields.send(field, text, change);
}

/** Sends digits only, with the calling code in front. At most 32 characters. */
function sendPhoneNumber(fields: BuyerFields, buyer: Buyer): string | undefined {
  const { countryCode = '', number } = readPhone(buyer);
  const sent = number && (countryCode ? `+${countryCode}${number}` : number);
  return fields.send('buyer.phone.number', sent, buyer.phone?.number !== undefined && sent === undefined ? 'omitted' : undefined);
}

/** Sends type and number together, or neither. Izipay's samples have the types `DNI`, `PS` and `CE`. */
function sendDocument(fields: BuyerFields, { document = {} }: Buyer): Readonly<Record<string, string | undefined>> {
  const type = document.type && foldDocumentType(document.type);
  const number = readDocumentNumber(document);
  const fits = type && number && number.length <= 255;
  fields.send('buyer.document.type', fits ? type : undefined);
  fields.send('buyer.document.number', fits ? number : undefined);
  return fits ? { identityType: /^(PAS|PSP|PASAPORTE|PASSPORT)$/.test(type) ? 'PS' : type, identityCode: number } : {};
}

/** Leaves out what is missing, and objects without fields. */
function withoutMissing(fields: object): object {
  const isSent = (value: unknown) => value !== undefined && (typeof value !== 'object' || Object.keys(value as object).length > 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isSent(value)));
}
