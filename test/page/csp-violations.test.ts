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

/** What the browser tells of an enforced policy. */
function violate(violation: Violation): void {
  const init = { disposition: 'enforce', documentURI: '', violatedDirective: '', statusCode: 200, originalPolicy: policy, ...violation };
  document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', init as SecurityPolicyViolationEventInit));
}

describe('what to do about a block', () => {
  function adviceOn(violation: Violation): string {
    const controller = new AbortController();
    let advice = '';
    onCspViolation(
      () => true,
      (message) => (advice = message),
      controller.signal,
    );
    violate({ blockedURI: 'https://cdn.example/a.js?token=S3CR3T', ...violation });
    controller.abort();
    return advice;
  }

  const advices: [of: string, effectiveDirective: string, originalPolicy: string, place: string][] = [
    ['the directive', 'frame-src', "default-src 'none'; frame-src 'none'", '`frame-src`'],
    ['the wider one that the page has', 'script-src-elem', "default-src 'none'; script-src 'self'", '`script-src`'],
    ['the narrower one that the page has', 'style-src-elem', "style-src 'self';STYLE-SRC-ELEM 'self'", '`style-src-elem`'],
    [
      'a new one, so that the default stays',
      'connect-src',
      "default-src 'self'",
      'a `connect-src` of its own, since `default-src` decides now',
    ],
    [
      'a new one that is wide enough',
      'script-src-elem',
      "default-src 'self'; script-src-attr 'none'",
      'a `script-src` of its own, since `default-src` decides now',
    ],
    ['an empty one', 'connect-src', "default-src 'self'; connect-src", '`connect-src`'],
    ['one of a browser that does not tell the policy', 'script-src-elem', '', '`script-src`'],
  ];
  for (const [what, effectiveDirective, originalPolicy, place] of advices) {
    it(`is to change ${what}`, () => {
      const advice = `The page's Content-Security-Policy blocks https://cdn.example: add it to ${place}.`;
      expect(adviceOn({ effectiveDirective, originalPolicy })).to.equal(advice);
    });
  }

  it('is nothing where the policy only reports', () => {
    expect(adviceOn({ effectiveDirective: 'frame-src', disposition: 'report' })).to.equal('');
  });

  it('is no longer given when nobody listens', () => {
    const controller = new AbortController();
    const heard: string[] = [];
    onCspViolation(
      () => true,
      (message) => heard.push(message),
      controller.signal,
    );
    controller.abort();
    violate({ blockedURI: 'https://cdn.example', effectiveDirective: 'frame-src' });
    expect(heard).to.deep.equal([]);
  });

  for (const [url, origin] of [
    ['https://api.example/pay?token=1', 'https://api.example'],
    ['http://localhost:8000#x', 'http://localhost:8000'],
    ['https://api.example?x', 'https://api.example'],
    ['inline', undefined],
    ['data', undefined],
    ['blob:https://api.example/1', undefined],
    ['', undefined],
  ] as const) {
    it(`names ${String(origin)} for "${url}"`, () => expect(extractOrigin(url)).to.equal(origin));
  }
});

