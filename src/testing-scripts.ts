import izipay from './testing/izipay/script.js?library';
import payme from './testing/payme/script.js?library';
import payroc from './testing/payroc/script.js?library';
import type { StandInsOptions } from './testing/stand-ins.js';

/**
 * The libraries of the stand-ins as classic scripts, which a page loads as it loads the real ones: `createStandIns({ scripts })` on the
 * server, `useStandIns({ assets: '/stand-in/' })` in the page.
 */
export const scripts: Required<StandInsOptions>['scripts'] = { izipay: () => izipay, payme: () => payme, payroc: () => payroc };
