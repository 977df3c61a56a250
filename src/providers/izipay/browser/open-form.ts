import { CheckoutError } from '../../../state/errors.js';
import { onAbort, unlessAborted } from '../../../shared/signals.js';
import { sleep } from '../../../shared/retries.js';
import type { MountContext } from '../../provider.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import type { IzipayConfig } from '../contract.js';
import { containPage, findFrame, hasBox, preloaded } from './contain-page.js';
import { Voice } from './outcome-reporter.js';
import { isQuotable } from '../../../shared/is-quotable.js';

type Context = MountContext<IzipayConfig>;
type Listen = (callback: () => void) => void;

/** The library's instance. Its methods come and go with its version and `typeForm`, so each is looked for. */
interface Checkout {
  /** Resolves when the frame is set up: the form has neither come nor been paid (*measured in the September 2025 build*). */
  LoadForm(options: { authorization: string; keyRSA: string; callbackResponse: (response: unknown) => void }): Promise<unknown>;
  readonly onReady?: Listen;
  readonly onCancel?: Listen;
  readonly onSessionTimeout?: Listen;
}

type CheckoutConstructor = new (options: { config: object }) => Checkout;

interface Loading {
  readonly loaded: Promise<unknown>;
  /** Never, where the library has no way to tell. */
  readonly ready: Promise<void>;
  readonly tellsReady: boolean;
}

/** Milliseconds on screen. */
const readyLimit = 20_000;
/** Milliseconds after `LoadForm` at which a form that was lost is missed. */
const missedAfter = 300;
const touches = ['onFormValid', 'onPaymentMethodSelected', 'onClick', 'onSubmit'];

/** Who holds the page: two living instances share one frame, and both hear its results (*measured in the September 2025 build*). */
let holder: AbortSignal | undefined;

/** `embedded` unless the config says otherwise; the library's own default is a pop-up. */
export function typeFormOf({ render }: IzipayConfig): string {
  return render?.typeForm ?? 'embedded';
}

/**
 * Opens the form. While the script is still preparing its frame that takes a moment, in which the token ages by a second at most.
 *
 * @throws {CheckoutError} `config` / `already-open`, `provider`
 */
export async function openForm(context: Context): Promise<void> {
  const { signal } = context;
  hold(signal);
  await unlessAborted(signal, preloaded(context.library, signal));
  if (context.isExpired()) throw new CheckoutError('provider', 'session', 'The token of Izipay died before its form was opened.');
  containPage(context, typeFormOf(context.config));
  const voice = new Voice(context);
  const refused = new Promise<never>((_, reject) => {
    if (typeFormOf(context.config) === 'embedded') voice.refuse = reject;
  });
  await Promise.race([untilOpen(context, voice), refused]);
  voice.refuse = undefined;
}

async function untilOpen(context: Context, voice: Voice): Promise<void> {
  const { signal } = context;
  let loading = load(context, voice);
  await unlessAborted(signal, settled(loading, signal));
  if (isLost(context)) {
    loading = load(context, voice);
    await unlessAborted(signal, settled(loading, signal));
  }
  await untilReady(context, loading);
}

function hold(signal: AbortSignal): void {
  if (holder && !holder.aborted) {
    const message = 'Izipay draws one form per page, and another element has it open: remove that, or wait for its end.';
    throw new CheckoutError('config', 'already-open', message);
  }
  holder = signal;
}

function load(context: Context, voice: Voice): Loading {
  const { token: authorization, config } = context;
  const checkout = construct(context);
  const loaded = checkout.LoadForm({ authorization, keyRSA: config.keyRSA, callbackResponse: voice.begin() });
  // The library has these from `LoadForm` on, and never for a redirect (measured in the September 2025 build).
  const ready = new Promise<void>((resolve) => checkout.onReady?.(resolve));
  checkout.onCancel?.(() => voice.end('cancelled'));
  checkout.onSessionTimeout?.(() => voice.end('expired'));
  for (const name of touches) (checkout as unknown as Record<string, Listen | undefined>)[name]?.(context.onTouched);
  // The shopper opened it, and it covers the page: it may not be replaced under their hands.
  if (typeFormOf(config) === 'pop-up') context.onTouched();
  return { loaded, ready, tellsReady: typeof checkout.onReady === 'function' };
}

/** `config` goes through as it is: the library refuses unknown keys, and each version knows others (*measured in the September 2025 build*). */
function construct({ library, config, container, locale }: Context): Checkout {
  const { keyRSA: _, render, language, ...rest } = config;
  const init = locale.startsWith('en') ? 'ENG' : 'ESP';
  const own = {
    render: { typeForm: 'embedded', ...render, container: `#${container.id}` },
    language: { init, ...language },
  };
  try {
    return new (library as CheckoutConstructor)({ config: { ...rest, ...own } });
  } catch (error) {
    throw refusal(error);
  }
}

/** The library's message may quote what it was given, but the names of the fields that it found fault with are safe. */
function refusal(error: unknown): unknown {
  const { entryData, invalidProperties } = Object((error as { Errors?: unknown } | undefined)?.Errors) as Record<string, unknown>;
  const named = Array.isArray(invalidProperties) ? (invalidProperties as unknown[]) : Object.keys(Object(entryData) as object);
  const fields = named.filter(isQuotable);
  if (fields.length === 0) return error;
  return new CheckoutError(
    'provider',
    'threw',
    `Izipay's library refused ${fields.map((field) => `\`${field}\``).join(', ')} of its config.`,
  );
}

/** The form told that it is ready, or it has had its time to come. */
async function settled({ loaded, ready }: Loading, signal: AbortSignal): Promise<void> {
  await Promise.race([ready, Promise.all([loaded, sleep(missedAfter, signal)])]);
}

/**
 * `LoadForm` within about 100 ms of the script's evaluation loses the form, and says nothing: the script's own frame takes its
 * place, without a box and outside the container (*measured in the September 2025 build*).
 */
function isLost({ config, container }: Context): boolean {
  const typeForm = typeFormOf(config);
  if (typeForm === 'embedded') return container.childElementCount === 0;
  return typeForm === 'pop-up' && !hasBox(findFrame(container));
}

async function untilReady(context: Context, { ready, tellsReady }: Loading): Promise<void> {
  const { config, container, signal } = context;
  const isPopUp = typeFormOf(config) === 'pop-up';
  if (isPopUp && isLost(context)) throw new CheckoutError('provider', 'timeout', "Izipay's pop-up did not come up.");
  if (isPopUp) findFrame(container)?.setAttribute('title', 'Izipay');
  // A frame has its box long before its form: it is only asked for where nobody will tell.
  const selector = tellsReady ? ':not(*)' : 'iframe';
  const watching = new AbortController();
  onAbort(signal, () => watching.abort(signal.reason));
  const place = isPopUp ? document.body : container;
  const operable = waitUntilOperable(place, { limit: readyLimit, selector, signal: watching.signal });
  await Promise.race([ready, operable]).finally(() => watching.abort());
}
