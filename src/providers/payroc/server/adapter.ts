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
import { resolveSaleError } from './resolve-sale-error.js';
import { createSaleCall, decideOutcome } from './sale.js';
import { decideSaveOutcome, createSaveCall, type SecureToken } from './secure-token.js';

/** A merchant's terminal at Payroc. Nothing of it is shown to a browser. */
export interface PayrocOptions {
  /** Each environment has its own. */
  readonly apiKey: string;
  readonly processingTerminalId: string;
  /** `payment` (the default) runs a sale; `tokenization` saves the card or account, and *paid* then means that it was saved. */
  readonly scenario?: PayrocMode;
  /** With `tokenization`: the saved token that is to be replaced; a function where it depends on the order. */
  readonly secureTokenId?: string | ((order: Order) => string | undefined);
  /** What is paid with: `card` (the default), `ach` or `pad`. ACH and PAD need a terminal that has bank transfers. */
  readonly form?: PayrocForm;
  /** For ACH: how the customer agreed. `web` by default. */
  readonly secCode?: (typeof secCodes)[number];
  /** Told of every card or account that was saved, before the page is. Called again with the same where the page asks again. */
  readonly onSecureToken?: (onSaved: SecureToken, order: Order) => void | Promise<void>;
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

const reported = z.lazy(() => z.object({ singleUseToken: singleUseToken() }));

interface Merchant {
  readonly account: Account;
  findSavedToken(order: Order): string | undefined;
  saved(token: SecureToken, order: Order): void | Promise<void>;
}

/**
 * Payroc Hosted Fields for `createPayEndpoints`.
 *
 * @throws {Error} that names the option which is missing or cannot be right
 */
export function payroc(options: PayrocOptions): ProviderWithoutNotifications {
  const checked = parse(optionsShape, options, 'payroc()');
  const { secureTokenId: id, onSecureToken } = options;
  const shopIn = ({ environment }: ServerContext): Merchant => ({
    account: { ...checked, environment: environment as PayrocEnvironment },
    findSavedToken: (order) => (checked.scenario === 'payment' ? undefined : checkSecureTokenId(typeof id === 'function' ? id(order) : id)),
    saved: (token, order) => onSecureToken?.(token, order),
  });
  return {
    name: 'payroc',
    environments: Object.keys(hosts) as PayrocEnvironment[],
    charges: checked.scenario === 'payment',
    createToken: (context) => createToken(shopIn(context), context),
    verify: (context) => verify(shopIn(context), context),
  };
}

/** @throws {Problem} `order`: it is the merchant's own function that gave it */
function checkSecureTokenId(id: string | undefined): string | undefined {
  return check('order', z.optional(secureTokenId()), id, 'payroc(): `secureTokenId`');
}

async function createToken({ account, findSavedToken }: Merchant, { order, send, withBearer }: ServerContext): Promise<ServerToken> {
  const { scenario: mode, form } = account;
  const [key, id] = [createIdempotencyKey(), findSavedToken(order)];
  const { token, expiresAt } = await withBearer(createBearerGrant(account), (bearer) =>
    send(createSessionCall(account, id, { bearer, key })),
  );
  return { token, expiresAt, config: { mode, form } };
}

async function verify(shop: Merchant, context: VerifyContext): Promise<VerifiedOutcome> {
  const { singleUseToken: token } = check('request', reported, context.result, 'The body: `result`');
  return shop.account.scenario === 'payment' ? await runSale(shop, context, token) : await saveToken(shop, context, token);
}

/** Runs the sale. Asked again, Payroc answers what it answered the first time. */
async function runSale({ account }: Merchant, context: VerifyContext, token: string): Promise<VerifiedOutcome> {
  const { order, send, withBearer } = context;
  const key = await deriveIdempotencyKey(order.reference, token);
  return withBearer(createBearerGrant(account), (bearer) =>
    send(createSaleCall(account, order, token, { bearer, key })).then(
      (sale) => decideOutcome(sale, order, account),
      (error: unknown) => resolveSaleError(error, account, context, bearer),
    ),
  );
}

async function saveToken(
  { account, findSavedToken, saved }: Merchant,
  { order, send, withBearer }: VerifyContext,
  token: string,
): Promise<VerifiedOutcome> {
  const [key, id] = [await deriveIdempotencyKey('save', order.reference, token), findSavedToken(order)];
  const run = (bearer: string) => send(createSaveCall(account, order, id, token, { bearer, key }));
  const secureToken = await withBearer(createBearerGrant(account), run);
  const outcome = decideSaveOutcome(secureToken);
  if (outcome === 'paid') await saved(secureToken, order);
  return { outcome, reference: secureToken.secureTokenId };
}
