import { asObject } from '../http.js';
import { frameId, type FrameMessage } from './frame.js';
import type { IzipayCallback, IzipayCheckout, IzipayResponse } from './types.js';

/** The four messages that `callbackResponse` is wired to, and whether the frame stays after them. */
const results: Readonly<Record<string, boolean>> = {
  IZIPAY_EVENT_RESPONSE: true,
  IZIPAY_EVENT_RESPONSE_ERROR: false,
  IZIPAY_EVENT_INACTIVITY: false,
  IZIPAY_EVENT_CLOSE: false,
};

/** What each method hears; the first ones once, the last two again and again. */
const methods: Readonly<Record<string, string>> = {
  onReady: 'IZIPAY_EVENT_READY',
  onError: 'IZIPAY_EVENT_RESPONSE_ERROR',
  onCancel: 'IZIPAY_EVENT_CLOSE',
  onSessionTimeout: 'IZIPAY_EVENT_INACTIVITY',
  onSubmit: 'IZIPAY_EVENT_SUBMIT',
  onClick: 'IZIPAY_EVENT_CLICK',
};
const repeated = ['onSubmit', 'onClick'];

/**
 * How one instance hears its frame: by a listener of `window` that is never taken away, and looks at neither origin nor source.
 * Whoever posts a result first is believed, and the real one is no longer heard (*measured in the September 2025 build*).
 */
export class MessageListeners {
  readonly #checkout: IzipayCheckout;
  readonly #callback: ((response: IzipayResponse) => void) | undefined;
  readonly #heard = new Set<string>();
  readonly #own = new Map<string, { readonly callback: IzipayCallback; readonly once: boolean }>();

  constructor(checkout: IzipayCheckout, callback: ((response: IzipayResponse) => void) | undefined) {
    this.#checkout = checkout;
    this.#callback = callback;
    for (const [name, key] of Object.entries(methods)) {
      const listen = (own: IzipayCallback): void => void this.#own.set(key, { callback: own, once: !repeated.includes(name) });
      Object.assign(checkout, { [name]: listen });
    }
  }

  listen(hear: (frame: HTMLIFrameElement, message: FrameMessage) => void): void {
    const prototype = Object.getPrototypeOf(this.#checkout) as object;
    window.addEventListener('message', ({ data, origin, source }: MessageEvent) => {
      const message = asObject(data) as FrameMessage | undefined;
      if (typeof message?.key !== 'string') return;
      Object.assign(prototype, { Response: { data: message.data, origin, key: message.key } });
      const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
      if (frame) hear(frame, message);
      this.#tell(message);
    });
  }

  #tell({ key, data }: FrameMessage): void {
    const stays = results[key];
    if (stays !== undefined && !this.#heard.has(key)) {
      this.#heard.add(key);
      if (!stays) takeDown();
      this.#callback?.(data as IzipayResponse);
    }
    const own = this.#own.get(key);
    if (own?.once) this.#own.delete(key);
    own?.callback(data);
  }
}

/** After a pop-up the page stays unable to scroll sideways (*measured in the September 2025 build*). */
function takeDown(): void {
  const frame = document.querySelector<HTMLElement>(`iframe#${frameId}`);
  if (frame?.style.position === 'fixed') document.body.style.overflow = 'hidden auto';
  frame?.remove();
}
