import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { check } from '../../../server/check.js';
import type { Order } from '../../../server/order.js';
import type { ServerContext, ServerToken, ProviderWithoutNotifications, VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import { forms, hosts, modes, type PayrocEnvironment, type PayrocForm, type PayrocMode } from '../contract.js';
import {
  apiKey,
  createBearerGrant,
  secCodes,
  secureTokenId,
  createSessionCall,
  singleUseToken,
  terminalId,
  type Account,
} from './calls.js';
import { deriveIdempotencyKey, createIdempotencyKey } from './idempotency-key.js';
import { outcomeRules } from './outcome-rules.js';
import { runSale } from './run-sale.js';
import { createSaveCall, describeSave, saveRules, type SecureToken } from './secure-token.js';

/** A merchant's terminal at Payroc. The browser receives none of these values. */
export interface PayrocOptions {
  /** Each environment has its own key. */
  readonly apiKey: string;
  readonly processingTerminalId: string;
  /** `payment` (the default) runs a sale. `tokenization` saves the card or account: the outcome is then `saved`, and no money moves. */
  readonly scenario?: PayrocMode;
  /** With `tokenization`: the id of a saved token to replace, or a function of the order. */
  readonly secureTokenId?: string | ((order: Order) => string | undefined);
  /** The payment method: `card` (the default), `ach` or `pad`. ACH and PAD need a terminal with bank transfers. */
  readonly form?: PayrocForm;
  /** For ACH: how the customer agreed. `web` by default. */
  readonly secCode?: (typeof secCodes)[number];
  /** Receives every saved card or account, before the page receives the outcome. Called again if the page asks again. */
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

interface Merchant {
  readonly account: Account;
  findSavedTokenId(order: Order): string | undefined;
  notifySaved(token: SecureToken, order: Order): void | Promise<void>;
}

/**
 * Creates the Payroc Hosted Fields provider for `createPayEndpoints`.
 *
 * @throws {Error} names the option that is missing or invalid, without its value
 */
export function payroc(options: PayrocOptions): ProviderWithoutNotifications {
  const checked = parse(optionsShape, options, 'payroc()');
  const { secureTokenId: id, onSecureToken } = options;
  const createMerchant = ({ environment }: ServerContext): Merchant => ({
    account: { ...checked, environment: environment as PayrocEnvironment },
    findSavedTokenId: (order) =>
      checked.scenario === 'payment' ? undefined : checkSecureTokenId(typeof id === 'function' ? id(order) : id),
    notifySaved: (token, order) => onSecureToken?.(token, order),
  });
  return {
    name: 'payroc',
    environments: Object.keys(hosts) as PayrocEnvironment[],
    charges: checked.scenario === 'payment',
    outcomeRules: [...outcomeRules, ...saveRules],
    createToken: (context) => createToken(createMerchant(context), context),
    verify: (context) => verify(createMerchant(context), context),
  };
}

/** @throws {Problem} `order`, because the id may come from the merchant's own function */
function checkSecureTokenId(id: string | undefined): string | undefined {
  return check('order', z.optional(secureTokenId()), id, 'payroc(): `secureTokenId`');
}

async function createToken({ account, findSavedTokenId }: Merchant, { order, send, withBearer }: ServerContext): Promise<ServerToken> {
  const { scenario: mode, form } = account;
  const { amount, currency } = order;
  const [key, id] = [createIdempotencyKey(), findSavedTokenId(order)];
  const { token, expiresAt } = await withBearer(createBearerGrant(account), (bearer) =>
    send(createSessionCall(account, id, { bearer, key })),
  );
  // The button of the form shows the price. A form that saves a card takes no payment.
  return { token, expiresAt, config: { mode, form, ...(mode === 'payment' && { amount, currency }) } };
}

async function verify(merchant: Merchant, context: VerifyContext): Promise<VerifiedOutcome> {
  const { singleUseToken: token } = check('request', reportedResult, context.result, 'The body: `result`');
  return merchant.account.scenario === 'payment'
    ? await runSale(merchant.account, context, token)
    : await saveToken(merchant, context, token);
}

async function saveToken(
  { account, findSavedTokenId, notifySaved }: Merchant,
  { order, send, withBearer }: VerifyContext,
  token: string,
): Promise<VerifiedOutcome> {
  const [key, id] = [await deriveIdempotencyKey('save', order.reference, token), findSavedTokenId(order)];
  const run = (bearer: string) => send(createSaveCall(account, order, id, token, { bearer, key }));
  const saved = await withBearer(createBearerGrant(account), run);
  const described = describeSave(saved, account);
  const { secureTokenId, token: secureToken, status } = saved;
  if (described.outcome === 'saved') await notifySaved({ secureTokenId, token: secureToken, status }, order);
  return described;
}
