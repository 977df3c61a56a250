import { defineElement } from './define.js';
import type { PayCheckout } from './pay-checkout.js';
import { lazyProviders } from './providers/lazy.js';

export { PayCheckout } from './pay-checkout.js';
export { CheckoutError, type ErrorCode, type ErrorReason } from './errors.js';
export { PayStateEvent, PayTimingEvent, type PayEventMap, type Timing, type TimingPhase } from './events.js';
export { register, type Provider } from './providers/index.js';
export { securityPolicy, type ListedScript, type SecurityPolicy, type SecurityPolicyOptions } from './providers/security-policy.js';
export type { Diagnosis } from './diagnose.js';
export type { PayCheckoutProperties } from './pay-checkout.attributes.js';
export type { Messages } from './messages/index.js';
export type { CheckoutState, Result, Status } from './state.js';
export type { RequestToken, RequestTokenContext } from './token.js';

declare global {
  interface HTMLElementTagNameMap {
    'pay-checkout': PayCheckout;
  }
}

defineElement(lazyProviders);
