// The entry of a classic script that makes a page use the stand-ins of the server that serves it, such as /stand-ins.js.
import { useStandInsOnDefine } from './use-stand-ins-on-define.js';

const script = document.currentScript as HTMLScriptElement | null;
if (!script) throw new Error('pay-checkout: load the script of the stand-ins with a plain <script src>, without type="module".');
useStandInsOnDefine(new URL('stand-in/', script.src).href);
