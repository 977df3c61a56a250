import type { CardDetails } from '../card-form.js';
import { delay } from '../faults.js';
import { toReport, type ChargeResponse, type FlexClient, type FlexSession } from './client.js';
import type { PaymeLibraryFaults } from './faults.js';
import { selectTexts, type Texts } from './texts.js';
import { unknownState, type FlexMethod, type FlexOptions, type FlexResponse } from './types.js';
import { FlexView } from './view.js';

/** Milliseconds between two requests for the state of a pending payment (*measured in the March 2026 bundle*). */
const pollInterval = 700;

export interface FlexListeners {
  onResponse?: ((response: FlexResponse) => void) | undefined;
  onError?: ((error: { message: string }) => void) | undefined;
}

/** One form, from `init()` on. After any failure its spinner stays, and the library reports nothing (*measured in the March 2026 bundle*). */
export class FlexFlow {
  readonly view: FlexView;
  #client: FlexClient;
  #options: FlexOptions;
  #texts: Texts;
  #listeners: FlexListeners;
  #faults: PaymeLibraryFaults;
  #countdown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: FlexClient, options: FlexOptions, listeners: FlexListeners, faults: PaymeLibraryFaults) {
    this.#client = client;
    this.#options = options;
    this.#listeners = listeners;
    this.#faults = faults;
    this.#texts = selectTexts(options.i18n?.default_language ?? options.i18n?.default);
    this.view = new FlexView({
      texts: this.#texts,
      closable: options.settings?.show_close_button !== false,
      renamedClasses: faults.renamedClasses ?? false,
      onClose: () => this.#close(),
      onPay: (method, card) => void this.#pay(method, card).catch(ignore),
    });
  }

  /** @param redeemed the pending request that spends the nonce */
  async open(redeemed: Promise<void>): Promise<void> {
    await redeemed;
    const session = await this.#client.open();
    if (this.#faults.slow) await delay(this.#faults.slow);
    if (!this.#faults.neverReady) this.#draw(session);
  }

  /** Stops the countdown. The polling continues (*measured in the March 2026 bundle*). */
  unmount(): void {
    clearTimeout(this.#timer);
  }

  #draw(session: FlexSession): void {
    this.#countdown = session.countdown;
    this.view.open(session);
  }

  async #pay(method: FlexMethod, card?: CardDetails): Promise<void> {
    this.view.busy = true;
    await this.#settle(await this.#client.pay(method, card));
  }

  async #settle(charged: ChargeResponse): Promise<void> {
    const response = toReport(charged);
    const { state } = response.transaction;
    const showsResult = this.#options.settings?.display_result_screen !== false;
    const isPending = state === 'PENDIENTE' || state === 'REGISTRADO';
    if (isPending) this.#showPending(response, charged.image);
    else this.view.busy = true;
    if (!showsResult) this.#report(response);
    else if (state === 'AUTORIZADO') this.#showResult(response);
    else if (!isPending && state !== unknownState) this.view.reset(this.#texts.declined);
    if (isPending) await this.#poll(response);
  }

  #report(response: FlexResponse): void {
    this.#listeners.onResponse?.(response);
    if (!this.#faults.talksOn || response.transaction.state !== 'AUTORIZADO') return;
    this.#listeners.onResponse?.(response);
    this.#close();
  }

  #close(): void {
    this.#listeners.onError?.({ message: 'Cerro el carrito' });
  }

  #showPending({ transaction }: FlexResponse, image: string | undefined): void {
    const code = transaction.processor_response?.cip as string | undefined;
    if (image || code) this.view.showPending({ image, code });
  }

  /** A click before the end of the countdown does not stop it, so there are two calls (*measured in the March 2026 bundle*). */
  #showResult(response: FlexResponse): void {
    const report = (): void => this.#report(response);
    this.view.showResult(report);
    this.#timer = setTimeout(report, this.#countdown * 1000);
  }

  async #poll(pending: FlexResponse): Promise<void> {
    await delay(pollInterval);
    const next = await this.#client.consult(pending).catch(ignore);
    const isOver = next && next.transaction.state !== pending.transaction.state;
    await (isOver ? this.#settle(next) : this.#poll(pending));
  }
}

/** The real library swallows every failure. */
export function ignore(): undefined {
  return undefined;
}
