import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { extractOrigin, onCspViolation } from '../../src/page/csp-violations.js';
import { postJson } from '../../src/endpoint/post-json.js';
import { fakeClock } from '../support/clock.js';
import { failure, Hostile } from '../support/hostile.js';
import { checkout, ready, reaches, statesOf } from '../support/element.js';
import { finished } from '../support/endpoint.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

type Violation = Partial<SecurityPolicyViolationEventInit>;

const policy = "script-src 'self'; connect-src 'self'; frame-src 'none'; img-src 'none'";

/** Dispatches a violation of an enforced policy, as the browser does. */
function dispatchViolation(violation: Violation): void {
  const init = { disposition: 'enforce', documentURI: '', violatedDirective: '', statusCode: 200, originalPolicy: policy, ...violation };
  document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', init as SecurityPolicyViolationEventInit));
}

describe('onCspViolation', () => {
  function adviceFor(violation: Violation): string {
    const controller = new AbortController();
    let advice = '';
    onCspViolation(
      () => true,
      (message) => (advice = message),
      controller.signal,
    );
    dispatchViolation({ blockedURI: 'https://cdn.example/a.js?token=S3CR3T', ...violation });
    controller.abort();
    return advice;
  }

  const advices: [which: string, effectiveDirective: string, originalPolicy: string, place: string][] = [
    ['the violated directive', 'frame-src', "default-src 'none'; frame-src 'none'", '`frame-src`'],
    ['the wider directive that the page sets', 'script-src-elem', "default-src 'none'; script-src 'self'", '`script-src`'],
    ['the narrower directive that the page sets', 'style-src-elem', "style-src 'self';STYLE-SRC-ELEM 'self'", '`style-src-elem`'],
    [
      'a new directive, so that `default-src` stays as it is',
      'connect-src',
      "default-src 'self'",
      'a `connect-src` of its own, since `default-src` decides now',
    ],
    [
      'a new directive that is wide enough',
      'script-src-elem',
      "default-src 'self'; script-src-attr 'none'",
      'a `script-src` of its own, since `default-src` decides now',
    ],
    ['an empty directive', 'connect-src', "default-src 'self'; connect-src", '`connect-src`'],
    ['the wider directive in a browser that does not report the policy', 'script-src-elem', '', '`script-src`'],
  ];
  for (const [which, effectiveDirective, originalPolicy, place] of advices) {
    it(`advises to change ${which}`, () => {
      const advice = `The page's Content-Security-Policy blocks https://cdn.example: add it to ${place}.`;
      expect(adviceFor({ effectiveDirective, originalPolicy })).to.equal(advice);
    });
  }

  it('ignores a policy that only reports', () => {
    expect(adviceFor({ effectiveDirective: 'frame-src', disposition: 'report' })).to.equal('');
  });

  it('does not call back after the signal aborts', () => {
    const controller = new AbortController();
    const messages: string[] = [];
    onCspViolation(
      () => true,
      (message) => messages.push(message),
      controller.signal,
    );
    controller.abort();
    dispatchViolation({ blockedURI: 'https://cdn.example', effectiveDirective: 'frame-src' });
    expect(messages).to.deep.equal([]);
  });
});

describe('extractOrigin', () => {
  for (const [url, origin] of [
    ['https://api.example/pay?token=1', 'https://api.example'],
    ['http://localhost:8000#x', 'http://localhost:8000'],
    ['https://api.example?x', 'https://api.example'],
    ['inline', undefined],
    ['data', undefined],
    ['blob:https://api.example/1', undefined],
    ['', undefined],
  ] as const) {
    it(`returns ${String(origin)} for "${url}"`, () => expect(extractOrigin(url)).to.equal(origin));
  }
});

