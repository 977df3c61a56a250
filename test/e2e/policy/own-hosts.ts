// What every provider's own host serves in these tests: the stand-in's library, making its requests to the provider's own URLs.
// The stand-ins draw in frames of the page's origin, so for each there is an empty one at the provider's own address.
import { hosts as izipay } from '../../../src/providers/izipay/hosts.js';
import { hosts as payroc } from '../../../src/providers/payroc/hosts.js';
import { evaluate } from '../../../src/testing/izipay/evaluate.js';
import { createPageFetch } from '../../../src/testing/page-fetch.js';
import { createFlexLibrary } from '../../../src/testing/payme/library.js';
import { createPayrocLibrary } from '../../../src/testing/payroc/library.js';

const { src } = document.currentScript as HTMLScriptElement;
const { hostname } = new URL(src);
const own = (input: string, init?: RequestInit) => fetch(input, init);

if (hostname.endsWith('pay-me.cloud'))
  Object.assign(window, { FlexPaymentForms: createFlexLibrary({ fetch: own, environment: 'sandbox' }) });
// The real one's requests are its frame's, for which the page's policy does not count.
if (hostname.endsWith('izipay.pe')) evaluate(src, { fetch: createPageFetch('/stand-in/'), environment: 'sandbox' });
if (hostname.endsWith('payroc.com')) Object.assign(window, { Payroc: createPayrocLibrary({ fetch: own }) });

const frames = hostname.endsWith('izipay.pe') ? izipay.sandbox.checkout : payroc.sandbox.gateway;

new MutationObserver((records) => {
  const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
  for (const node of added) if (node instanceof HTMLIFrameElement && !node.hidden) document.body.append(empty());
}).observe(document, { childList: true, subtree: true });

function empty(): HTMLIFrameElement {
  return Object.assign(document.createElement('iframe'), { hidden: true, src: `${frames}/frame` });
}
