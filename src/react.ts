// Registers the tag as well.
import './index.js';

export { PayCheckout, type PayCheckoutElement, type PayCheckoutProps } from './frameworks/react.js';
