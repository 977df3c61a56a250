import * as z from 'zod/mini';
import { nonEmptyString } from '../shared/zod-schemas.js';

/** A saved card, as the merchant stored it. */
export const savedCardSchema = z.lazy(() =>
  z.object({
    provider: nonEmptyString(),
    environment: z.enum(['sandbox', 'production', 'test']),
    token: nonEmptyString(),
    id: z.optional(z.string()),
    buyerId: z.optional(z.string()),
    brand: z.optional(z.string()),
    last4: z.optional(z.string()),
    numbers: z.optional(z.record(z.string(), z.string())),
  }),
);
