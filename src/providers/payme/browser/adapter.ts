import { CheckoutError } from '../../../state/errors.js';
import { transform, lazySchema, union } from '../../../shared/zod-schemas.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { MountContext, Outcome, Provider, ProviderToken } from '../../provider.js';
import { safely } from '../../guard-callback.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import { assets } from '../assets.js';
import { flexConfig, nonceAnswer, nonceLifetime, outcomeOfState } from '../contract.js';
import type { FlexConfig, NonceAnswer } from '../contract.js';
import { isQuotable } from '../../../shared/is-quotable.js';

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

/** Milliseconds. The library calls nobody if its nonce is dead: it draws a spinner for ever (measured, March 2026). */
const readyLimit = 15_000;

/** Pay-me Flex. It draws plain inputs in the page, so the page is in PCI scope. */
export const payme: Provider<FlexConfig> = {
  assets,
  token: lazySchema(() => union(transform(nonceAnswer.shape, fromNonce), canonicalToken.shape)),
  config: flexConfig,
  lifetime: nonceLifetime,
  agesWhileOpen: false,

  async mount(context) {
    openForm(context);
    await waitUntilOperable(context.container, { limit: readyLimit, selector: '.payment-method-wrapper', signal: context.signal });
  },
};

interface Creation {
  readonly meta?: { readonly status?: { readonly message_ilgn?: readonly { readonly value?: unknown }[] } };
}

/** A 200 may lack the nonce. */
function fromNonce(answer: NonceAnswer): ProviderToken {
  const { nonce, success, expires_in: expiresIn, nonce_creation: creation, config } = answer;
  if (nonce && String(success) === 'true')
    return { token: nonce, expiresIn, ...(config ? { config: config as Record<string, unknown> } : {}) };
  const words = (creation as Creation | undefined)?.meta?.status?.message_ilgn?.[0]?.value;
  return { refusal: typeof words === 'string' ? words : 'The answer holds no nonce.' };
}

function openForm({ library, token, config, locale, container, signal, report }: MountContext<FlexConfig>): void {
  const form = new (library as FlexConstructor)({ ...optionsFor(config, locale), nonce: token });
  // The nonce is redeemed by `init`, and `terminate` throws before it.
  signal.addEventListener('abort', () => terminate(form), { once: true });
  const hear = (outcome: Outcome | undefined) => outcome && queueMicrotask(() => report(outcome));
  const fail = () => hear(technicalFailure());
  const started: unknown = form.init(
    container,
    safely(
      (response) => hear(outcomeOf(response)),
      () => hear({ status: 'pending', raw: {} }),
    ),
    () => {},
    safely((error) => hear(isClose(error) ? { status: 'cancelled' } : technicalFailure()), fail),
  );
  // It returns nothing (measured, March 2026); a newer one may promise, and then break it.
  Promise.resolve(started).catch(fail);
}

/** The constructor merges defaults into what it is given, so it gets a copy. With its result screen on, it never reports a decline. */
function optionsFor(config: FlexConfig, locale: string): object {
  const language = locale.startsWith('en') ? 'en' : 'es';
  const { settings, i18n = { mode: 'multi', default_language: language, languages: ['es', 'en'] }, ...rest } = structuredClone(config);
  return { ...rest, i18n, settings: { display_result_screen: false, ...settings } };
}

function terminate(form: FlexForm): void {
  try {
    form.terminate?.();
  } catch {
    // It never came to draw anything.
  }
}

/** What came of a payment, by what the library reported. */
export function outcomeOf(response: unknown): Outcome {
  const { transaction } = Object(response) as { transaction?: unknown };
  const { state, transaction_id: id } = Object(transaction) as { state?: unknown; transaction_id?: unknown };
  const status = outcomeOfState(state);
  if (status === 'declined') {
    return { status: 'failed', error: new CheckoutError('declined', undefined, `Pay-me reported the transaction as ${nameOf(state)}.`) };
  }
  return { status, reference: typeof id === 'string' ? id : undefined, raw: response };
}

function nameOf(state: unknown): string {
  return isQuotable(state) ? state : 'not authorised';
}

/** The close button, whose text the documentation writes small and the library with a capital (measured). */
function isClose(error: unknown): boolean {
  const { message, error: inner } = Object(error) as { message?: unknown; error?: { message?: unknown } };
  return [error, message, inner?.message].some((text) => typeof text === 'string' && /cerro el carrito/i.test(text));
}

function technicalFailure(): Outcome {
  return {
    status: 'failed',
    error: new CheckoutError('provider', 'session', 'Pay-me reported a technical error, without saying which.'),
  };
}
