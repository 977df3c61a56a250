import * as z from 'zod/mini';
import { orderSchema } from '../../server/order.js';

/** The rules for the order that the shop's backend answers. */
export { orderSchema };

/** A part of a JSON Schema. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
}

/** Describes the order as a JSON Schema, which has the name of each field. */
export function describeOrder(): JsonSchema {
  const schema = orderSchema as unknown as z.core.$ZodType;
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
