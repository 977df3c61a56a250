import { renderToString } from 'react-dom/server';
import { page } from './react.js';

export const render = (as: string) => renderToString(page(as));
