import { backend } from './backend.js';
import { css } from './css.js';
import { head } from './head.js';
import { html } from './html.js';
import { policy } from './policy.js';
import { react } from './react.js';
import type { Snippet } from './snippet.js';
import { vue } from './vue.js';

/** All snippets, by their names in the URL's query. */
export const snippets: Readonly<Record<string, Snippet>> = { html, head, css, react, vue, backend, csp: policy };
