import { BuyerFields } from '../../../server/buyer-fields.js';
import { fitText, matchOrOmit, removePictographs, removeSpace, shorten, type Lengths } from '../../../server/buyer-text.js';
import type { Buyer, BuyerField } from '../../../server/buyer.js';
import { readCountry } from '../../../server/countries.js';
import { foldDocumentType, readDocumentNumber } from '../../../server/identity-document.js';
import { readPhone } from '../../../server/phone.js';
import type { ProviderContext } from '../../../server/provider.js';

/** `billing` in Izipay's config. */
export type Billing = Readonly<Record<string, string>>;

/**
 * Lengths that both the documentation and the library accept ("billing"). Where they differ, the stricter limit applies, because a
 * value that only one of them accepts may cost the sale.
 */
const lengths = { name: [2, 50], street: [5, 40], city: [3, 25], postalCode: [5, 10] } as const;

/** 5 to 50 characters, none of which the library removes. */
const email = /^(?=.{5,50}$)[\w.'-]+@[\w-]+(\.[\w-]+)+$/;

/** The numbers of each type of document, with the stricter of both limits. */
const documents = {
  DNI: /^\d{8}$/,
  RUC: /^\d{11}$/,
  CE: /^[\dA-Z]{9,12}$/,
  PASAPORTE: /^[\dA-Z]{8,12}$/,
  OTROS: /^[\dA-Z]{8,12}$/,
};

/**
 * Builds the billing data from the fields that Izipay accepts. Its documentation requires most of them, but its library accepts any part
 * (*measured in the September 2025 build*). So a field that does not fit is left out, and the others are sent.
 *
 * @returns `undefined` if no field fits
 */
export function buildBilling(buyer: Buyer, report: ProviderContext['reportInput']): Billing | undefined {
  const fields = new BuyerFields(buyer, report);
  const billing = {
    firstName: sendText(fields, 'buyer.firstName', lengths.name),
    lastName: sendText(fields, 'buyer.lastName', lengths.name),
    email: fields.send('buyer.email', matchOrOmit(email, buyer.email && removeSpace(buyer.email))),
    phoneNumber: sendPhoneNumber(fields, buyer),
    street: sendStreet(fields),
    city: sendText(fields, 'buyer.address.city', lengths.city),
    state: sendText(fields, 'buyer.address.state', lengths.city),
    country: fields.send('buyer.address.country', readCountry(buyer.address?.country)?.alpha2),
    postalCode: sendPostalCode(fields),
    ...sendDocument(fields, buyer),
  };
  const given = Object.entries(billing).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** Removes the characters that the library would remove without a warning (*measured*). */
function removeSpecialCharacters(text: string): string | undefined {
  return removePictographs(text.replace(/[|&;$%"#<>()+,]/g, ''));
}

function sendText(fields: BuyerFields, field: BuyerField, limits: Lengths): string | undefined {
  const { text, change } = fitText(fields.read(field), removeSpecialCharacters, limits);
  return fields.send(field, text, change);
}

/** Sends the number without its country's code: Plin requires the nine digits alone. */
function sendPhoneNumber(fields: BuyerFields, buyer: Buyer): string | undefined {
  return fields.send('buyer.phone.number', matchOrOmit(/^\d{7,15}$/, readPhone(buyer).number));
}

/** Sends both lines of the address as one. What Izipay does not take of it stays with the merchant. */
function sendStreet(fields: BuyerFields): string | undefined {
  const [min, max] = lengths.street;
  const [line1, line2] = (['buyer.address.line1', 'buyer.address.line2'] as const).map((field) => {
    const typed = fields.read(field);
    return typed && removeSpecialCharacters(typed);
  });
  const street = shorten([line1, line2].filter(Boolean).join(' '), max);
  if (street.length >= min) {
    const first = line1 && shorten(line1, max);
    const rest = street.slice(first ? first.length + 1 : 0) || undefined;
    fields.send('buyer.address.line1', first, first !== line1 ? 'shortened' : undefined);
    fields.send('buyer.address.line2', rest, rest && rest !== line2 ? 'shortened' : undefined);
    return street;
  }
  fields.send('buyer.address.line1', undefined);
  return fields.send('buyer.address.line2', undefined);
}

/** A part of a postal code would be another code, so it is never cut. */
function sendPostalCode(fields: BuyerFields): string | undefined {
  const typed = fields.read('buyer.address.postalCode');
  const code = typed && removeSpecialCharacters(typed.normalize('NFKC'));
  return fields.send('buyer.address.postalCode', matchOrOmit(/^.{5,10}$/, code));
}

/** Sends type and number together, or neither. */
function sendDocument(fields: BuyerFields, { document = {} }: Buyer): Billing {
  const type = document.type && readDocumentType(document.type);
  const number = readDocumentNumber(document);
  const fits = type && number && documents[type].test(number);
  fields.send('buyer.document.type', fits ? type : undefined);
  fields.send('buyer.document.number', fits ? number : undefined);
  return fits ? { documentType: type, document: number } : {};
}

function readDocumentType(typed: string): keyof typeof documents {
  const type = foldDocumentType(typed);
  if (type === 'DNI' || type === 'RUC' || type === 'CE') return type;
  if (/EXTRANJER/.test(type)) return 'CE';
  return /^(PAS|PSP|PASAPORTE|PASSPORT)$/.test(type) ? 'PASAPORTE' : 'OTROS';
}