describe("a form whose provider's host is blocked", () => {
  const origins = ['https://api.provider.example', 'https://files.provider.example'];
  const api = { effectiveDirective: 'connect-src', blockedURI: 'https://api.provider.example/session/S3CR3T' };
  let madeUp: MadeUp;

  beforeEach(() => (madeUp = registerMadeUp({ assets: { sandbox: { global: 'madeUpLibrary', origins } } })));

  async function drawing() {
    const element = await checkout({ provider: madeUp.name });
    const { context } = await madeUp.opened(1);
    return { element, context };
  }

  it('ends at once while it is drawn, by one attempt, and names the directive and the host', async () => {
    const { element, context } = await drawing();
    violate(api);
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

  it('ends at once when it is open', async () => {
    const element = await ready(madeUp);
    violate(api);
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'blocked');
  });

  it('begins anew on retry, and stays open where the policy was mended', async () => {
    const { element } = await drawing();
    violate(api);
    await reaches(element, 'failed');
    element.retry();
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
  });

  it('is left alone once a payment was reported: the money may have moved', async () => {
    const element = await ready(madeUp);
    madeUp.report({ status: 'pending', reference: 'r-1', raw: {} });
    await reaches(element, 'pending');
    const states = statesOf(element);
    violate(api);
    await settled();
    expect(states).to.deep.equal([]);
  });

  it('is nobody else: an element that was removed says nothing', async () => {
    const { element } = await drawing();
    const states = statesOf(element);
    element.remove();
    violate(api);
    await settled();
    expect(states).to.deep.equal([]);
  });

  const fatal: [what: string, violation: Violation][] = [
    ['a script of its host', { effectiveDirective: 'script-src-elem', blockedURI: 'https://files.provider.example/more.js' }],
    ['a style sheet of its host', { effectiveDirective: 'style-src-elem', blockedURI: 'https://files.provider.example/more.css' }],
    ['a frame of its host', { effectiveDirective: 'frame-src', blockedURI: 'https://api.provider.example' }],
  ];
  for (const [what, violation] of fatal) {
    it(`ends for ${what}`, async () => {
      const { element } = await drawing();
      violate(violation);
      expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'blocked');
    });
  }

  it('ends for what its script asks of a host that nobody knew, and not for what another file of that host does', async () => {
    const script = new Hostile('ok');
    madeUp = registerMadeUp({ assets: { sandbox: script.assets } });
    const { element } = await drawing();
    const asked = { effectiveDirective: 'connect-src', blockedURI: 'https://gateway.example/S3CR3T' };
    violate({ ...asked, sourceFile: `${location.origin}/shop.js` });
    await settled();
    expect(element.status).to.equal('initializing');
    violate({ ...asked, sourceFile: `${script.url}?pay-checkout-try=2` });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains('https://gateway.example: add').and.not.contains('S3CR3T');
  });

  it('ends for a frame in the mount, of a host that nobody knew', async () => {
    const { element, context } = await drawing();
    const frame = Object.assign(document.createElement('iframe'), { src: `${location.origin}/hostile/page?token=S3CR3T` });
    context.container.append(frame);
    violate({ effectiveDirective: 'frame-src', blockedURI: location.origin });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains(location.origin).and.not.contains('S3CR3T');
  });

  const harmless: [what: string, violation: Violation][] = [
    ['a host of somebody else', { effectiveDirective: 'connect-src', blockedURI: 'https://ads.example/x' }],
    ['a frame of somebody else', { effectiveDirective: 'frame-src', blockedURI: 'https://ads.example' }],
    ['a host whose name begins alike', { effectiveDirective: 'connect-src', blockedURI: 'https://api.provider.example.evil.example/' }],
    ["somebody else's request", { ...api, blockedURI: 'https://ads.example', sourceFile: 'https://shop.example/shop.js' }],
    [
      'a script that its library adds from elsewhere',
      {
        effectiveDirective: 'script-src-elem',
        blockedURI: 'https://ads.example/x.js',
        sourceFile: 'https://files.provider.example/lib.js',
      },
    ],
    ['a picture of its host', { effectiveDirective: 'img-src', blockedURI: 'https://api.provider.example/logo.png' }],
    ['a font of its host', { effectiveDirective: 'font-src', blockedURI: 'https://files.provider.example/a.woff2' }],
    ['what stands in the page itself', { effectiveDirective: 'style-src-attr', blockedURI: 'inline' }],
    ['what is only reported', { ...api, disposition: 'report' }],
  ];
  for (const [what, violation] of harmless) {
    it(`goes on in spite of ${what}`, async () => {
      const { element } = await drawing();
      violate(violation);
      madeUp.last.drawn.resolve();
      await reaches(element, 'ready');
      violate(violation);
      await settled();
      expect(element.status).to.equal('ready');
    });
  }

  it('is not a form that has no hosts to be known by', async () => {
    madeUp = registerMadeUp();
    const { element } = await drawing();
    violate(api);
    madeUp.last.drawn.resolve();
    await reaches(element, 'ready');
  });
});

describe('an endpoint that is blocked', () => {
  const endpoint = new URL('https://api.shop.example/token?visitor=S3CR3T');
  const blocked = { effectiveDirective: 'connect-src', blockedURI: endpoint.href };

  afterEach(() => restore());

  async function failureAfter(...violations: Violation[]) {
    const clock = fakeClock();
    const send = stub().callsFake(() => {
      // Told when the request has failed.
      void settled().then(() => violations.forEach(violate));
      return Promise.reject(new TypeError('Failed to fetch'));
    });
    const { signal } = new AbortController();
    const posted = failure(postJson({ name: 'token endpoint', endpoint, body: {}, credentials: 'omit', signal, send }));
    const error = await finished(posted).finally(() => clock.restore());
    return { error: error as Error, tries: send.callCount };
  }

  it('is tried once more, and then said to be blocked, with directive and host', async () => {
    const { error, tries } = await failureAfter(blocked);
    expect(error).to.include({ code: 'endpoint', reason: 'unreachable', retryable: false });
    expect(error.message).to.equal("The page's Content-Security-Policy blocks https://api.shop.example: add it to `connect-src`.");
    expect(tries).to.equal(2);
  });

  it('is not one whose pictures are blocked, nor another one', async () => {
    const { error, tries } = await failureAfter(
      { ...blocked, effectiveDirective: 'img-src' },
      { ...blocked, blockedURI: 'https://ads.example' },
    );
    expect(error).to.include({ reason: 'unreachable', retryable: true });
    expect(error.message).to.contain('cannot be reached');
    expect(tries).to.equal(3);
  });
});
