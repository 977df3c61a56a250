import { CheckoutError } from '../state/errors.js';
import type { Endpoint } from './endpoint-error.js';
import { parse, ShapeError, type Schema } from '../shared/schema.js';

/**
 * Checks the JSON of an endpoint, and returns it typed.
 *
 * @throws {CheckoutError} reason `shape`
 */
export function parseResponse<T>(schema: Schema<T>, json: unknown, endpoint: Endpoint): T {
  try {
    return parse(schema, json, `The ${endpoint} endpoint's answer`);
  } catch (error) {
    throw error instanceof ShapeError ? new CheckoutError(endpoint, 'shape', error.message) : error;
  }
}
