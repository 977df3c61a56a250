import { spy } from 'sinon';
import { micuentaweb } from '../../../../src/providers/micuentaweb/browser/adapter.js';
import type { MicuentawebConfig } from '../../../../src/providers/micuentaweb/contract.js';
import type { MountContext, Outcome, Renew } from '../../../../src/providers/provider.js';
import type { CheckoutError } from '../../../../src/state/errors.js';
import { until } from '../../../support/clock.js';

export type Json = Record<string, unknown>;
type Callback = (payload?: unknown) => unknown;
type Method = 'removeForms' | 'setFormConfig' | 'attachForm';

export const publicKey = '89289758:testpublickey_TEST';
export const origin = 'https://static.micuentaweb.pe';

/** A library whose calls the test answers, and whose callbacks the test calls. */
export class FakeKrypton {
  readonly calls: string[] = [];
  readonly options: Json[] = [];
  /** Answers of single methods. By default, each call succeeds at once. */
  readonly answers: Partial<Record<Method, () => Promise<unknown>>> = {};
  /** Whether `attachForm` draws the frames. */
  draws = true;
  readonly #callbacks = new Map<string, Callback>();

  readonly onFormReady = (callback: Callback) => this.#register('onFormReady', callback);
  readonly onFocus = (callback: Callback) => this.#register('onFocus', callback);
  readonly onError = (callback: Callback) => this.#register('onError', callback);
  readonly onSubmit = (callback: Callback) => this.#register('onSubmit', callback);

  removeForms(): Promise<unknown> {
    this.#callbacks.clear();
    return this.#answer('removeForms');
  }

  setFormConfig(options: Json): Promise<unknown> {
    this.options.push(options);
    return this.#answer('setFormConfig');
  }

  attachForm(selector: string): Promise<unknown> {
    const form = document.querySelector(`${selector} .kr-embedded, ${selector} .kr-smart-form`);
    if (form && this.draws) drawFrames(form);
    return this.#answer('attachForm', selector);
  }

  /** Calls the callback as the library does, and returns what it returned. */
  call(name: string, payload?: unknown): unknown {
    return this.#callbacks.get(name)?.(payload);
  }

  /** The names of the registered callbacks, and the functions. */
  get callbacks(): ReadonlyMap<string, Callback> {
    return this.#callbacks;
  }

  #register(name: string, callback: Callback): Promise<unknown> {
    this.calls.push(name);
    this.#callbacks.set(name, callback);
    return Promise.resolve();
  }

  #answer(method: Method, ...values: string[]): Promise<unknown> {
    this.calls.push([method, ...values].join(' '));
    return this.answers[method]?.() ?? Promise.resolve();
  }
}

export function drawFrames(form: Element): void {
  for (let n = 0; n < 3; n++) form.append(document.createElement('iframe'));
}

/** A promise of the library that never settles. */
export const hang = () => new Promise<never>(() => {});

const forms: AbortController[] = [];

export interface MountOptions {
  library?: FakeKrypton;
  config?: Json;
  context?: Partial<MountContext<MicuentawebConfig>>;
}

/** Mounts a form in a new container. */
export function mountForm({ library = new FakeKrypton(), config = {}, context = {} }: MountOptions = {}) {
  const controller = new AbortController();
  const touch = new AbortController();
  forms.push(controller);
  const container = Object.assign(document.createElement('div'), { id: `mount-${forms.length}-${Math.random().toString(36).slice(2)}` });
  document.body.append(container);
  const report = spy<(outcome: Outcome) => void>(() => {});
  const [onTouched, onUncertain] = [spy(), spy()];
  const mounted = micuentaweb.mount({
    ...{ token: 'form-token', config: { publicKey, ...config }, environment: 'sandbox', locale: 'es-PE', container, library },
    ...{ signal: controller.signal, report, onTouched, onUncertain, touched: touch.signal, assets: micuentaweb.assets.sandbox! },
    ...{ onRemoved: () => {}, isExpired: () => false },
    ...context,
  }) as Promise<Renew>;
  mounted.catch(() => {});
  controller.signal.addEventListener('abort', () => container.remove());
  return { library, controller, touch, container, report, onTouched, onUncertain, mounted };
}

/** Mounts a form, and makes it ready. */
export async function openForm(options: MountOptions = {}) {
  const form = mountForm(options);
  const { calls } = form.library;
  await until(() => calls.at(-1)?.startsWith('attachForm') === true, 'attachForm');
  form.library.call('onFormReady');
  return { ...form, renew: await form.mounted };
}

/** Ends every form of the test. */
export function closeForms(): void {
  for (const controller of forms) controller.abort();
}

export async function failureOf(promise: Promise<unknown>): Promise<CheckoutError> {
  return promise.then(
    () => Promise.reject(new Error('The promise should reject.')),
    (error: CheckoutError) => error,
  );
}

export interface OrderOptions {
  cycle?: string;
  transactions?: unknown;
}

/** The signed parts of a report about an order. */
export function signed(orderStatus: string, { cycle = 'CLOSED', transactions = [{ uuid: 'u-1' }] }: OrderOptions = {}) {
  const clientAnswer = { orderStatus, orderCycle: cycle, transactions };
  return { clientAnswer, rawClientAnswer: JSON.stringify(clientAnswer), hash: 'abc', hashAlgorithm: 'sha256_hmac' };
}

/** An error of the library. Its message and its token must never be passed on. */
export function failure(errorCode: unknown, answer?: unknown): Json {
  return { errorCode, errorMessage: 'secret', metadata: { formToken: 'secret', ...(answer !== undefined && { answer }) } };
}
