import { CheckoutError } from '../../../state/errors.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import { onAbort } from '../../../shared/signals.js';
import { Promise } from '../../../shared/natives.js';
import type { MountContext, Renew } from '../../provider.js';
import { isLibraryOption, type MicuentawebConfig } from '../contract.js';
import { buildForm } from './build-form.js';
import { limitCall, takeTurn } from './call-queue.js';
import { FormReporter } from './form-reporter.js';
import { guardMessages } from './guard-messages.js';
import { listenTo, type Callbacks } from './live-form.js';
import { createRefusal } from './read-report.js';
import { requirePage } from './require-page.js';

type Context = MountContext<MicuentawebConfig>;

/** The library, `window.KR`. Each method returns a promise, which may never settle. */
interface Library extends Callbacks {
  removeForms(): PromiseLike<unknown>;
  setFormConfig(options: Readonly<Record<string, unknown>>): PromiseLike<unknown>;
  attachForm(selector: string): PromiseLike<unknown>;
}

/** Milliseconds on screen until the form must be ready. The library does not report a blocked frame (*measured in the 2022 build*). */
const readyLimit = 20_000;

/**
 * Opens the form. The library is called when its earlier calls on this page have ended.
 *
 * @throws {CheckoutError} `config` or `provider`
 */
export async function openForm(context: Context): Promise<Renew> {
  requirePage(context);
  guardMessages(context.assets.origins);
  const reporter = new FormReporter(context);
  emptyOnAbort(context);
  listenForPayment(context, reporter);
  const ready = waitUntilReady(context, reporter);
  await Promise.race([ready, takeTurn(() => drawForm(context, reporter)).then(() => ready)]);
  reporter.opening = undefined;
  return createRenewal(context);
}

/** An interrupted library hangs, so the end of a form does not call it (*measured in the 2022 build*). The next form clears up. */
function emptyOnAbort({ container, signal }: Context): void {
  onAbort(signal, () => container.replaceChildren());
}

function listenForPayment({ container, signal }: Context, reporter: FormReporter): void {
  const handleClick = ({ target }: Event) => (target as Element).closest('.kr-payment-button') && reporter.handlePay();
  container.addEventListener('click', handleClick, { capture: true, signal });
}

/** Waits until the library has reported that the form is ready, and its frames are in the container: a lost form has none. */
function waitUntilReady({ container, signal }: Context, reporter: FormReporter): Promise<void> {
  const isReady = () => reporter.isReady && container.querySelector('iframe') !== null;
  const opening = new Promise<void>((resolve, reject) => {
    reporter.opening = { onReady: () => isReady() && resolve(), onFailure: reject };
  });
  // Nothing that is drawn makes the form ready without the report.
  const drawn = waitUntilOperable(container, { limit: readyLimit, isReady, operable: ':not(*)', signal });
  return Promise.race([opening, drawn]);
}

/** Draws the form, in the order that survived every interruption (*measured in the 2022 build*). */
async function drawForm(context: Context, reporter: FormReporter): Promise<void> {
  const { container, config, signal } = context;
  const library = context.library as Library;
  signal.throwIfAborted();
  requireFresh(context);
  await limitCall(library.removeForms());
  container.append(buildForm(config.form));
  await limitCall(listenTo(library, reporter));
  await configure(context, context.token);
  // Also after a timeout or an abort: without this call, the next form would be lost.
  await limitCall(library.attachForm(`#${container.id}`));
}

/** @returns whether the library has taken the options in time */
async function configure({ library, config, locale }: Context, formToken: string): Promise<boolean> {
  const chosen = Object.fromEntries(Object.entries(config).filter(([key]) => isLibraryOption(key)));
  const { publicKey } = config;
  const own = { 'kr-spa-mode': true, publicKey, formToken };
  const options = { 'kr-language': locale, 'kr-hide-debug-toolbar': true, ...chosen, ...own };
  try {
    return await limitCall((library as Library).setFormConfig(options));
  } catch (error) {
    // The library rejects with the code itself (measured in the 2022 build).
    throw createRefusal((Object(error) as { errorCode?: unknown }).errorCode ?? error);
  }
}

/** Separate from `openForm()`, so that the form's callbacks are not in scope. */
function createRenewal(context: Context): Renew {
  return (fresh) =>
    takeTurn(async () => {
      context.signal.throwIfAborted();
      requireFresh(fresh);
      if (await configure(context, fresh.token)) return;
      throw new CheckoutError('provider', 'timeout', "Lyra's library did not take the new form token in time.");
    });
}

function requireFresh({ isExpired }: Pick<Context, 'isExpired'>): void {
  if (isExpired()) throw new CheckoutError('provider', 'session', 'The form token of Lyra expired before the library could take it.');
}
