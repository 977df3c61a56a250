import { pageHosts } from '../../../src/providers/micuentaweb/hosts.js';
import { createMicuentawebLibrary, micuentawebCards, payWithCard, type MicuentawebLibrary } from '../../../src/testing.js';
import { fetchOf, type FailingProvider, type FaultySetup } from '../../failures/failing-provider.js';
import { busyUntilTold } from '../../failures/page-policy.js';

export const failingProvider: FailingProvider = {
  host: pageHosts.micuentaweb,
  evaluate: (setup) => withBlockedFrames(createMicuentawebLibrary({ fetch: fetchOf(setup), faults: setup.faults.micuentaweb }), setup),
  throwAtFirstCall: ({ faults }) => (faults.micuentaweb.removeThrows = true),
  throwOnOpening: ({ faults }) => (faults.micuentaweb.attachRejects = true),
  failAtOnce: ({ faults }) => (faults.micuentaweb.configRejects = 'CLIENT_100'),
  failSlowly: ({ faults }) => (faults.micuentaweb.emptyForms = Infinity),
  spendToken: ({ faults }) => (faults.micuentaweb.configRejects = ['CLIENT_100']),
  pay: (element) => payWithCard(element, micuentawebCards.approved),
  forge: ({ raw }) => (raw.hash = '0'.repeat(64)),
};

/** A policy blocks the frames of the real library, which are pages of its host. Those of the stand-in are blank, so one gets that URL here. */
function withBlockedFrames(library: MicuentawebLibrary, setup: FaultySetup): MicuentawebLibrary {
  const attach = library.attachForm.bind(library);
  const attachForm: MicuentawebLibrary['attachForm'] = async (selector) => {
    const attached = await attach(selector);
    const frame = document.querySelector<HTMLIFrameElement>(`${selector} iframe`);
    if (setup.isBlocked && frame) {
      busyUntilTold();
      frame.src = `${pageHosts.micuentaweb}/static/js/krypton-client/V4.0/slave/index.html`;
    }
    return attached;
  };
  return Object.assign(library, { attachForm });
}
