import type { TemplateResult } from 'lit';
import { Checkout } from '../checkout/checkout.js';
import type { CheckoutHost } from '../checkout/checkout-host.js';
import { preload } from '../checkout/preload.js';
import { rebuildSlotChain, removeCopies } from '../page/slot-chain.js';
import { diagnose, type Diagnosis } from './diagnose.js';
import { PayStateEvent, PayTimingEvent } from '../state/events.js';
import { createFocusKeeper } from './focus.js';
import { addEntries, findEntry, register } from '../providers/registry.js';
import { AttributesElement } from './attributes-element.js';
import { styles } from './styles.js';
import { template } from './template.js';
import { warnAboutUnslotted } from './unslotted-content.js';
import { warnOfMistakes } from './warn-of-mistakes.js';
import { fingerprint, readSettings } from '../checkout/settings.js';
import type { CheckoutState, Status } from '../state/state.js';
import { version } from '../shared/version.js';
import { onNearViewport } from '../page/visibility.js';
import { AbortController } from '../shared/natives.js';

/**
 * Turns a merchant's token endpoint into a working payment form.
 *
 * @tag pay-checkout
 * @attr {Status} status - The name of the state. Read only.
 * @fires {PayStateEvent} pay-loading - The token and the provider's library are loading.
 * @fires {PayStateEvent} pay-initializing - Both have arrived; the provider draws its form.
 * @fires {PayStateEvent} pay-ready - The shopper can pay.
 * @fires {PayStateEvent} pay-confirming - The backend confirms the payment.
 * @fires {PayStateEvent} pay-succeeded - Paid, held, saved or tokenised. The order is paid if `state.outcome` is `paid`.
 * @fires {PayStateEvent} pay-pending - Registered, but not paid yet. Do not ask the shopper to pay again.
 * @fires {PayStateEvent} pay-failed - The checkout ended without a payment. `state.error` has the reason.
 * @fires {PayStateEvent} pay-cancelled - The shopper closed the form.
 * @fires {PayStateEvent} pay-expired - The session expired before the shopper paid.
 * @fires {PayTimingEvent} pay-timing - The duration of a phase.
 * @slot progress - Replaces the spinner and its text.
 * @slot start - Replaces the text of the button that `loading="manual"` shows.
 * @slot succeeded - Replaces the text after a payment.
 * @slot pending - Replaces the text while a payment is registered, but not paid yet.
 * @slot failed - Replaces the text with the reason of a failure.
 * @slot cancelled - Replaces the text after the shopper closed the form.
 * @slot expired - Replaces the text after the session expired.
 * @slot form - Managed by the element. The provider draws in it.
 * @csspart form - The container of the provider's form.
 * @csspart progress - The spinner and its text.
 * @csspart spinner - The spinner alone.
 * @csspart message - The text of a final state.
 * @csspart start - The button that `loading="manual"` shows.
 * @csspart retry - The button that starts a new attempt.
 * @cssproperty [--pay-checkout-accent=#0b57d0] - Buttons, the spinner and the focus ring.
 * @cssproperty [--pay-checkout-min-height=42rem] - Height reserved from the first paint until the form is ready. With Izipay, 36.5rem.
 * @cssproperty [--pay-checkout-font=inherit] - The font family of the element's own texts.
 * @cssproperty [--pay-checkout-radius=0.5rem] - The corner radius of the element's own messages, buttons and fields.
 */
export class PayCheckout extends AttributesElement {
  /** The version of the package. */
  static readonly version: string = version;
  static override styles = styles;

  /** Adds a provider under a name, or replaces a built-in one. */
  static readonly register: typeof register = register;

  /** @internal Called by a second file of this version, which has its own copy of every module. */
  static readonly addEntries: typeof addEntries = addEntries;

  /** Fetches a provider's script and style sheets ahead of time, without evaluating them. Rejects for an unknown provider or environment. */
  static readonly preload: typeof preload = preload;

