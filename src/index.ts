import { PayCheckout } from './pay-checkout.js';

export { PayCheckout };
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

const tag = 'pay-checkout';

/** On a server there is nothing to register. */
if (typeof customElements !== 'undefined') {
  const other = customElements.get(tag) as typeof PayCheckout | undefined;
  if (!other) customElements.define(tag, PayCheckout);
  else if (other !== PayCheckout) {
    // eslint-disable-next-line no-console -- nobody else would ever tell
    console.warn(`pay-checkout ${PayCheckout.version} stands aside: version ${other.version} is on this page already. Load it once.`);
  }
}
