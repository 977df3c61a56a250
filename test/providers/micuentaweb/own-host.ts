// The script that the provider's own host serves in test/e2e/policy/: the stand-in's library.
import { pageHosts } from '../../../src/providers/micuentaweb/hosts.js';
import { evaluate } from '../../../src/testing/micuentaweb/evaluate.js';
import type { MicuentawebLibrary } from '../../../src/testing/micuentaweb/library.js';
import { createPageFetch } from '../../../src/testing/page-fetch.js';
import { addHostFrames } from '../../e2e/policy/host-frames.js';

const host = pageHosts.micuentaweb;

// The page's policy does not apply to the requests that pay, because a frame of the real library makes them.
evaluate({ fetch: createPageFetch('/stand-in/'), tag: document.currentScript ?? undefined });
const { KR } = window as unknown as { KR: MicuentawebLibrary };
const attachForm = KR.attachForm.bind(KR);

Object.assign(KR, {
  attachForm(selector: string) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${host}/styles.css` }));
    void fetch(`${host}/request`).catch(() => {});
    return attachForm(selector);
  },
});
addHostFrames(host);
