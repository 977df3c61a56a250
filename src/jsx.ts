// The types of the tag in React 19's JSX: `import type {} from 'pay-checkout/jsx'`.
export type * from './frameworks/jsx.js';
