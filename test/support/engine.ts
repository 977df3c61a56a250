const { userAgent } = navigator;

export const isFirefox = userAgent.includes('Firefox/');
export const isChromium = userAgent.includes('Chrome/');
export const isWebKit = !isFirefox && !isChromium;

/** Whether the browser reports the status of a response. */
export const tellsStatus = 'responseStatus' in PerformanceResourceTiming.prototype;

/**
 * Whether the browser reports the content type of a response. Chromium reports none for an incomplete response, so a page can
 * distinguish it from a complete one.
 */
export const reportsContentType = 'contentType' in PerformanceResourceTiming.prototype;

/** Whether the browser reports a policy violation before the blocked request fails. */
export const tellsBlocksFirst = isWebKit;

/** Returns `it`, or a skipping version when the browser lacks a feature. The title gives the reason, and the gate reports each skip. */
export function itUnless(isLacking: boolean, why: string): (title: string, test: Mocha.AsyncFunc | Mocha.Func) => void {
  // eslint-disable-next-line no-restricted-syntax -- the gate reports the skip
  return isLacking ? (title) => it.skip(`${title} [${why}]`) : it;
}
