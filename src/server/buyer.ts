import * as z from 'zod/mini';
import { cleanText, isTypedText, type TypedText } from './buyer-text.js';

export interface BuyerPhone {
  /** `51` or `+51`. Not needed if `number` has it, or if the address names the country. */
  readonly countryCode?: string;
  readonly number?: string;
}

export interface BuyerAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly city?: string;
  readonly state?: string;
  /** ISO 3166, two letters. Three letters and names are converted. */
  readonly country?: string;
  readonly postalCode?: string;
}

/** An identity document: `{country: 'PER', type: 'DNI', number: '…'}`. */
export interface BuyerDocument {
  readonly country?: string;
  readonly type?: string;
  readonly number?: string;
}

/**
 * The shopper, as the shopper typed it: text in one line, and absent instead of empty. The provider's module makes it fit the provider,
 * and reports each field that it changes.
 */
export interface Buyer {
  /** The shop's own id of the shopper, the same in every order. Saved cards belong to it. The provider receives a hash of it. */
  readonly id?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: BuyerPhone;
  readonly address?: BuyerAddress;
  readonly document?: BuyerDocument;
}

type Typed<T> = { readonly [Key in keyof T]: TypedText | undefined };

/** A buyer as a merchant may return it: numbers count as text, and `null` as absent. */
export interface BuyerInput extends Typed<Pick<Buyer, 'id' | 'firstName' | 'lastName' | 'email'>> {
  /** A text alone is the number. */
  readonly phone?: Typed<BuyerPhone> | TypedText;
  readonly address?: Typed<BuyerAddress> | null;
  readonly document?: Typed<BuyerDocument> | null;
}

/** The fields of a buyer, as events name them. */
export type BuyerField =
  | `buyer.${'firstName' | 'lastName' | 'email'}`
  | `buyer.phone.${keyof BuyerPhone}`
  | `buyer.address.${keyof BuyerAddress}`
  | `buyer.document.${keyof BuyerDocument}`;

/** A schema for an optional value, in which `null` counts as absent. */
export const orAbsent = <T extends z.core.$ZodType>(schema: T) =>
  z.optional(
    z.pipe(
      z.nullable(schema),
      z.transform((value) => value ?? undefined),
    ),
  );

const text = () => z.optional(z.pipe(z.custom<TypedText>(isTypedText, 'should be text'), z.transform(cleanText)));

const phone = () => z.object({ countryCode: text(), number: text() });

/** A buyer. Only the types of its fields are checked, because a shopper may type anything. */
export const buyerSchema = z.lazy(() =>
  z.pipe(
    z.object({
      id: text(),
      firstName: text(),
      lastName: text(),
      email: text(),
      phone: z.optional(
        z.pipe(
          z.transform((value) => (isTypedText(value) ? { number: value } : value)),
          phone(),
        ),
      ),
      address: orAbsent(z.object({ line1: text(), line2: text(), city: text(), state: text(), country: text(), postalCode: text() })),
      document: orAbsent(z.object({ country: text(), type: text(), number: text() })),
    }),
    // A buyer without any known field is a mistake in the merchant's code, not a shopper who typed nothing.
    z.transform((buyer) => (Object.keys(buyer).length > 0 ? buyer : undefined)),
  ),
);