describe("a violation by the provider's form", () => {
  const origins = ['https://api.provider.example', 'https://files.provider.example'];
  const api = { effectiveDirective: 'connect-src', blockedURI: 'https://api.provider.example/session/S3CR3T' };
  let madeUp: MadeUp;

  beforeEach(() => (madeUp = registerMadeUp({ assets: { sandbox: { global: 'madeUpLibrary', origins } } })));

  async function drawing() {
    const element = await checkout({ provider: madeUp.name });
    const { context } = await madeUp.opened(1);
    return { element, context };
  }

  it('ends the attempt while the form is drawn, and names the directive and the host', async () => {
    const { element, context } = await drawing();
    dispatchViolation(api);
    const state = await reaches(element, 'failed');
    expect(state).to.have.property('attempt', 1);
    expect(state).to.have.property('error').that.includes({ code: 'provider', reason: 'blocked', retryable: false });
    expect(state).to.have.nested.property(
      'error.message',
      "The page's Content-Security-Policy blocks https://api.provider.example: add it to `connect-src`.",
    );
    expect(context.signal.aborted).to.equal(true);
    expect(element.querySelector('[slot=form]')).to.equal(null);
  });

  it('ends the attempt when the form is open', async () => {
    const element = await ready(madeUp);
    dispatchViolation(api);
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'blocked');
  });

  it('allows a retry, which succeeds if the policy was corrected', async () => {
    const { element } = await drawing();
    dispatchViolation(api);
    await reaches(element, 'failed');
    element.retry();
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
  });

  it('is ignored after a payment was reported, because money may have moved', async () => {
    const element = await ready(madeUp);
    madeUp.report({ status: 'pending', reference: 'r-1', raw: {} });
    await reaches(element, 'pending');
    const states = statesOf(element);
    dispatchViolation(api);
    await settled();
    expect(states).to.deep.equal([]);
  });

  it('is ignored by an element that was removed', async () => {
    const { element } = await drawing();
    const states = statesOf(element);
    element.remove();
    dispatchViolation(api);
    await settled();
    expect(states).to.deep.equal([]);
  });

  const fatal: [of: string, violation: Violation][] = [
    ["a script of the provider's host", { effectiveDirective: 'script-src-elem', blockedURI: 'https://files.provider.example/more.js' }],
    [
      "a style sheet of the provider's host",
      { effectiveDirective: 'style-src-elem', blockedURI: 'https://files.provider.example/more.css' },
    ],
    ["a frame of the provider's host", { effectiveDirective: 'frame-src', blockedURI: 'https://api.provider.example' }],
  ];
  for (const [of, violation] of fatal) {
    it(`ends the attempt for ${of}`, async () => {
      const { element } = await drawing();
      dispatchViolation(violation);
      expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'blocked');
    });
  }

  it("ends the attempt for a request of the provider's script to an undeclared host, but not for one of another script", async () => {
    const script = new Hostile('ok');
    madeUp = registerMadeUp({ assets: { sandbox: script.assets } });
    const { element } = await drawing();
    const request = { effectiveDirective: 'connect-src', blockedURI: 'https://gateway.example/S3CR3T' };
    dispatchViolation({ ...request, sourceFile: `${location.origin}/shop.js` });
    await settled();
    expect(element.status).to.equal('initializing');
    dispatchViolation({ ...request, sourceFile: `${script.url}?pay-checkout-try=2` });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains('https://gateway.example: add').and.not.contains('S3CR3T');
  });

  it('ends the attempt for a frame in the mount of an undeclared host', async () => {
    const { element, context } = await drawing();
    const frame = Object.assign(document.createElement('iframe'), { src: `${location.origin}/hostile/page?token=S3CR3T` });
    context.container.append(frame);
    dispatchViolation({ effectiveDirective: 'frame-src', blockedURI: location.origin });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains(location.origin).and.not.contains('S3CR3T');
  });

  const harmless: [of: string, violation: Violation][] = [
    ['a request to another host', { effectiveDirective: 'connect-src', blockedURI: 'https://ads.example/x' }],
    ['a frame of another host', { effectiveDirective: 'frame-src', blockedURI: 'https://ads.example' }],
    [
      'a host whose name begins with the same characters',
      { effectiveDirective: 'connect-src', blockedURI: 'https://api.provider.example.evil.example/' },
    ],
    ["another script's request", { ...api, blockedURI: 'https://ads.example', sourceFile: 'https://shop.example/shop.js' }],
    [
      'a script from another host that the library adds',
      {
        effectiveDirective: 'script-src-elem',
        blockedURI: 'https://ads.example/x.js',
        sourceFile: 'https://files.provider.example/lib.js',
      },
    ],
    ["an image of the provider's host", { effectiveDirective: 'img-src', blockedURI: 'https://api.provider.example/logo.png' }],
    ["a font of the provider's host", { effectiveDirective: 'font-src', blockedURI: 'https://files.provider.example/a.woff2' }],
    ['an inline style of the page', { effectiveDirective: 'style-src-attr', blockedURI: 'inline' }],
    ['a violation of a policy that only reports', { ...api, disposition: 'report' }],
  ];
  for (const [of, violation] of harmless) {
    it(`does not end the attempt for ${of}`, async () => {
      const { element } = await drawing();
      dispatchViolation(violation);
      madeUp.last.drawn.resolve();
      await reaches(element, 'ready');
      dispatchViolation(violation);
      await settled();
      expect(element.status).to.equal('ready');
    });
  }

  it('is ignored for a provider that declares no hosts', async () => {
    madeUp = registerMadeUp();
    const { element } = await drawing();
    dispatchViolation(api);
    madeUp.last.drawn.resolve();
    await reaches(element, 'ready');
  });
});

describe('postJson to a blocked endpoint', () => {
  const endpoint = new URL('https://api.shop.example/token?visitor=S3CR3T');
  const blocked = { effectiveDirective: 'connect-src', blockedURI: endpoint.href };

  afterEach(() => restore());

  async function failureAfter(...violations: Violation[]) {
    const clock = fakeClock();
    const send = stub().callsFake(() => {
      // The browser reports the violation after the request has failed.
      void settled().then(() => violations.forEach(dispatchViolation));
      return Promise.reject(new TypeError('Failed to fetch'));
    });
    const { signal } = new AbortController();
    const posted = failure(
      postJson({ to: 'token', endpoint, body: { provider: 'payme', environment: 'sandbox' }, credentials: 'omit', signal, send }),
    );
    const error = await finished(posted).finally(() => clock.restore());
    return { error: error as Error, tries: send.callCount };
  }

  it('retries once, then reports the directive and the host', async () => {
    const { error, tries } = await failureAfter(blocked);
    expect(error).to.include({ code: 'endpoint', reason: 'unreachable', retryable: false });
    expect(error.message).to.equal("The page's Content-Security-Policy blocks https://api.shop.example: add it to `connect-src`.");
    expect(tries).to.equal(2);
  });

  it('ignores violations by images, and by requests to other hosts', async () => {
    const { error, tries } = await failureAfter(
      { ...blocked, effectiveDirective: 'img-src' },
      { ...blocked, blockedURI: 'https://ads.example' },
    );
    expect(error).to.include({ reason: 'unreachable', retryable: true });
    expect(error.message).to.contain('cannot be reached');
    expect(tries).to.equal(3);
  });
});
