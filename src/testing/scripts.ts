import pageText from './page-script.js?library';
import type { StandInsOptions } from './stand-ins.js';

const texts = import.meta.glob('./*/script.ts', { query: '?library', import: 'default', eager: true });

/**
 * The library of each stand-in as a classic script, for pages that load it as they load the real one. Pass them to
 * `createStandIns({ scripts })` on the server, and use `useStandIns({ assets: '/stand-in/' })` in the page.
 */
export const scripts = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path.split('/')[1], () => text]),
) as Required<StandInsOptions>['scripts'];

/** The classic script that makes a page use the stand-ins of the server from which it loads. */
export const pageScript = pageText;
