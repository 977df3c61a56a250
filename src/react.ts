// Also registers the tag.
import './index.js';

export { PayCheckout, type PayCheckoutElement, type PayCheckoutProps } from './frameworks/react.js';
