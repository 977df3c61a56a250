import { ok, warning, wrong, type Finding } from '../finding.js';
import type { CheckTarget } from '../target.js';
import { unknownOrder } from '../unknown-order.js';
import { forgeries, type CallShop } from './call-shop.js';
import { isUnauthorized } from './order-answer.js';

/**
 * Checks that the shop refuses an outcome that `serve` did not sign. The command never signs one, and the order in it does not exist, so
 * that no shop fulfils an order by mistake.
 */
export async function* checkOutcomeBackend(call: CallShop, { body }: CheckTarget): AsyncGenerator<Finding> {
  const { provider, environment } = body;
  const target = { provider, environment };
  const request = {
    call: 'outcome',
    outcome: 'paid',
    payment: { ...target, order: unknownOrder, id: 'pay-checkout-check' },
    details: {},
    order: { reference: unknownOrder, amount: 100, currency: 'PEN' },
    ...target,
    decidedAt: new Date().toISOString(),
  };
  for (const what of ['unsigned', 'with a wrong signature'] as const) {
    const response = await call(request, { sign: forgeries[what] });
    yield isUnauthorized(response)
      ? ok('forgery', `a payment ${what} is refused with ${response.status}.`)
      : describe(what, response.status);
  }
}

function describe(what: string, status: number): Finding {
  const found = `a payment ${what} should be refused with 401, but was answered with ${status}`;
  if (status < 300) return wrong('forgery', `${found}; anyone can mark an order as paid.`);
  if (status === 404 || status === 405) return wrong('forgery', `${found}; check the address, and that it accepts POST.`);
  if (status === 419) return wrong('forgery', `${found}; exempt the address from CSRF protection, which refuses signed calls, too.`);
  return warning('forgery', `${found}; verify the signature before anything else.`);
}
