import { html, nothing, type TemplateResult } from 'lit';
import { selectText } from '../state/errors.js';
import type { Texts } from '../messages/texts.js';
import { canRetry, type CheckoutState, type Status } from '../state/state.js';

export interface View {
  readonly state: CheckoutState;
  readonly texts: Texts;
  /** Whether the checkout waits for the built-in pay button. */
  readonly waitsForStart: boolean;
  /** Whether a payment was reported already. */
  readonly mayHavePaid: boolean;
  start(this: void): void;
  retry(this: void): void;
}

/** What the element shows around the provider's form. The two regions that are read out are always there, and the `form` slot, too. */
export function template({ state, texts, waitsForStart, mayHavePaid, start, retry }: View): TemplateResult {
  const { status } = state;
  const drawing = status === 'loading' || status === 'initializing';
  return html`
    <div role="status" class=${drawing ? 'over' : ''}>
      <div part="progress" tabindex="-1" ?hidden=${!drawing && status !== 'confirming'}>
        <slot name="progress"><span part="spinner"></span>${progressText(state, texts)}</slot>
      </div>
      ${isEnding(status) ? message(state, texts) : nothing}
    </div>
    <div role="alert">${status === 'failed' ? message(state, texts) : nothing}</div>
    <div part="form" class=${stageClass(state, waitsForStart)}><slot name="form"></slot></div>
    ${waitsForStart ? html`<button part="start" type="button" @click=${start}><slot name="start">${texts.start}</slot></button>` : nothing}
    ${offersRetry(state, mayHavePaid) ? html`<button part="retry" type="button" @click=${retry}>${texts.retry}</button>` : nothing}
  `;
}

function isEnding(status: Status): boolean {
  return ['succeeded', 'pending', 'cancelled', 'expired'].includes(status);
}

function message(state: CheckoutState, texts: Texts): TemplateResult {
  const { status } = state;
  return html`<div part="message" class=${status} tabindex="-1"><slot name=${status}>${messageText(state, texts)}</slot></div>`;
}

function messageText(state: CheckoutState, texts: Texts): string {
  if (state.status === 'succeeded') return state.confirmed ? texts.paid : texts.received;
  if (state.status === 'failed') return texts[selectText(state.error)];
  return texts[state.status as 'pending' | 'cancelled' | 'expired'];
}

function progressText({ status }: CheckoutState, texts: Texts): string {
  if (status === 'confirming') return texts.confirming;
  return status === 'loading' || status === 'initializing' ? texts.loading : '';
}

/** Height is reserved from the first paint until the shopper can pay. */
function stageClass({ status }: CheckoutState, waitsForStart: boolean): string {
  if (status === 'loading' || status === 'initializing') return 'stage reserved drawing';
  return status === 'ready' || (status === 'idle' && !waitsForStart) ? 'stage reserved' : 'stage';
}

/** After a `pending` another attempt could be a second payment, so it is not offered, only possible. */
function offersRetry(state: CheckoutState, mayHavePaid: boolean): boolean {
  if (state.status === 'failed') return state.error.retryable;
  return canRetry(state.status) && state.status !== 'pending' && !mayHavePaid;
}
