// The entry of a classic script that makes a page use the stand-ins of the server that serves it, such as /stand-ins.js.
import { useStandIns } from './use-stand-ins.js';

const script = document.currentScript as HTMLScriptElement | null;
if (!script) throw new Error('pay-checkout: load the script of the stand-ins with a plain <script src>, without type="module".');
useStandIns({ assets: new URL('stand-in/', script.src).href });
