const { userAgent } = navigator;

export const isFirefox = userAgent.includes('Firefox/');
export const isChromium = userAgent.includes('Chrome/');
export const isWebKit = !isFirefox && !isChromium;

/** Whether the browser tells what status an answer had. */
export const tellsStatus = 'responseStatus' in PerformanceResourceTiming.prototype;

/**
 * Whether the browser reports the content type of a response. Chromium reports none for a response that broke off, which is how a
 * page tells it from a complete one.
 */
export const reportsContentType = 'contentType' in PerformanceResourceTiming.prototype;

/** Whether the browser tells that a policy blocks a request before the request has failed. */
export const tellsBlocksFirst = isWebKit;

/** `it`; where the browser cannot do what is tested, a test that is skipped, and whose title says so. The gate tells of each. */
export function itUnless(isLacking: boolean, why: string): (title: string, test: Mocha.AsyncFunc | Mocha.Func) => void {
  // eslint-disable-next-line no-restricted-syntax -- it is told
  return isLacking ? (title) => it.skip(`${title} [${why}]`) : it;
}
