// The script that the provider's own host serves in test/e2e/policy/: the stand-in's library.
import { hosts } from '../../../src/providers/izipay/hosts.js';
import { evaluate } from '../../../src/testing/izipay/evaluate.js';
import { createPageFetch } from '../../../src/testing/page-fetch.js';
import { addHostFrames } from '../../e2e/policy/host-frames.js';

const { src } = document.currentScript as HTMLScriptElement;

// The page's policy does not apply to the requests of the real library, because its frame makes them.
evaluate(src, { fetch: createPageFetch('/stand-in/'), environment: 'sandbox' });
addHostFrames(hosts.sandbox.checkout);
