import { openFieldPage } from './field-page.js';
import { readEnvironment, gateways } from './gateway.js';
import type { GatewayClient } from './gateway-client.js';
import type { PayrocLibraryFaults } from './faults.js';
import type { FieldOptions, Frame, HostedFieldsError, HostedFieldsOptions, Message } from './types.js';

/** Milliseconds in which an iframe should connect (*measured on 1.7.0*). */
const connectTime = 30_000;
const connectTries = 5;

export interface FramesOptions {
  readonly options: HostedFieldsOptions;
  readonly client: GatewayClient;
  readonly faults: PayrocLibraryFaults;
  readonly onError: (error: HostedFieldsError) => void;
}

/** The iframes of one form. Inserts them, and shows them once all are ready. */
export class Frames {
  readonly all: Frame[] = [];
  readonly #connected = new Set<string>();
  readonly #options: FramesOptions;

  constructor(options: FramesOptions) {
    this.#options = options;
  }

  get #fields(): Readonly<Record<string, FieldOptions>> {
    return Object.values(this.#options.options.fields)[0] ?? {};
  }

  /** Inserts one iframe for each key, known or not, but only one for each URL (*measured on 1.7.0*). */
  inject(): void {
    for (const [field, options] of Object.entries(this.#fields)) {
      const url = this.#createUrl(field, options);
      const isSkipped = (field === 'submit' || field === 'accountType') && options.placeholder !== undefined;
      if (isSkipped || (field === 'accountType' && options.value !== undefined) || this.all.some((frame) => frame.url === url)) continue;
      const frame: Frame = { field, url, element: document.createElement('iframe') };
      this.all.push(frame);
      this.#embed(frame, 1);
    }
  }

  send(id: string, payload: Message['payload'] = {}): void {
    for (const { element } of this.all) this.#post(element, id, payload);
  }

  sendTo(field: string, id: string, payload: object): void {
    for (const frame of this.all) if (frame.field === field) this.#post(frame.element, id, payload);
  }

  markConnected(field: string): void {
    this.#connected.add(field);
  }

  /**
   * Fixes the iframe's size at its current value, which is 0 in a hidden element. All iframes are shown when the last one is ready
   * (*measured on 1.7.0*).
   */
  markReady(field: string, { width, height }: { width?: unknown; height?: unknown }): void {
    const { faults } = this.#options;
    if (faults.neverReady) return;
    for (const frame of this.all.filter((one) => one.field === field)) {
      frame.ready = true;
      frame.element.setAttribute('style', `opacity:0;border-width:0;height:${Number(height)}px;width:${Number(width)}px`);
    }
    if (!this.all.every((frame) => frame.ready)) return;
    for (const { element } of this.all) {
      if (faults.renamedStyles) element.style.removeProperty('opacity');
      else element.style.opacity = '1';
    }
  }

  /** Nothing cancels the timer, so a form that was destroyed before its iframes connected inserts them again (*measured on 1.7.0*). */
  #embed(frame: Frame, tries: number): void {
    const { field, element, url } = frame;
    const options = this.#fields[field] as FieldOptions;
    element.setAttribute('src', `about:blank?${new URL(url).searchParams.toString()}`);
    element.setAttribute('style', 'opacity:0');
    element.addEventListener('load', () => this.#open(frame, options));
    document.querySelector(options.target)?.append(element);
    setTimeout(() => {
      if (!this.#connected.has(field)) this.#embedAgain(frame, tries);
    }, connectTime);
  }

  #embedAgain(frame: Frame, tries: number): void {
    frame.element.remove();
    if (tries < connectTries) {
      frame.element = document.createElement('iframe');
      return this.#embed(frame, tries + 1);
    }
    return this.giveUp(frame.field);
  }

  giveUp(field: string): void {
    for (const { element } of this.all) element.remove();
    const message = 'The maximum number of retries to embed this field has been reached.';
    this.#options.onError({ type: 'field', field, message });
  }

  #open({ field, element }: Frame, options: FieldOptions): void {
    const { client, faults, options: form } = this.#options;
    if (faults.neverConnected) return;
    const open = () => openFieldPage({ frame: element, field, options, locale: form.locale, client });
    setTimeout(open, faults.slow ?? 0);
  }

  #post(element: HTMLIFrameElement, id: string, payload: object): void {
    // `/` means the page's own origin. It also works for a `file:` page, whose origin is opaque.
    element.contentWindow?.postMessage({ id: `payroc:${id}`, payload: structuredClone(payload) }, '/');
  }

  #createUrl(field: string, { placeholder = '', value = '' }: FieldOptions): string {
    const { sessionToken, locale = '' } = this.#options.options;
    const query = new URLSearchParams({
      field,
      hostedFieldsSessionId: sessionToken,
      targetOrigin: location.origin,
      locale,
      placeholder,
      value,
    });
    return `${gateways[readEnvironment(String(sessionToken))]}/hosted-fields?${query.toString()}`;
  }
}
