import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import { PayCheckout as PayCheckoutElement } from '../element/pay-checkout.js';
import { formContainerAttribute } from '../page/slot-chain.js';
import type { PayEventMap } from '../state/events.js';
import type { ListenerName, Listeners } from './listeners.js';
import { createServerProps } from './react-server-props.js';

export type { PayCheckoutElement };

export interface PayCheckoutProps
  extends
    Omit<React.HTMLAttributes<PayCheckoutElement>, keyof PayCheckoutProperties | 'dangerouslySetInnerHTML'>,
    PayCheckoutProperties,
    Listeners {}

const events: { [Name in keyof PayEventMap as ListenerName<Name>]: Name } = {
  onPayLoading: 'pay-loading',
  onPayInitializing: 'pay-initializing',
  onPayReady: 'pay-ready',
  onPayConfirming: 'pay-confirming',
  onPaySucceeded: 'pay-succeeded',
  onPayPending: 'pay-pending',
  onPayFailed: 'pay-failed',
  onPayCancelled: 'pay-cancelled',
  onPayExpired: 'pay-expired',
  onPayTiming: 'pay-timing',
};

const Tag = createComponent({
  react: React,
  tagName: 'pay-checkout',
  elementClass: PayCheckoutElement,
  events: events as { [Name in keyof PayEventMap as ListenerName<Name>]: EventName<PayEventMap[Name]> },
});

/**
 * Contains the provider's form. React must not change what the provider draws, before hydration or after. It ignores only the contents of
 * an element with `dangerouslySetInnerHTML`, so the form has a separate element beside the children.
 */
const formContainer = React.createElement('div', {
  slot: 'form',
  [formContainerAttribute]: '',
  suppressHydrationWarning: true,
  dangerouslySetInnerHTML: { __html: '' },
});

/**
 * Renders `<pay-checkout>` in React 18 and 19: its props are the element's properties, its `ref` is the element, and its children go into
 * the element's slots. The children are rendered on the client only: before the element is defined, all of them would be visible.
 */
export const PayCheckout = React.forwardRef<PayCheckoutElement, PayCheckoutProps>(({ children, ...props }, ref) => {
  const [isMounted, setMounted] = React.useState(false);
  React.useEffect(() => setMounted(true), []);
  if (typeof document === 'undefined') return React.createElement('pay-checkout', createServerProps(props), formContainer);
  return React.createElement(Tag, { hidden: false, ...props, ref }, formContainer, isMounted && children);
});

PayCheckout.displayName = 'PayCheckout';
