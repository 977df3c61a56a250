import type { Attempt } from './attempt.js';
import { openForm, type Form } from './open-form.js';
import { TokenSource } from './token-source.js';
import { ageOf, expiryOf, marginOf } from '../endpoint/freshness.js';
import type { Provider } from '../providers/provider.js';
import { unlessAborted } from '../shared/signals.js';
import type { Token } from '../endpoint/request-token.js';
import { waitUntilRendered } from '../page/visibility.js';

/** How often a form that nobody has touched is replaced before its session dies. */
const mostReplacements = 6;

/**
 * Follows a form whose session goes on ageing. While nobody has touched it, it is replaced before it dies; once the shopper's
 * typing is in it, it is left standing and the attempt expires.
 *
 * @throws {CheckoutError} if the form's successor does not come up
 */
export async function followAgeing(attempt: Attempt, provider: Provider, form: Form, library: unknown): Promise<void> {
  for (let left = mostReplacements; left > 0 && !form.touched.aborted; left--) {
    await untilAge(form.token, form.token.lifetime - marginOf(form.token.lifetime), attempt.signal);
    await untilVisible(attempt);
    if (!attempt.isReady()) return;
    const successor = await replacement(attempt, provider, form);
    if (!successor) break;
    form.end();
    form = await openForm(attempt, provider, successor, library);
    attempt.enter('ready', expiryOf(form.token));
  }
  await untilAge(form.token, form.token.lifetime, attempt.signal);
  if (attempt.isReady()) attempt.enter('expired');
}

/** None if the shopper begins to type meanwhile, or there is none to be had. */
async function replacement(attempt: Attempt, provider: Provider, { touched }: Form): Promise<Token | undefined> {
  if (touched.aborted) return undefined;
  const tokens = new TokenSource(attempt, Promise.resolve(provider));
  try {
    return await unlessAborted(
      touched,
      tokens.ask().then((token) => tokens.freshest(token)),
    );
  } catch {
    attempt.signal.throwIfAborted();
    return undefined;
  }
}

/** Looks again whenever the page comes back: a timer does not count what a machine slept. */
async function untilAge({ requestedAt }: Token, age: number, signal: AbortSignal): Promise<void> {
  while (ageOf(requestedAt) < age) {
    await oneOf(signal, age - ageOf(requestedAt), [
      [document, 'visibilitychange'],
      [window, 'pageshow'],
      [window, 'online'],
    ]);
  }
}

/** Nobody pays in a page or a dialog that nobody sees. */
async function untilVisible({ host, signal }: Attempt): Promise<void> {
  await unlessAborted(signal, waitUntilRendered(host, signal));
  while (document.hidden) await oneOf(signal, undefined, [[document, 'visibilitychange']]);
}

/** Resolves after `ms` or on the first of the events. */
async function oneOf(signal: AbortSignal, ms: number | undefined, events: readonly [EventTarget, string][]): Promise<void> {
  const waiting = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const first = new Promise<void>((resolve) => {
    if (ms !== undefined) timer = setTimeout(resolve, ms);
    for (const [target, type] of events) target.addEventListener(type, () => resolve(), { signal: waiting.signal });
  });
  await unlessAborted(signal, first).finally(() => {
    clearTimeout(timer);
    waiting.abort();
  });
}
