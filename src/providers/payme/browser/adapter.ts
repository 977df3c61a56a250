import { CheckoutError } from '../../../state/errors.js';
import { transform, union } from '../../../shared/zod-schemas.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { MountContext, Outcome, Provider, ProviderToken } from '../../provider.js';
import { guardCallback } from '../../guard-callback.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import { assets } from '../assets.js';
import { flexConfig, nonceAnswer, nonceLifetime, readTransactionState } from '../contract.js';
import type { FlexConfig, NonceAnswer } from '../contract.js';
import { Promise } from '../../../shared/natives.js';

interface FlexForm {
  init(
    target: Element,
    onResponse: (response: unknown) => void,
    onTracking: (data: unknown) => void,
    onError: (error: unknown) => void,
  ): void;
  terminate?(): void;
}

type FlexConstructor = new (config: object) => FlexForm;

/** Milliseconds. With a dead nonce the library calls no callback and draws its spinner forever (measured, March 2026). */
const readyLimit = 15_000;

/** The adapter of Pay-me Flex. The library draws plain inputs in the page, so the page is in PCI scope. */
export const payme: Provider<FlexConfig> = {
  assets,
  token: union(transform(nonceAnswer, readToken), canonicalToken),
  config: flexConfig,
  lifetime: nonceLifetime,
  agesWhileOpen: false,

  async mount(context) {
    openForm(context);
    await waitUntilOperable(context.container, { limit: readyLimit, selector: '.payment-method-wrapper', signal: context.signal });
  },
};

interface NonceCreation {
  readonly meta?: { readonly status?: { readonly message_ilgn?: readonly { readonly value?: unknown }[] } };
}

/** Reads Pay-me's own answer, which may lack the nonce with status 200. */
function readToken(answer: NonceAnswer): ProviderToken {
  const { nonce, success, expires_in: expiresIn, nonce_creation: creation, config } = answer;
  if (nonce && String(success) === 'true')
    return { token: nonce, expiresIn, ...(config ? { config: config as Record<string, unknown> } : {}) };
  const message = (creation as NonceCreation | undefined)?.meta?.status?.message_ilgn?.[0]?.value;
  return { refusal: typeof message === 'string' ? message : 'The answer holds no nonce.' };
}

function openForm({ library, token, config, locale, container, signal, report }: MountContext<FlexConfig>): void {
  const form = new (library as FlexConstructor)({ ...createOptions(config, locale), nonce: token });
  // `init` redeems the nonce. `terminate` throws before `init`.
  signal.addEventListener('abort', () => terminate(form), { once: true });
  const send = (outcome: Outcome | undefined) => outcome && queueMicrotask(() => report(outcome));
  const fail = () => send(createTechnicalFailure());
  const result: unknown = form.init(
    container,
    guardCallback(
      (response) => {
        const outcome = readOutcome(response);
        // The library leaves its spinner over the form. A code or a QR is shown by other methods only.
        container.hidden = outcome.status === 'pending' && isCard(response);
        send(outcome);
      },
      () => send({ status: 'pending', raw: {} }),
    ),
    () => {},
    guardCallback((error) => send(isClose(error) ? { status: 'cancelled' } : createTechnicalFailure()), fail),
  );
  // `init` returns nothing (measured, March 2026). A later version may return a promise, which could reject.
  Promise.resolve(result).catch(fail);
}

/** The constructor changes its argument, so it gets a copy. With its result screen on, the library never reports a decline. */
function createOptions(config: FlexConfig, locale: string): object {
  const language = locale.startsWith('en') ? 'en' : 'es';
  const { settings, i18n = { mode: 'multi', default_language: language, languages: ['es', 'en'] }, ...rest } = structuredClone(config);
  return { ...rest, i18n, settings: { display_result_screen: false, ...settings } };
}

function terminate(form: FlexForm): void {
  try {
    form.terminate?.();
  } catch {
    // There is nothing to remove: `init` has not drawn the form.
  }
}

/** Reads the outcome of a payment from the library's response. */
export function readOutcome(response: unknown): Outcome {
  const { transaction } = Object(response) as { transaction?: unknown };
  const { state, transaction_id: id } = Object(transaction) as { state?: unknown; transaction_id?: unknown };
  const status = readTransactionState(state);
  if (status === 'declined') {
    return {
      status: 'failed',
      error: new CheckoutError('declined', undefined, `Pay-me reported the transaction as ${state as string}.`),
    };
  }
  return { status, reference: typeof id === 'string' ? id : undefined, raw: response };
}

function isCard(response: unknown): boolean {
  const { transaction } = Object(response) as { transaction?: { payment_method?: { method_name?: unknown } } };
  return transaction?.payment_method?.method_name === 'CARD';
}

/** Recognises the close button. The documentation writes its text in lower case, the library with a capital (measured). */
function isClose(error: unknown): boolean {
  const { message, error: inner } = Object(error) as { message?: unknown; error?: { message?: unknown } };
  return [error, message, inner?.message].some((text) => typeof text === 'string' && /cerro el carrito/i.test(text));
}

function createTechnicalFailure(): Outcome {
  return {
    status: 'failed',
    error: new CheckoutError('provider', 'session', 'Pay-me reported a technical error, without saying which.'),
  };
}
