import { CheckoutError, failures } from '../../src/state/errors.js';
import type { PayCheckout } from '../../src/index.js';
import { canFollow, type CheckoutState, type Status } from '../../src/state/state.js';
import { everythingIn } from '../support/endpoint.js';
import { mark } from './secret.js';

const statuses: readonly Exclude<Status, 'idle'>[] = [
  ...(['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending'] as const),
  ...(['failed', 'cancelled', 'expired'] as const),
];
const levels = ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const;

/** Hears and sees whatever our code says, wherever it says it. */
export class Witness {
  /** Since the last `forget()`. */
  readonly states: CheckoutState[] = [];
  readonly #element: PayCheckout;
  readonly #heard: string[] = [];
  readonly #problems: string[] = [];
  readonly #end = new AbortController();
  #before: Status = 'idle';

  constructor(element: PayCheckout) {
    this.#element = element;
    const { signal } = this.#end;
    for (const status of statuses) element.addEventListener(`pay-${status}`, ({ state }) => this.#entered(state), { signal });
    element.addEventListener('pay-timing', (event) => this.#hear(event), { signal });
    window.addEventListener('unhandledrejection', ({ reason }) => this.#uncaught(reason), { signal });
    window.addEventListener('error', ({ error }) => this.#uncaught(error), { signal });
    for (const level of levels) this.#listenTo(console, level);
    this.#listenTo(performance, 'measure');
    this.#listenTo(performance, 'mark');
  }

  forget(): void {
    for (const heard of [this.states, this.#heard, this.#problems]) heard.length = 0;
    this.#before = 'idle';
  }

  /** Calls, and notes what is thrown. */
  guard(call: () => unknown): void {
    try {
      call();
    } catch (error) {
      this.#uncaught(error);
    }
  }

  /** @throws {Error} what is wrong with what was said */
  judge(): void {
    const { state } = this.#element;
    const [problem] = this.#problems;
    if (problem) throw new Error(problem);
    if (this.#element.getAttribute('status') !== state.status) throw new Error('The attribute says something else.');
    const leak = this.#everythingSaid().find((said) => said.includes(mark));
    if (leak) throw new Error(`The token is told: ${leak}`);
  }

  end(): void {
    this.#end.abort();
  }

  #entered(state: CheckoutState): void {
    this.states.push(state);
    this.#hear(state);
    if ('error' in state && state.error) this.#hear(state.error);
    const problem = canFollow(this.#before, state.status) ? problemOf(state) : `It came after ${this.#before}.`;
    if (problem) this.#problems.push(`${state.status}: ${problem}`);
    this.#before = state.status;
  }

  #uncaught(error: unknown): void {
    this.#problems.push(`Uncaught: ${everythingIn(error)}`);
  }

  #hear(...said: unknown[]): void {
    this.#heard.push(...said.map((one) => everythingIn(one instanceof Event ? { ...one } : one)));
  }

  #listenTo<Name extends string>(speaker: Record<Name, unknown>, name: Name): void {
    const speak = speaker[name] as (...said: unknown[]) => unknown;
    const listen = (...said: unknown[]) => {
      this.#hear(...said);
      return speak.apply(speaker, said);
    };
    Object.assign(speaker, { [name]: listen });
    this.#end.signal.addEventListener('abort', () => Object.assign(speaker, { [name]: speak }));
  }

  #everythingSaid(): string[] {
    const { shadowRoot } = this.#element;
    const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
    return [...this.#heard, pageOutsideOfMounts(), shadowRoot!.innerHTML, JSON.stringify(this.#element.diagnose()), ...stores];
  }
}

/** What is in a mount is the provider's. */
function pageOutsideOfMounts(): string {
  const { documentElement } = document;
  if (!documentElement.outerHTML.includes(mark)) return '';
  const page = documentElement.cloneNode(true) as HTMLElement;
  for (const mount of page.querySelectorAll('pay-checkout > div')) mount.replaceChildren();
  return page.outerHTML;
}

/** What is wrong with a state, if anything is. */
function problemOf(state: CheckoutState): string | undefined {
  if (!Object.isFrozen(state)) return 'It is not frozen.';
  if (!Number.isInteger(state.attempt) || state.attempt < 1) return 'It has no attempt.';
  if ('instructions' in state && !Object.isFrozen(state.instructions)) return 'Its instructions are not frozen.';
  if (state.status === 'confirming') return state.result ? undefined : 'No result.';
  if (state.status === 'succeeded' && state.confirmed !== (state.outcome !== undefined)) return 'It is wrong about who says so.';
  if (state.status === 'succeeded' && !state.confirmed && !state.result) return 'No result.';
  if (state.status === 'ready' && state.expiresAt !== undefined) return Number.isNaN(Date.parse(state.expiresAt)) ? 'No date.' : undefined;
  return state.status === 'failed' ? problemOfError(state.error) : undefined;
}

function problemOfError(error: CheckoutError): string | undefined {
  if (!(error instanceof CheckoutError)) return 'Its error is none of ours.';
  const { code, reason = '', message } = error;
  if (!Object.hasOwn(failures[code] ?? {}, reason)) return `${code} / ${reason} is not in the table.`;
  return /^\S.{20,400}[.?]$/.test(message) ? undefined : `This is no sentence: ${message}`;
}
