import { defineElement } from './element/define-element.js';
import type { PayCheckout } from './element/pay-checkout.js';
import { lazyProviders } from './providers/lazy-providers.js';

export { PayCheckout } from './element/pay-checkout.js';
export { CheckoutError, type ErrorCode, type ErrorReason } from './state/errors.js';
export { PayStateEvent, PayTimingEvent, type PayEventMap, type Timing, type TimingPhase } from './state/events.js';
export { register, type Provider } from './provider.js';
export { securityPolicy, type ListedScript, type SecurityPolicy, type SecurityPolicyOptions } from './head/security-policy.js';
export type { Diagnosis } from './element/diagnose.js';
export type { PayCheckoutProperties } from './element/attributes-element.js';
export type { Messages } from './messages/locales.js';
export type { CheckoutState, Result, Status } from './state/state.js';
export type { Instructions, SettledOutcome } from './shared/endpoint-contract.js';
export type {
  RequestContext,
  RequestFunction as RequestOutcome,
  RequestFunction as RequestToken,
  RequestContext as RequestTokenContext,
} from './endpoint/send-request.js';

declare global {
  interface HTMLElementTagNameMap {
    'pay-checkout': PayCheckout;
  }
}

defineElement(lazyProviders);
