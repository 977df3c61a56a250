import { html, nothing, type TemplateResult } from 'lit';
import { textOf } from './errors.js';
import type { Texts } from './messages/texts.js';
import { mayRetry, type CheckoutState } from './state.js';

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

const endings = ['succeeded', 'pending', 'cancelled', 'expired'] as const;

/** What the element shows around the provider's form. Every slot is always there; what does not apply is hidden. */
export function template({ state, texts, waitsForStart, mayHavePaid, start, retry }: View): TemplateResult {
  const { status } = state;
  const drawing = status === 'loading' || status === 'initializing';
  const busy = drawing || status === 'confirming';
  return html`
    <div role="status" class=${drawing ? 'over' : ''}>
      <div part="progress" tabindex="-1" ?hidden=${!busy}>
        <slot name="progress"><span part="spinner"></span>${progressText(state, texts)}</slot>
      </div>
      ${endings.map((ending) => message(ending, state, texts))}
    </div>
    <div role="alert">${message('failed', state, texts)}</div>
    <div part="form" class=${stageClass(state, waitsForStart)}><slot name="form"></slot></div>
    <button part="start" type="button" ?hidden=${!waitsForStart} @click=${start}><slot name="start">${texts.start}</slot></button>
    <button part="retry" type="button" ?hidden=${!offersRetry(state, mayHavePaid)} @click=${retry}>${texts.retry}</button>
  `;
}

function message(ending: (typeof endings)[number] | 'failed', state: CheckoutState, texts: Texts): TemplateResult {
  const shown = state.status === ending;
  return html`<div part="message" class=${ending} tabindex="-1" ?hidden=${!shown}>
    <slot name=${ending}>${shown ? messageText(state, texts) : nothing}</slot>
  </div>`;
}

function messageText(state: CheckoutState, texts: Texts): string {
  if (state.status === 'succeeded') return state.confirmed ? texts.paid : texts.received;
  if (state.status === 'failed') return texts[textOf(state.error)];
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
  return mayRetry(state.status) && state.status !== 'pending' && !mayHavePaid;
}
