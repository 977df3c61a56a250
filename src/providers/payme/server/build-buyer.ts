import { BuyerFields } from '../../../server/buyer-fields.js';
import { fitText, matchOrOmit, removePictographs, removeSpace, type InputChange } from '../../../server/buyer-text.js';
import type { Buyer, BuyerField } from '../../../server/buyer.js';
import { readCountry } from '../../../server/countries.js';
import { readDocumentNumber } from '../../../server/identity-document.js';
import { readPhone } from '../../../server/phone.js';
import type { ProviderContext } from '../../../server/provider.js';

/** Pay-me documents no lengths. Every real value fits this one. */
const lengths = [1, 255] as const;

/**
 * Builds the billing data, and the customer if the buyer has an identity document: the billing data has no place for it.
 *
 * Pay-me documents all billing fields as required, except `line_2` and the postal code, but no format. So it receives what the shopper
 * typed. A required field without a value is sent empty, as by Pay-me's own plugin: any other value would be invented.
 */
export function buildBuyer(buyer: Buyer, report: ProviderContext['reportInput']): { billing: object; customer?: object } {
  const fields = new BuyerFields(buyer, report);
  const billing = { ...buildNames(fields), email: sendEmail(fields), phone: buildPhone(fields, buyer), location: buildLocation(fields) };
  const document = buildDocument(fields, buyer);
  return { billing, ...(document && { customer: { ...billing, identity_document: document } }) };
}

/** A missing name repeats the other one, as forms do for people with a single name. */
function buildNames(fields: BuyerFields) {
  return {
    first_name: sendRequiredText(fields, 'buyer.firstName', 'buyer.lastName'),
    last_name: sendRequiredText(fields, 'buyer.lastName', 'buyer.firstName'),
  };
}

/** A part of an e-mail address would be another address, so it is never cut. */
function sendEmail(fields: BuyerFields): string {
  const typed = fields.read('buyer.email');
  return sendRequired(fields, 'buyer.email', matchOrOmit(/^.{1,255}$/, typed && removeSpace(typed)));
}

function buildPhone(fields: BuyerFields, buyer: Buyer) {
  const { countryCode, number } = readPhone(buyer);
  return {
    country_code: sendRequired(fields, 'buyer.phone.countryCode', countryCode && `+${countryCode}`),
    subscriber: sendRequired(fields, 'buyer.phone.number', number),
  };
}

function buildLocation(fields: BuyerFields) {
  const country = readCountry(fields.read('buyer.address.country'));
  const line2 = sendText(fields, 'buyer.address.line2');
  const zipCode = sendText(fields, 'buyer.address.postalCode');
  return {
    line_1: sendRequiredText(fields, 'buyer.address.line1', 'buyer.address.line2'),
    ...(line2 && { line_2: line2 }),
    city: sendRequiredText(fields, 'buyer.address.city'),
    state: sendRequiredText(fields, 'buyer.address.state'),
    country: country ? sendRequired(fields, 'buyer.address.country', country.alpha2) : sendRequiredText(fields, 'buyer.address.country'),
    ...(zipCode && { zip_code: zipCode }),
  };
}

/** Builds the identity document. Its country and type are optional, but without a number there is no document. */
function buildDocument(fields: BuyerFields, { document = {} }: Buyer): object | undefined {
  const number = matchOrOmit(/^.{1,255}$/, readDocumentNumber(document));
  const country = number && (readCountry(document.country)?.alpha3 ?? matchOrOmit(/^.{1,255}$/, document.country));
  const type = number && matchOrOmit(/^.{1,255}$/, document.type?.replaceAll('.', '').toUpperCase());
  fields.send('buyer.document.number', number);
  fields.send('buyer.document.country', country);
  fields.send('buyer.document.type', type);
  return number ? { ...(country && { country }), ...(type && { type }), identifier: number } : undefined;
}

function sendText(fields: BuyerFields, field: BuyerField): string | undefined {
  const { text, change } = fitText(fields.read(field), removePictographs, lengths);
  return fields.send(field, text, change);
}

/** Sends a text that Pay-me requires, or else the text of another field. */
function sendRequiredText(fields: BuyerFields, field: BuyerField, other?: BuyerField): string {
  const { text, change } = fitText(fields.read(field), removePictographs, lengths);
  const substitute = other && fitText(fields.read(other), removePictographs, lengths).text;
  return text || !substitute ? sendRequired(fields, field, text, change) : sendRequired(fields, field, substitute, 'filled');
}

/** Sends a value that Pay-me requires. */
function sendRequired(fields: BuyerFields, field: BuyerField, value: string | undefined, change?: InputChange): string {
  const isMissing = value === undefined && fields.read(field) === undefined;
  return fields.send(field, value, isMissing ? 'missing' : change) ?? '';
}
