import { CheckoutError } from '../../../state/errors.js';
import { onAbort, unlessAborted } from '../../../shared/signals.js';
import { sleep } from '../../../shared/retries.js';
import type { MountContext } from '../../provider.js';
import { createPageHold } from '../../../page/hold-page.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import type { IzipayConfig } from '../contract.js';
import { containPage } from './contain-page.js';
import { findFrame, hasSize, waitForPreload } from './library-frame.js';
import { OutcomeReporter } from './outcome-reporter.js';
import { raisePopUp } from './raise-pop-up.js';
import { isQuotable } from '../../../shared/is-quotable.js';
import { AbortController, Promise } from '../../../shared/natives.js';

type Context = MountContext<IzipayConfig>;
type Listen = (callback: () => void) => void;

/** The library's instance. Which methods it has depends on its version and on `typeForm`. */
interface Checkout {
  /** Resolves when the frame is set up, before the form appears (*measured in the September 2025 build*). */
  LoadForm(options: { authorization: string; keyRSA: string; callbackResponse: (response: unknown) => void }): Promise<unknown>;
  readonly onReady?: Listen;
  readonly onCancel?: Listen;
  readonly onSessionTimeout?: Listen;
}

type CheckoutConstructor = new (options: { config: object }) => Checkout;

interface Loading {
  readonly loaded: Promise<unknown>;
  /** Never resolves if the library has no `onReady`. */
  readonly ready: Promise<void>;
  readonly reportsReady: boolean;
}

/** Milliseconds on screen until the form must be ready. */
const readyLimit = 20_000;
/** Milliseconds that `LoadForm` gets to draw the frame; without a frame then, the form is lost. */
const drawLimit = 300;
/** Two instances would share one frame and its results (*measured in the September 2025 build*). */
const holdPage = createPageHold('Izipay');
const touchEvents = ['onFormValid', 'onPaymentMethodSelected', 'onClick', 'onSubmit'];

/** Returns `embedded` unless the config says otherwise; the library's own default is a pop-up. */
export function getTypeForm({ render }: IzipayConfig): string {
  return render?.typeForm ?? 'embedded';
}

/**
 * Opens the form. It first waits for a new script to add its frame, in which time the token ages by a second at most.
 *
 * @throws {CheckoutError} `config` / `already-open`, `provider`
 */
export async function openForm(context: Context): Promise<void> {
  const { signal } = context;
  holdPage(context);
  await unlessAborted(signal, waitForPreload(context.library, signal));
  if (context.isExpired()) throw new CheckoutError('provider', 'session', 'The token of Izipay expired before its form was opened.');
  containPage(context, getTypeForm(context.config));
  const reporter = new OutcomeReporter(context);
  const failed = new Promise<never>((_, reject) => {
    if (getTypeForm(context.config) === 'embedded') reporter.onOpenFailure = reject;
  });
  await Promise.race([waitUntilOpen(context, reporter), failed]);
  reporter.onOpenFailure = undefined;
}

async function waitUntilOpen(context: Context, reporter: OutcomeReporter): Promise<void> {
  const { signal } = context;
  let loading = loadForm(context, reporter);
  await unlessAborted(signal, waitForDrawing(loading, signal));
  if (isLost(context)) {
    loading = loadForm(context, reporter);
    await unlessAborted(signal, waitForDrawing(loading, signal));
  }
  await waitUntilReady(context, loading);
}

function loadForm(context: Context, reporter: OutcomeReporter): Loading {
  const { token: authorization, config } = context;
  const checkout = createCheckout(context);
  const isPopUp = getTypeForm(config) === 'pop-up';
  const loading = checkout.LoadForm({ authorization, keyRSA: config.keyRSA, callbackResponse: reporter.createCallback() });
  const loaded = isPopUp ? Promise.resolve(loading).then(() => context.signal.aborted || raisePopUp(context.container)) : loading;
  // The instance has these methods only after `LoadForm`, and never for a redirect (measured in the September 2025 build).
  const ready = new Promise<void>((resolve) => checkout.onReady?.(resolve));
  checkout.onCancel?.(() => reporter.reportEnd('cancelled'));
  checkout.onSessionTimeout?.(() => reporter.reportEnd('expired'));
  for (const name of touchEvents) (checkout as unknown as Record<string, Listen | undefined>)[name]?.(context.onTouched);
  // The shopper opened the pop-up and it covers the page, so it counts as touched and is never replaced silently.
  if (isPopUp) context.onTouched();
  return { loaded, ready, reportsReady: typeof checkout.onReady === 'function' };
}

/** Passes `config` on unchanged. The library refuses unknown keys, and the known ones differ by version (*measured in the September 2025 build*). */
function createCheckout({ library, config, container, locale }: Context): Checkout {
  const { keyRSA: _, render, language, ...rest } = config;
  const init = locale.startsWith('en') ? 'ENG' : 'ESP';
  const own = {
    render: { typeForm: 'embedded', ...render, container: `#${container.id}` },
    language: { init, ...language },
  };
  try {
    return new (library as CheckoutConstructor)({ config: { ...rest, ...own } });
  } catch (error) {
    throw explainRefusal(error);
  }
}

/** Names the fields that the library refused. Its message may quote their values, so it is dropped. */
function explainRefusal(error: unknown): unknown {
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

/** Waits until the form is ready, or has had the time to draw its frame. */
async function waitForDrawing({ loaded, ready }: Loading, signal: AbortSignal): Promise<void> {
  await Promise.race([ready, Promise.all([loaded, sleep(drawLimit, signal)])]);
}

/**
 * Checks whether the form was lost. `LoadForm` within about 100 ms of the script's evaluation fails silently: the script's own frame
 * replaces the form's, without a size and outside the container (*measured in the September 2025 build*).
 */
function isLost({ config, container }: Context): boolean {
  const typeForm = getTypeForm(config);
  if (typeForm === 'embedded') return container.childElementCount === 0;
  return typeForm === 'pop-up' && !hasSize(findFrame(container));
}

async function waitUntilReady(context: Context, { ready, reportsReady }: Loading): Promise<void> {
  const { config, container, signal } = context;
  const isPopUp = getTypeForm(config) === 'pop-up';
  if (isPopUp && isLost(context)) throw new CheckoutError('provider', 'timeout', "Izipay's pop-up did not open.");
  const frame = isPopUp ? findFrame(container) : undefined;
  frame?.setAttribute('title', 'Izipay');
  frame?.classList.add(container.id);
  // A frame has its size long before its form, so it counts only if the library has no `onReady`.
  const selector = reportsReady ? ':not(*)' : 'iframe';
  const watching = new AbortController();
  onAbort(signal, () => watching.abort(signal.reason));
  const place = isPopUp ? document.body : container;
  const operable = waitUntilOperable(place, { limit: readyLimit, selector, signal: watching.signal });
  await Promise.race([ready, operable]).finally(() => watching.abort());
}
