import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { check } from '../../../server/check.js';
import type { Order } from '../../../server/order.js';
import type { ServerContext, ServerToken, SilentProvider, Verdict, VerifyContext } from '../../../server/provider.js';
import { forms, hosts, modes, type PayrocEnvironment, type PayrocForm, type PayrocMode } from '../contract.js';
import { apiKey, bearerGrant, secCodes, secureTokenId, sessionCall, singleUseToken, terminalId, type Account } from './calls.js';
import { keyFor, newKey } from './keys.js';
import { verdictOnRefusal } from './refusal.js';
import { saleCall, verdictOn } from './sale.js';
import { outcomeOfSave, saveCall, type SecureToken } from './save.js';

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
  readonly onSecureToken?: (saved: SecureToken, order: Order) => void | Promise<void>;
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

interface Shop {
  readonly account: Account;
  savedAs(order: Order): string | undefined;
  saved(token: SecureToken, order: Order): void | Promise<void>;
}

/**
 * Payroc Hosted Fields for `createPayEndpoints`.
 *
 * @throws {Error} that names the option which is missing or cannot be right
 */
export function payroc(options: PayrocOptions): SilentProvider {
  const checked = parse(optionsShape, options, 'payroc()');
  const { secureTokenId: id, onSecureToken } = options;
  const shopIn = ({ environment }: ServerContext): Shop => ({
    account: { ...checked, environment: environment as PayrocEnvironment },
    savedAs: (order) => (checked.scenario === 'payment' ? undefined : readId(typeof id === 'function' ? id(order) : id)),
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
function readId(id: string | undefined): string | undefined {
  return check('order', z.optional(secureTokenId()), id, 'payroc(): `secureTokenId`');
}

async function createToken({ account, savedAs }: Shop, { order, send, withBearer }: ServerContext): Promise<ServerToken> {
  const { scenario: mode, form } = account;
  const [key, id] = [newKey(), savedAs(order)];
  const { token, expiresAt } = await withBearer(bearerGrant(account), (bearer) => send(sessionCall(account, id, { bearer, key })));
  return { token, expiresAt, config: { mode, form } };
}

async function verify(shop: Shop, context: VerifyContext): Promise<Verdict> {
  const { singleUseToken: token } = check('request', reported, context.result, 'The body: `result`');
  return shop.account.scenario === 'payment' ? await sell(shop, context, token) : await save(shop, context, token);
}

/** Runs the sale. Asked again, Payroc answers what it answered the first time. */
async function sell({ account }: Shop, context: VerifyContext, token: string): Promise<Verdict> {
  const { order, send, withBearer } = context;
  const key = await keyFor(order.reference, token);
  return withBearer(bearerGrant(account), (bearer) =>
    send(saleCall(account, order, token, { bearer, key })).then(
      (sale) => verdictOn(sale, order, account),
      (error: unknown) => verdictOnRefusal(error, account, context, bearer),
    ),
  );
}

async function save({ account, savedAs, saved }: Shop, { order, send, withBearer }: VerifyContext, token: string): Promise<Verdict> {
  const [key, id] = [await keyFor('save', order.reference, token), savedAs(order)];
  const run = (bearer: string) => send(saveCall(account, order, id, token, { bearer, key }));
  const secureToken = await withBearer(bearerGrant(account), run);
  const outcome = outcomeOfSave(secureToken);
  if (outcome === 'paid') await saved(secureToken, order);
  return { outcome, reference: secureToken.secureTokenId };
}
