import { wrong, type Finding } from '../finding.js';
import type { CheckOptions } from '../options.js';
import { NoResponseError } from '../send-request.js';
import type { CheckTarget } from '../target.js';
import { createShopCaller } from './call-shop.js';
import { checkOrderBackend } from './order-backend.js';
import { checkOutcomeBackend } from './outcome-backend.js';

/** Checks the calls of `pay-checkout serve` that the shop's own backend answers. */
export async function* checkShop(options: CheckOptions, target: CheckTarget): AsyncGenerator<Finding> {
  const { backend, outcomeBackend, backendSecrets } = options;
  if (backend) yield* named('backend', checkOrderBackend(createShopCaller(backend, backendSecrets), target, options));
  if (outcomeBackend) yield* named('outcome backend', checkOutcomeBackend(createShopCaller(outcomeBackend, []), target));
}

async function* named(prefix: string, findings: AsyncGenerator<Finding>): AsyncGenerator<Finding> {
  try {
    for await (const finding of findings) yield { ...finding, check: `${prefix} ${finding.check}` };
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error;
    yield wrong(`${prefix} reach`, `the shop ${error.message}.`);
  }
}
