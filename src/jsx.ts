// For React 19, whose JSX takes the tag itself: `import type {} from 'pay-checkout/jsx'`.
export type * from './frameworks/jsx.js';
