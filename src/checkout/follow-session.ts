import { ageOf, expiryOf, marginOf } from '../endpoint/freshness.js';
import type { Token } from '../endpoint/request-token.js';
import { waitUntilRendered } from '../page/visibility.js';
import { unlessAborted } from '../shared/signals.js';
import type { AttemptContext } from './attempt.js';
import { openForm, type Form, type LoadedProvider } from './open-form.js';
import { TokenSource } from './token-source.js';
import { AbortController, Promise, setTimeout } from '../shared/natives.js';

/** The maximum number of replacements of an untouched form. After them, it expires. */
const mostReplacements = 6;

/**
 * Follows a session that ages while its form is open. Before it dies, the form gets a new one, if the library can do that. Otherwise, an
 * untouched form is replaced, and a form that the shopper has touched stays and expires with its session.
 *
 * @throws {CheckoutError} if a replacement does not open
 */
export async function followSession(context: AttemptContext, loaded: LoadedProvider, form: Form): Promise<void> {
  const { attempt, signal, emit, report } = context;
  for (let left = mostReplacements; left > 0 && (form.renew || !form.touched.aborted); left--) {
    await untilAge(form.token, form.token.lifetime - marginOf(form.token.lifetime), signal);
    await untilVisible(context);
    if (attempt.hasReported) return;
    const token = await requestReplacement(context, loaded, form);
    if (!token) break;
    if (form.renew) form = { ...form, token };
    else {
      form.close();
      form = await openForm(context, loaded, token);
    }
    emit({ status: 'ready', expiresAt: expiryOf(token) });
  }
  await untilAge(form.token, form.token.lifetime, signal);
  if (!attempt.hasReported) report({ status: 'expired' });
}

/**
 * Requests a fresh token, and gives it to a form that can take it. Returns none if one of both fails, or if the shopper touches a form
 * that cannot.
 */
async function requestReplacement(context: AttemptContext, { provider }: LoadedProvider, form: Form): Promise<Token | undefined> {
  const { renew, touched } = form;
  if (!renew && touched.aborted) return undefined;
  const tokens = new TokenSource(context, Promise.resolve(provider));
  try {
    const token = await unlessAborted(
      renew ? context.signal : touched,
      tokens.request().then((first) => tokens.refresh(first)),
    );
    await renew?.(token);
    return token;
  } catch {
    context.signal.throwIfAborted();
    return undefined;
  }
}

/** Checks the age again whenever the page comes back, because a timer does not count the time that a machine slept. */
async function untilAge({ requestedAt }: Token, age: number, signal: AbortSignal): Promise<void> {
  while (ageOf(requestedAt) < age) {
    const events: WindowEvent[] = [
      [document, 'visibilitychange'],
      [window, 'pageshow'],
      [window, 'online'],
    ];
    await untilEvent(events, signal, age - ageOf(requestedAt));
  }
}

/** Waits until the shopper can see the form: a session in a hidden page or a closed dialog need not be replaced. */
async function untilVisible({ page: { host }, signal }: AttemptContext): Promise<void> {
  await unlessAborted(signal, waitUntilRendered(host, signal));
  while (document.hidden) await untilEvent([[document, 'visibilitychange']], signal);
}

type WindowEvent = readonly [EventTarget, type: string];

/** Resolves on the first of the events, or after `ms`. */
async function untilEvent(events: readonly WindowEvent[], signal: AbortSignal, ms?: number): Promise<void> {
  const listening = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const first = new Promise<void>((resolve) => {
    if (ms !== undefined) timer = setTimeout(resolve, ms);
    for (const [target, type] of events) target.addEventListener(type, () => resolve(), { signal: listening.signal });
  });
  await unlessAborted(signal, first).finally(() => {
    clearTimeout(timer);
    listening.abort();
  });
}
