import type { TemplateResult } from 'lit';
import { preloadAssets } from '../assets/load-assets.js';
import { Checkout, type CheckoutHost } from '../checkout/checkout.js';
import { rebuildSlotChain } from '../page/slot-chain.js';
import { diagnose, type Diagnosis } from './diagnose.js';
import { PayStateEvent, PayTimingEvent } from '../state/events.js';
import { focusWithin } from './focus.js';
import type { Environment } from '../shared/environment.js';
import { addListings, findListing, register } from '../providers/registry.js';
import { AttributesElement } from './attributes-element.js';
import { styles } from './styles.js';
import { template } from './template.js';
import { fingerprint, readSettings } from '../checkout/settings.js';
import type { CheckoutState, Status } from '../state/state.js';
import { version } from '../shared/version.js';
import { onNearViewport } from '../page/visibility.js';

/**
 * Turns a merchant's token endpoint into a working payment form.
 *
 * @tag pay-checkout
 * @attr {Status} status - Read only: the name of the state.
 * @fires {PayStateEvent} pay-loading - The token and the provider's library are on their way.
 * @fires {PayStateEvent} pay-initializing - Both are here; the provider draws its form.
 * @fires {PayStateEvent} pay-ready - The shopper can pay.
 * @fires {PayStateEvent} pay-confirming - The backend is asked what came of the payment.
 * @fires {PayStateEvent} pay-succeeded - Paid, or tokenised; `state.confirmed` tells whether the backend said so, or only the provider.
 * @fires {PayStateEvent} pay-pending - Registered, not paid yet; do not ask to pay again.
 * @fires {PayStateEvent} pay-failed - It ended without a payment; `state.error` says why.
 * @fires {PayStateEvent} pay-cancelled - The shopper closed it.
 * @fires {PayStateEvent} pay-expired - The session died in the shopper's hands.
 * @fires {PayTimingEvent} pay-timing - How long a phase took.
 * @slot progress - Replaces the spinner and its text.
 * @slot start - Replaces the text of the button that `loading="manual"` shows.
 * @slot succeeded - Replaces the text for what was paid, or received.
 * @slot pending - Replaces the text for what is registered, but not paid yet.
 * @slot failed - Replaces the text that says why there was no payment.
 * @slot cancelled - Replaces the text after the shopper closed the form.
 * @slot expired - Replaces the text after the session died.
 * @slot form - Managed by the element: the provider draws in it.
 * @csspart form - What holds the provider's form.
 * @csspart progress - The spinner and its text.
 * @csspart spinner - The spinner alone.
 * @csspart message - The text of a final state.
 * @csspart start - The button that `loading="manual"` shows.
 * @csspart retry - The button that begins a new attempt.
 * @cssproperty [--pay-checkout-accent=#0b57d0] - Buttons, the spinner and the focus ring.
 * @cssproperty [--pay-checkout-min-height=42rem] - Reserved from the first paint until the form is there.
 * @cssproperty [--pay-checkout-font=inherit] - The font family of our own texts.
 * @cssproperty [--pay-checkout-radius=0.5rem] - The corners of messages, buttons and fields of our own.
 */
export class PayCheckout extends AttributesElement {
  /** Of the package. */
  static readonly version: string = version;
  static override styles = styles;

  /** Adds a provider under a name, or replaces a built-in one. */
  static readonly register: typeof register = register;

  /** @internal For a second file of this version, which is a second copy of every module. */
  static readonly addListings: typeof addListings = addListings;

  /** Fetches a provider's script and style sheets ahead of time, and evaluates nothing of it. */
  static async preload({ provider, environment = 'production' }: { provider: string; environment?: Environment }): Promise<void> {
    const { assets, adapter } = findListing(provider) ?? {};
    if (assets?.[environment]) preloadAssets(assets[environment]);
    await adapter?.();
  }

  readonly #checkout: Checkout;
  /** Of the settings that were acted on. */
  #followed?: string;
  /** The `loading` that was acted on. */
  #awaited?: string;
  #begun = false;
  #connection = new AbortController();
  readonly #focus = focusWithin(this);

  constructor() {
    super();
    this.#checkout = new Checkout(this.#host());
  }

  /** The frozen object that the last event carried. */
  get state(): CheckoutState {
    return this.#checkout.state;
  }

  /** The name of the state. */
  get status(): Status {
    return this.state.status;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reflect();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#awaited = undefined;
    this.#begun = false;
    this.#checkout.end();
    this.#focus.end();
    this.#reflect();
  }

  /** @internal Makes `moveBefore()` keep the form: without it the element would be taken out and put back. */
  connectedMoveCallback(): void {
    rebuildSlotChain(this);
  }

  /** Begins the checkout of an element with `loading="manual"` or `"lazy"`. */
  load(): void {
    if (this.isConnected && !this.#begun) this.#begin();
  }

  /** Begins a new attempt after failed, cancelled, expired or pending. */
  retry(): void {
    this.#checkout.retry();
  }

  /** A plain object for a support ticket, without a token or personal data. */
  diagnose(): Diagnosis {
    return diagnose(this, this.#checkout);
  }

  /** Acts on changed attributes, however many changed at once; before the first render, which nothing on the way has to wait for. */
  protected override scheduleUpdate(): void {
    this.applyDefaults();
    if (this.isConnected) this.#follow();
    void super.scheduleUpdate();
  }

  protected override updated(): void {
    this.#focus.restore(this.renderRoot as ShadowRoot, this.status);
    // A listener of our own events may have changed an attribute meanwhile.
    if (this.#begun && fingerprint(this) !== this.#followed) this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return template({
      state: this.state,
      texts: this.texts,
      waitsForStart: this.loading === 'manual' && !this.#begun,
      mayHavePaid: this.#checkout.mayHavePaid,
      start: () => this.load(),
      retry: () => this.retry(),
    });
  }

  #follow(): void {
    const wanted = fingerprint(this);
    if (this.#begun && wanted !== this.#followed) this.#begin();
    else if (!this.#begun && this.loading !== this.#awaited) this.#await();
  }

  /** Waits for what `loading` says, unless a payment is to be asked about. */
  #await(): void {
    this.#awaited = this.loading;
    if (this.#checkout.resume()) this.#begin();
    else if (this.loading === 'lazy') onNearViewport(this, () => this.loading === 'lazy' && this.load(), this.#connection.signal);
    else if (this.loading !== 'manual') this.#begin();
  }

  #begin(): void {
    this.#begun = true;
    this.#followed = fingerprint(this);
    this.requestUpdate();
    this.#checkout.begin();
    this.#reflect();
  }

  #host(): CheckoutHost {
    return {
      element: this,
      provider: () => this.provider ?? '',
      settings: () => readSettings(this),
      pageOptions: () => {
        const { language: locale, texts, loading, requestToken } = this;
        return { host: this, locale, frameTitle: texts.frame, isManual: loading === 'manual', requestToken };
      },
      onState: (state) => this.#showState(state),
      onTiming: (timing) => void this.dispatchEvent(new PayTimingEvent(timing)),
    };
  }

  #showState(state: CheckoutState): void {
    this.#reflect();
    if (state.status !== 'initializing') this.requestUpdate(); // it looks like `loading`, and the form would wait for it
    this.dispatchEvent(new PayStateEvent(state));
  }

  #reflect(): void {
    this.setAttribute('status', this.status);
  }
}
