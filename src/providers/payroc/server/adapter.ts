import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { check } from '../../../server/check.js';
import type { WithOperations } from '../../../server/operations/operation-types.js';
import type { Order } from '../../../server/order.js';
import type { ProviderContext, ProviderWithoutNotifications, VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import { forms, hosts, modes, type PayrocEnvironment, type PayrocForm, type PayrocMode } from '../contract.js';
import { apiKey, secCodes, singleUseToken, terminalId } from './calls.js';
import { capabilities } from './capabilities.js';
import { createToken } from './create-token.js';
import { chooseAccount, type Merchant } from './merchant.js';
import { createOperations } from './operations.js';
import { describeFeatures } from './order-features.js';
import { outcomeRules } from './outcome-rules.js';
import { createSingleUseSource } from './payment-source.js';
import { runSale } from './run-sale.js';
import { saveToken } from './save-token.js';
import { saveRules, type SecureToken } from './secure-token.js';

/** A merchant's terminal at Payroc. The browser receives none of these values. */
export interface PayrocOptions {
  /** Each environment has its own key. */
  readonly apiKey: string;
  readonly processingTerminalId: string;
  /** `payment` (the default) runs a sale. `tokenization` treats every order as one with `save: 'only'`: the outcome is then `saved`. */
  readonly scenario?: PayrocMode;
  /** For an order that only saves a card or account: the id of a saved token to replace, or a function of the order. */
  readonly secureTokenId?: string | ((order: Order) => string | undefined);
  /** The payment method: `card` (the default), `ach` or `pad`. ACH and PAD need a terminal with bank transfers. */
  readonly form?: PayrocForm;
  /** For ACH: how the customer agreed. `web` by default. */
  readonly secCode?: (typeof secCodes)[number];
  /** Receives every card or account that was saved without a payment, before the page receives the outcome. May receive the same one again. */
  readonly onSecureToken?: (secureToken: SecureToken, order: Order) => void | Promise<void>;
}

const optionsShape = z.lazy(() =>
  z.object({
    apiKey: apiKey(),
    processingTerminalId: terminalId(),
    scenario: z._default(z.enum(modes), 'payment'),
    form: z._default(z.enum(forms), 'card'),
    secCode: z._default(z.enum(secCodes), 'web'),
  }),
);

const reportedResult = z.lazy(() => z.object({ singleUseToken: singleUseToken() }));

/** The provider that `payroc()` creates. It has every operation. */
export type PayrocProvider = ProviderWithoutNotifications & WithOperations<'query' | 'cancel' | 'refund' | 'capture' | 'charge'>;

/**
 * Creates the Payroc Hosted Fields provider for `createPayEndpoints`.
 *
 * @throws {Error} names the option that is missing or invalid, without its value
 */
export function payroc(options: PayrocOptions): PayrocProvider {
  const checked = parse(optionsShape, options, 'payroc()');
  const { secureTokenId, onSecureToken } = options;
  const createMerchant = ({ environment }: Pick<ProviderContext, 'environment'>): Merchant => ({
    account: { ...checked, environment: environment as PayrocEnvironment },
    ...(secureTokenId !== undefined && { secureTokenId }),
    ...(onSecureToken && { onSecureToken }),
  });
  return {
    name: 'payroc',
    environments: Object.keys(hosts) as PayrocEnvironment[],
    charges: checked.scenario === 'payment',
    outcomeRules: [...outcomeRules, ...saveRules],
    createToken: (context) => createToken(createMerchant(context), context),
    verify: (context) => verify(createMerchant(context), context),
    orderFeatures: describeFeatures(checked),
    operations: createOperations((context) => createMerchant(context).account),
    capabilities,
  };
}

async function verify(merchant: Merchant, context: VerifyContext): Promise<VerifiedOutcome> {
  const { singleUseToken: token } = check('request', reportedResult, context.result, 'The body: `result`');
  const account = chooseAccount(merchant, context.order);
  return account.scenario === 'payment'
    ? await runSale(account, context, createSingleUseSource(token))
    : await saveToken(merchant, account, context, token);
}
