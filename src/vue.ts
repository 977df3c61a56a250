// The types of the tag in Vue's templates: `import type {} from 'pay-checkout/vue'`.
export type * from './frameworks/vue.js';
