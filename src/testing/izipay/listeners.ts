import { asObject } from '../http.js';
import { frameId, type FrameMessage } from './frame.js';
import type { IzipayCallback, IzipayCheckout, IzipayResponse } from './types.js';

/** The four messages that call `callbackResponse`, and whether the iframe stays after each. */
const results: Readonly<Record<string, boolean>> = {
  IZIPAY_EVENT_RESPONSE: true,
  IZIPAY_EVENT_RESPONSE_ERROR: false,
  IZIPAY_EVENT_INACTIVITY: false,
  IZIPAY_EVENT_CLOSE: false,
};

/** The message that each method listens to. */
const methods: Readonly<Record<string, string>> = {
  onReady: 'IZIPAY_EVENT_READY',
  onError: 'IZIPAY_EVENT_RESPONSE_ERROR',
  onCancel: 'IZIPAY_EVENT_CLOSE',
  onSessionTimeout: 'IZIPAY_EVENT_INACTIVITY',
  onSubmit: 'IZIPAY_EVENT_SUBMIT',
  onClick: 'IZIPAY_EVENT_CLICK',
};
/** Methods whose callback is called each time. All others call it once. */
const repeated = ['onSubmit', 'onClick'];

/**
 * Receives the messages of one instance by a `window` listener that is never removed and checks neither origin nor source.
 * A forged result that arrives first is accepted, and the real one is then ignored (*measured in the September 2025 build*).
 */
export class MessageListeners {
  readonly #checkout: IzipayCheckout;
  readonly #callback: ((response: IzipayResponse) => void) | undefined;
  readonly #received = new Set<string>();
  readonly #callbacks = new Map<string, { readonly callback: IzipayCallback; readonly once: boolean }>();

  constructor(checkout: IzipayCheckout, callback: ((response: IzipayResponse) => void) | undefined) {
    this.#checkout = checkout;
    this.#callback = callback;
    for (const [name, key] of Object.entries(methods)) {
      const listen = (own: IzipayCallback): void => void this.#callbacks.set(key, { callback: own, once: !repeated.includes(name) });
      Object.assign(checkout, { [name]: listen });
    }
  }

  listen(handle: (frame: HTMLIFrameElement, message: FrameMessage) => void): void {
    const prototype = Object.getPrototypeOf(this.#checkout) as object;
    window.addEventListener('message', ({ data, origin, source }: MessageEvent) => {
      const message = asObject(data) as FrameMessage | undefined;
      if (typeof message?.key !== 'string') return;
      Object.assign(prototype, { Response: { data: message.data, origin, key: message.key } });
      const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
      if (frame) handle(frame, message);
      this.#dispatch(message);
    });
  }

  #dispatch({ key, data }: FrameMessage): void {
    const stays = results[key];
    if (stays !== undefined && !this.#received.has(key)) {
      this.#received.add(key);
      if (!stays) removeFrame();
      this.#callback?.(data as IzipayResponse);
    }
    const own = this.#callbacks.get(key);
    if (own?.once) this.#callbacks.delete(key);
    own?.callback(data);
  }
}

/** Removes the iframe. After a pop-up the page still cannot scroll sideways (*measured in the September 2025 build*). */
function removeFrame(): void {
  const frame = document.querySelector<HTMLElement>(`iframe#${frameId}`);
  if (frame?.style.position === 'fixed') document.body.style.overflow = 'hidden auto';
  frame?.remove();
}
