export { scripts } from './testing/scripts.js';
