// For the templates of Vue: `import type {} from 'pay-checkout/vue'`.
export type * from './frameworks/vue.js';
