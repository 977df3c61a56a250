import { html, nothing, type TemplateResult } from 'lit';
import { selectText, type CheckoutError } from '../state/errors.js';
import type { TextKey, Texts } from '../messages/texts.js';
import { canRetry, type CheckoutState, type Status } from '../state/state.js';

export interface View {
  /** The height that the provider's form has, as a CSS length. */
  readonly height?: string;
  readonly state: CheckoutState;
  readonly texts: Texts;
  /** Whether the built-in pay button is shown. */
  readonly waitsForStart: boolean;
  /** Whether the provider has reported a payment. */
  readonly mayHavePaid: boolean;
  /** Whether the form on the page is for a price that has changed. */
  readonly isOutdated: boolean;
  start(this: void): void;
  retry(this: void): void;
}

/** Renders what surrounds the provider's form. The two live regions and the `form` slot are always rendered. */
export function template({ height = '', state, texts, waitsForStart, mayHavePaid, isOutdated, start, retry }: View): TemplateResult {
  const { status } = state;
  const isDrawing = status === 'loading' || status === 'initializing';
  const isEmpty = isDrawing && !isOutdated;
  // The property, because a Content Security Policy may forbid the attribute.
  const style = height && `--_default:${height}`;
  return html`
    <div role="status" class=${isEmpty ? 'over' : ''} .style=${style}>
      <div part="progress" tabindex="-1" ?hidden=${!isDrawing && status !== 'confirming'}>
        <slot name="progress"
          ><span part="spinner"></span>${isOutdated ? nothing : texts[status === 'confirming' ? status : 'loading']}</slot
        >
        ${isOutdated ? texts.changed : nothing}
      </div>
      ${hasStatusMessage(status) ? renderMessage(state, texts) : nothing}
      ${isOutdated && !isDrawing ? html`<div part="message" class="expired">${texts.changed}</div>` : nothing}
    </div>
    <div role="alert">${status === 'failed' ? renderMessage(state, texts) : nothing}</div>
    <div part="form" class=${selectStageClass(state, waitsForStart, isEmpty)} .style=${style}>
      <slot name="form"></slot>
    </div>
    ${waitsForStart ? html`<button part="start" type="button" @click=${start}><slot name="start">${texts.start}</slot></button>` : nothing}
    ${offersRetry(state, mayHavePaid) ? html`<button part="retry" type="button" @click=${retry}>${texts.retry}</button>` : nothing}
  `;
}

function hasStatusMessage(status: Status): boolean {
  return ['succeeded', 'pending', 'cancelled', 'expired'].includes(status);
}

function renderMessage(state: CheckoutState, texts: Texts): TemplateResult {
  const { status } = state;
  return html`<div part="message" class=${status} tabindex="-1">
    <div><slot name=${status}>${selectMessageText(state, texts)}</slot></div>
  </div>`;
}

/** The merchant's own sentence comes before ours. The outcome endpoint may also send it with a refusal. */
function selectMessageText(state: CheckoutState, texts: Texts): string {
  const { shopperMessage, error } = state as { shopperMessage?: string; error?: CheckoutError };
  return shopperMessage ?? error?.shopperMessage ?? texts[selectMessageKey(state)];
}

function selectMessageKey(state: CheckoutState): TextKey {
  if (state.status === 'failed') return selectText(state.error);
  return state.status === 'succeeded' ? (state.outcome ?? 'received') : (state.status as 'pending' | 'cancelled' | 'expired');
}

/** The height is reserved from the first paint until the shopper can pay, so that the page does not shift. */
function selectStageClass({ status }: CheckoutState, waitsForStart: boolean, isEmpty: boolean): string {
  if (isEmpty) return 'stage reserved drawing';
  return status === 'ready' || (status === 'idle' && !waitsForStart) ? 'stage reserved' : 'stage';
}

/** After `pending`, another attempt could be a second payment: the page may start one, but no button offers it. */
function offersRetry(state: CheckoutState, mayHavePaid: boolean): boolean {
  if (state.status === 'failed') return state.error.retryable;
  return canRetry(state.status) && state.status !== 'pending' && !mayHavePaid;
}
