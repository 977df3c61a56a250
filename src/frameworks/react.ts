import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { createPortal } from 'react-dom';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import { PayCheckout as PayCheckoutElement } from '../element/pay-checkout.js';
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

/** As long as this is what React has drawn in the element, it leaves alone what the provider drew there, before hydration and after. */
const notOurs = { __html: '' };

/**
 * `<pay-checkout>` as a component of React 18 and 19: its props are the element's properties, its `ref` is the element, and its children
 * go into the element's slots.
 */
export const PayCheckout = React.forwardRef<PayCheckoutElement, PayCheckoutProps>(({ children, ...props }, ref) => {
  const element = React.useRef<PayCheckoutElement>(null);
  const [isDrawn, setDrawn] = React.useState(false);
  React.useImperativeHandle(ref, () => element.current!);
  React.useEffect(() => (allowChildren(element.current), setDrawn(true)), []);
  if (typeof document === 'undefined') return React.createElement('pay-checkout', createServerProps(props));
  return React.createElement(
    React.Fragment,
    null,
    React.createElement(Tag, { hidden: false, ...props, ref: element, dangerouslySetInnerHTML: notOurs }),
    isDrawn && element.current && createPortal(children, element.current),
  );
});

PayCheckout.displayName = 'PayCheckout';

/** In development, React 19 warns of children beside what it has not drawn. Here they are meant to be: this says that it has warned. */
function allowChildren(element: PayCheckoutElement | null): void {
  if (element) Object.assign(element, { __reactWarnedAboutChildrenConflict: true });
}