  readonly #checkout = new Checkout(this.#host());
  /** The fingerprint of the settings that the checkout uses, and the `loading` mode that the element has acted on. */
  #usedFingerprint?: string;
  #usedLoading?: string;
  #hasStarted = false;
  #connection = new AbortController();
  readonly #focus = createFocusKeeper(this);

  /** The frozen object that the last event carried. */
  get state(): CheckoutState {
    return this.#checkout.state;
  }

  override get status(): Status {
    return this.state.status;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    removeCopies(this);
    this.reflectStatus();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#usedLoading = undefined;
    this.#hasStarted = false;
    this.#checkout.end();
    this.#focus.end();
    this.reflectStatus();
  }

  /** @internal Lets `moveBefore()` keep the form. Without this callback, the browser would disconnect and reconnect the element. */
  connectedMoveCallback(): void {
    rebuildSlotChain(this);
  }

  /** Starts the checkout of an element with `loading="manual"` or `"lazy"`. */
  load(): void {
    if (this.isConnected && !this.#hasStarted) this.#start();
  }

  /** Starts a new attempt after failed, cancelled, expired or pending. */
  retry(): void {
    this.#checkout.retry();
  }

  /** Requests a new token and opens the form again, after the order's price has changed. A touched Payroc form stays, at the new price. */
  refresh(): void {
    this.#checkout.refresh();
    this.requestUpdate();
  }

  /** Returns a plain object for a support ticket, without a token or personal data. */
  diagnose(): Diagnosis {
    return diagnose(this, this.#checkout);
  }

  /**
   * Applies all changes of one update together. It runs before the render, which the requests need not wait for, and after lit has applied
   * the properties that the page set before this script was there.
   */
  protected override willUpdate(): void {
    this.applyDefaults();
    if (this.isConnected) this.#applyChanges();
  }

  protected override updated(): void {
    super.updated();
    this.#focus.restore(this.renderRoot as ShadowRoot, this.status);
    // A listener of an event of this update may have changed an attribute.
    if (this.#hasStarted && fingerprint(this) !== this.#usedFingerprint) this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return template({
      height: findEntry(this.state.provider ?? this.provider ?? '')?.assets?.[this.environment]?.height,
      state: this.state,
      texts: this.texts,
      waitsForStart: this.loading === 'manual' && !this.#hasStarted,
      mayHavePaid: this.#checkout.mayHavePaid,
      isOutdated: this.#checkout.isOutdated,
      start: () => this.load(),
      retry: () => this.retry(),
    });
  }

  #applyChanges(): void {
    const wanted = fingerprint(this);
    if (this.#hasStarted && wanted !== this.#usedFingerprint) this.#start();
    else if (!this.#hasStarted && this.loading !== this.#usedLoading) this.#startByLoading();
  }

  /** Starts when `loading` says so, or at once to confirm a payment that is not confirmed yet. */
  #startByLoading(): void {
    this.#usedLoading = this.loading;
    if (this.#checkout.resume()) this.#start();
    else if (this.loading === 'lazy') onNearViewport(this, () => this.loading === 'lazy' && this.load(), this.#connection.signal);
    else if (this.loading !== 'manual') this.#start();
  }

  #start(): void {
    this.#hasStarted = true;
    this.#usedFingerprint = fingerprint(this);
    this.requestUpdate();
    warnOfMistakes(this, PayCheckout.observedAttributes);
    this.#checkout.begin();
    this.reflectStatus();
  }

  #host(): CheckoutHost {
    return {
      element: this,
      provider: () => this.provider ?? '',
      settings: () => readSettings(this),
      pageOptions: () => this.pageOptions,
      onState: (state) => this.#showState(state),
      onTiming: (timing) => void this.dispatchEvent(new PayTimingEvent(timing)),
    };
  }

  #showState(state: CheckoutState): void {
    this.reflectStatus();
    warnAboutUnslotted(this);
    // Rendering `initializing`, which looks like `loading`, would delay the form.
    if (state.status !== 'initializing' || this.#checkout.isOutdated) this.requestUpdate();
    this.dispatchEvent(new PayStateEvent(state));
  }
}
