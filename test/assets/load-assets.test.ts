import { expect } from '@open-wc/testing';
import { restore, stub, useFakeTimers, type SinonFakeTimers } from 'sinon';
import { getAssetStates, claimGlobal, loadAssets, preloadAssets, type LoadOptions } from '../../src/assets/load-assets.js';
import type { Assets } from '../../src/providers/provider.js';
import { until } from '../support/clock.js';
import { finished } from '../support/endpoint.js';
import { isFirefox, itUnless, reportsContentType, tellsStatus } from '../support/engine.js';
import { event, failure, Hostile, openPage } from '../support/hostile.js';
import { settled } from '../support/work.js';

const itWithStatus = itUnless(!tellsStatus, 'this browser reports no status');
const itWithContentType = itUnless(!reportsContentType, 'this browser reports no content type');

/** The longest waits after the first and the second try, in ms. */
const backOffs = [400, 800] as const;
const tryLimit = 15_000;

let clock: SinonFakeTimers;
let tried: number[];
const foreign: (HTMLScriptElement | HTMLLinkElement)[] = [];

beforeEach(() => {
  // The browser's list of responses has a limit.
  performance.clearResourceTimings();
  tried = [];
  stub(Math, 'random').returns(1);
  clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  clock.restore();
  restore();
  for (const element of [...foreign.splice(0), ...document.querySelectorAll('iframe')]) element.remove();
});

function load(assets: Assets, options: Partial<LoadOptions> = {}): Promise<unknown> {
  return loadAssets(assets, { nonce: '', signal: new AbortController().signal, onTry: (n) => tried.push(n), ...options });
}

function createStyleAssets(style: Hostile): Assets {
  Object.assign(window, { [style.name]: true });
  return { global: style.name, styles: [style.url] };
}

const createAssets = (asset: Hostile): Assets => (asset.file.endsWith('.css') ? createStyleAssets(asset) : asset.assets);

/** Waits until a try has failed, and advances the clock by the back-off. */
async function failTry(asset: Hostile, backOff = 0): Promise<void> {
  await discarded(await asset.failure());
  await clock.tickAsync(backOff);
}

/** Waits until the loader has removed the tag, which it does in a later task. */
const discarded = (tag: Element) => until(() => !tag.isConnected, 'the end of a try', 1);

/** Adds a tag as another script of the page would. */
function addForeign(asset: Hostile, integrity = ''): HTMLElement {
  const element = asset.file.endsWith('.css')
    ? Object.assign(document.createElement('link'), { rel: 'stylesheet', href: asset.url })
    : Object.assign(document.createElement('script'), { src: asset.url });
  if (integrity) Object.assign(element, { integrity, crossOrigin: 'anonymous' });
  document.body.append(element);
  foreign.push(element);
  return element;
}

const hints = (url: string) => [...document.head.querySelectorAll<HTMLLinkElement>(`link[rel="preload"][href^="${url}"]`)];

/** Resolves when the browser has received the complete response for the URL. */
function responseReceived(url: string): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName(url).length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'resource', buffered: true });
  });
}

describe('loadAssets with concurrent callers', () => {
  it('adds one tag for two callers, and resolves both with the same library', async () => {
    const script = new Hostile('ok');
    const both = Promise.all([load(script.assets), load(script.assets)]);
    expect(script.tags).to.have.lengthOf(1);
    const [first, second] = await both;
    expect(first).to.equal(script.global).and.to.equal(second);
    expect(first).to.be.a('function');
    expect(script.runs).to.equal(1);
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('shares one style sheet between two libraries', async () => {
    const style = new Hostile('ok', 'css');
    const others = [new Hostile('ok'), new Hostile('ok')];
    await Promise.all(others.map(({ assets }) => load({ ...assets, styles: [style.url] })));
    expect(style.tags.length).to.equal(1);
    expect(await style.requests()).to.deep.equal(['']);
  });

  it('resolves with the captured library after a script has replaced the global', async () => {
    const script = new Hostile('ok');
    const library = await load(script.assets);
    Object.assign(window, { [script.name]: 'replaced' });
    expect(await load(script.assets))
      .to.equal(library)
      .and.to.be.a('function');
  });

  it('leaves no timer after loading', async () => {
    await load(new Hostile('ok').assets);
    expect(clock.countTimers()).to.equal(0);
  });

  it('loads the same URL again for a caller with an integrity', async () => {
    const script = new Hostile('ok');
    await load(script.assets);
    await load({ global: script.name, script: { url: script.url, integrity: await script.integrity() } });
    expect(script.runs).to.equal(2);
  });

  it('lists what is loading and what has loaded in getAssetStates', async () => {
    const script = new Hostile('hang');
    const stateOf = () => getAssetStates().filter(({ url }) => url === script.url);
    const loading = load(script.assets);
    expect(stateOf()).to.deep.equal([{ url: script.url, state: 'loading' }]);
    await script.requests(1);
    await script.release();
    await loading;
    expect(stateOf()).to.deep.equal([{ url: script.url, state: 'loaded' }]);
  });
});

describe('loadAssets after a failed load', () => {
  for (const extension of ['js', 'css'] as const) {
    it(`leaves no tag of a failed .${extension} file, and loads it again on the next call`, async () => {
      const asset = new Hostile('410-3', extension);
      const failed = failure(load(createAssets(asset)));
      for (const backOff of [...backOffs, 0]) await failTry(asset, backOff);
      expect(await failed).to.include({ code: 'asset', reason: 'unreachable' });
      expect(asset.tags).to.have.lengthOf(0);
      expect(getAssetStates().map(({ url }) => url)).not.to.include(asset.url);
      await load(createAssets(asset));
      expect(asset.tags).to.have.lengthOf(1);
      expect(await asset.requests()).to.have.lengthOf(4);
    });
  }
});

describe('loadAssets with a file that fails or hangs', () => {
  for (const behaviour of ['410-2', '500-2', 'drop-2']) {
    it(`retries a script with a longer wait each time and an added query after ${behaviour}`, async () => {
      const script = new Hostile(behaviour);
      const loading = load(script.assets);
      for (const backOff of backOffs) {
        await failTry(script, backOff - 1);
        expect(script.tags).to.have.lengthOf(0);
        await clock.tickAsync(1);
      }
      expect(await loading)
        .to.equal(script.global)
        .and.to.be.a('function');
      expect(await script.requests()).to.deep.equal(['', '?pay-checkout-try=2', '?pay-checkout-try=3']);
      expect(tried).to.deep.equal([1, 2, 3]);
    });
  }

  it('extends the query of a URL that has one', async () => {
    const script = new Hostile('410-1');
    const loading = load({ global: script.name, script: { url: `${script.url}?v=1` } });
    await failTry(script, backOffs[0]);
    await loading;
    expect(await script.requests()).to.deep.equal(['?v=1', '?v=1&pay-checkout-try=2']);
  });

  it('rejects after the third try', async () => {
    const script = new Hostile('410');
    const failed = failure(load(script.assets));
    for (const backOff of [...backOffs, 0]) await failTry(script, backOff);
    const error = (await failed) as Error;
    expect(error.message).to.include(script.url);
    await clock.tickAsync(60_000);
    expect(await script.requests()).to.have.lengthOf(3);
  });

  it('ends each of three tries after 15 s without a response', async () => {
    const script = new Hostile('hang');
    const failed = failure(load(script.assets));
    for (const backOff of [...backOffs, 0]) {
      await clock.tickAsync(tryLimit - 1);
      expect(script.tags).to.have.lengthOf(1);
      await clock.tickAsync(1);
      expect(script.tags).to.have.lengthOf(0);
      await clock.tickAsync(backOff);
    }
    expect(await failed).to.include({ code: 'asset', reason: 'timeout' });
    for (const _ of await script.requests(3)) await script.release();
  });

  it('evaluates a script once if the response of a discarded try arrives after the next try has started', async () => {
    const script = new Hostile('hang-2');
    const loading = load(script.assets);
    await script.requests(1);
    await clock.tickAsync(tryLimit + backOffs[0]);
    await script.requests(2);
    await script.release();
    await responseReceived(script.url);
    await settled();
    expect(script.runs).to.equal(0);
    await script.release();
    expect(await loading).to.be.a('function');
    expect(script.runs).to.equal(1);
  });

  it('never evaluates a script after the last try has failed', async () => {
    const script = new Hostile('hang');
    const failed = failure(load(script.assets));
    await clock.tickAsync(60_000);
    await failed;
    for (const _ of await script.requests(3)) await script.release();
    for (const query of await script.requests()) await responseReceived(`${script.url}${query}`);
    await settled();
    expect(script.runs).to.equal(0);
  });
});

describe("the page's own tag for the same file", () => {
  it('is reused if it has loaded', async () => {
    const script = new Hostile('ok');
    await event(addForeign(script), 'load');
    expect(await load(script.assets))
      .to.equal(script.global)
      .and.to.be.a('function');
    expect(script.runs).to.equal(1);
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('is found by a relative URL', async () => {
    const script = new Hostile('ok');
    await event(addForeign(script), 'load');
    await load({ global: script.name, script: { url: new URL(script.url).pathname } });
    expect(script.runs).to.equal(1);
  });

  it('is reused if it has the expected integrity', async () => {
    const script = new Hostile('ok');
    const integrity = await script.integrity();
    await event(addForeign(script, integrity), 'load');
    await load({ global: script.name, script: { url: script.url, integrity } });
    expect(script.runs).to.equal(1);
  });

  it('is reused if it has an integrity and none is expected', async () => {
    const script = new Hostile('ok');
    await event(addForeign(script, await script.integrity()), 'load');
    await load(script.assets);
    expect(script.runs).to.equal(1);
  });

  it('is not reused without the expected integrity', async () => {
    const script = new Hostile('ok');
    const integrity = await script.integrity();
    await event(addForeign(script), 'load');
    await load({ global: script.name, script: { url: script.url, integrity } });
    expect(script.runs).to.equal(2);
    expect(script.tags[0]).to.include({ integrity, crossOrigin: 'anonymous' });
  });

  it('is awaited while it is loading', async () => {
    const script = new Hostile('hang');
    addForeign(script);
    const loading = load(script.assets);
    await script.requests(1);
    await script.release();
    expect(await loading)
      .to.equal(script.global)
      .and.to.be.a('function');
    expect(tried).to.have.lengthOf(0);
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('is replaced within seconds if it has failed before', async () => {
    const script = new Hostile('410-1');
    const failed = addForeign(script);
    await event(failed, 'error');
    const loading = load(script.assets);
    await clock.tickAsync(2_000);
    await until(() => hints(script.url).length === 0, 'the answer to the hint', 1);
    expect(failed.isConnected).to.equal(true);
    await clock.tickAsync(500);
    expect(failed.isConnected).to.equal(false);
    expect(await loading).to.be.a('function');
    expect(tried).to.deep.equal([1]);
  });

  it('is awaited without a request of our own while it is loading', async () => {
    const script = new Hostile('hang');
    addForeign(script);
    const loading = load(script.assets);
    await script.requests(1);
    await clock.tickAsync(1_999);
    await script.release();
    await loading;
    await clock.tickAsync(tryLimit);
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('is replaced immediately if it fails while it is awaited', async () => {
    const script = new Hostile('410-1');
    addForeign(script);
    const loading = load(script.assets);
    await failTry(script);
    expect(await loading).to.be.a('function');
    expect(script.tags).to.have.lengthOf(1);
  });

  it('is replaced if it ran without setting the global', async () => {
    const script = new Hostile('no-global-1');
    await Promise.all([event(addForeign(script), 'load'), load(script.assets)]);
    expect(script.global).to.be.a('function');
    expect(script.tags).to.have.lengthOf(1);
  });

  it('is never evaluated after its replacement if it hung', async () => {
    const script = new Hostile('hang-2');
    addForeign(script);
    const loading = load(script.assets);
    await script.requests(1);
    await clock.tickAsync(tryLimit);
    await script.requests(1);
    await script.release();
    await responseReceived(script.url);
    await settled();
    expect(script.runs).to.equal(0);
    await script.requests(2);
    await script.release();
    await loading;
    expect(script.runs).to.equal(1);
  });

  it('is reused if it is a style sheet that has loaded', async () => {
    const style = new Hostile('ok', 'css');
    await event(addForeign(style), 'load');
    await load(createAssets(style));
    expect(style.tags).to.have.lengthOf(1);
  });

  for (const host of ['localhost', '127.0.0.1']) {
    it(`is not reused if it is a style sheet of ${host} that has failed`, async () => {
      const style = new Hostile('410-1', 'css', host);
      await event(addForeign(style), 'error');
      const loading = load(createAssets(style));
      const ours = style.tag;
      await Promise.race([event(ours, 'load'), event(ours, 'error')]);
      await clock.tickAsync(backOffs[0]);
      await loading;
      expect(await style.requests()).to.have.lengthOf(2);
    });
  }

  it('is not reused if it is a cross-origin style sheet, whose state is unknown', async () => {
    const style = new Hostile('ok', 'css', '127.0.0.1');
    await event(addForeign(style), 'load');
    await load(createAssets(style));
    expect(style.tags).to.have.lengthOf(2);
  });

  it('is awaited if it is a style sheet that is loading', async () => {
    const style = new Hostile('hang', 'css');
    addForeign(style);
    const loading = load(createAssets(style));
    await style.requests(1);
    await style.release();
    await loading;
    expect(style.tags).to.have.lengthOf(1);
  });
});

describe('loadAssets with an aborted caller', () => {
  it('rejects with the reason of the signal, and resolves for the other caller', async () => {
    const script = new Hostile('hang');
    const leaving = new AbortController();
    const left = failure(load(script.assets, { signal: leaving.signal }));
    const staying = load(script.assets);
    await script.requests(1);
    leaving.abort('left');
    expect(await left).to.equal('left');
    await script.release();
    expect(await staying)
      .to.equal(script.global)
      .and.to.be.a('function');
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('reuses the load that the aborted caller has started', async () => {
    const script = new Hostile('ok');
    const left = failure(load(script.assets, { signal: AbortSignal.abort('left') }));
    expect(await left).to.equal('left');
    await load(script.assets);
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('does not report a later failure to the aborted caller', async () => {
    const script = new Hostile('no-global');
    const leaving = new AbortController();
    const left = failure(load(script.assets, { signal: leaving.signal }));
    const gone = event(script.tag, 'load');
    leaving.abort('left');
    await gone;
    await settled();
    expect(await left).to.equal('left');
  });
});

describe('loadAssets under a Content-Security-Policy', () => {
  const own = `'nonce-hostile' ${location.origin}/src/`;
  const policies = { js: `script-src ${own}`, css: `style-src 'none'` };
  const directives = { js: '`script-src`', css: '`style-src`' };

  for (const extension of ['js', 'css'] as const) {
    it(`reports a blocked .${extension} file immediately, with directive and host`, async () => {
      const asset = new Hostile('ok', extension);
      const page = await openPage({ csp: policies[extension] });
      Object.assign(page, { [asset.name]: true });
      const assets = extension === 'js' ? asset.assets : { global: asset.name, styles: [asset.url] };
      const onTry = (n: number) => tried.push(n);
      const error = (await failure(page.assets.loadAssets(assets, { nonce: '', signal: new AbortController().signal, onTry }))) as Error;
      expect(error).to.include({ code: 'asset', reason: 'blocked', retryable: false });
      expect(error.message).to.include(directives[extension]).and.to.include(location.origin);
      expect(tried).to.deep.equal([1]);
      expect(await asset.requests()).to.have.lengthOf(0);
      expect(page.document.querySelectorAll(`[src*="${asset.name}"], [href*="${asset.name}"]`).length).to.equal(0);
    });
  }

  it('ignores a policy that only reports', async () => {
    const script = new Hostile('ok');
    const page = await openPage({ 'report-only': policies.js });
    const violation = event(page.document, 'securitypolicyviolation');
    const loading = page.assets.loadAssets(script.assets, { nonce: '', signal: new AbortController().signal });
    expect(await violation).to.include({ disposition: 'report', blockedURI: script.url });
    expect(await loading).to.be.a('function');
  });

  it('loads files under a policy that requires the nonce of the tags', async () => {
    const script = new Hostile('ok');
    const style = new Hostile('ok', 'css');
    const page = await openPage({ csp: `script-src ${own}; style-src 'nonce-hostile'` });
    const assets = { ...script.assets, styles: [style.url] };
    expect(await page.assets.loadAssets(assets, { nonce: 'hostile', signal: new AbortController().signal })).to.be.a('function');
  });

  const violation = {
    disposition: 'enforce',
    effectiveDirective: 'script-src',
    violatedDirective: 'script-src',
    documentURI: '',
    originalPolicy: '',
  };
  const report = (blockedURI: string) => {
    const init = { ...violation, blockedURI, statusCode: 200 } as SecurityPolicyViolationEventInit;
    document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', init));
  };

  it('recognizes a blocked file by its host in a browser that reports no more', async () => {
    const script = new Hostile('hang');
    const failed = failure(load(script.assets));
    report('https://elsewhere.example');
    await settled();
    expect(script.tags).to.have.lengthOf(1);
    report(location.origin);
    const error = (await failed) as Error;
    expect(error).to.include({ reason: 'blocked' });
    expect(error.message).to.include('`script-src`');
    await script.requests(1);
    await script.release();
  });

  it('recognizes a blocked file in a browser that reports the violation after the error of the tag', async () => {
    const script = new Hostile('410');
    const failed = failure(load(script.assets));
    await event(script.tag, 'error');
    report(script.url);
    await clock.tickAsync(0);
    expect(await failed).to.include({ reason: 'blocked' });
  });
});

describe('loadAssets with content that does not match the integrity', () => {
  async function withIntegrity(script: Hostile): Promise<Assets> {
    return { global: script.name, script: { url: script.url, integrity: await script.integrity() } };
  }

  /** Without a content type, the loader retries first: the connection may have dropped. */
  async function failEveryTry(script: Hostile): Promise<void> {
    for (const backOff of reportsContentType ? [0] : [...backOffs, 0]) await failTry(script, backOff);
  }

  itWithContentType('reports the mismatch without evaluation and without a retry', async () => {
    const script = new Hostile('wrong');
    const failed = failure(load(await withIntegrity(script)));
    await failTry(script);
    expect(await failed).to.include({ code: 'asset', reason: 'integrity', retryable: false });
    await clock.tickAsync(60_000);
    expect(script.runs).to.equal(0);
    expect(script.tags).to.have.lengthOf(0);
    expect(await script.requests()).to.deep.equal(['']);
  });

  it('distinguishes it from a broken connection after the resource timing buffer is full', async () => {
    const script = new Hostile('wrong');
    const assets = await withIntegrity(script);
    performance.setResourceTimingBufferSize(0);
    const failed = failure(load(assets));
    await failEveryTry(script).finally(() => performance.setResourceTimingBufferSize(250));
    expect(await finished(failed)).to.include({ reason: 'integrity' });
  });

  it('reports the mismatch after a hint has fetched the file', async () => {
    const script = new Hostile('wrong');
    const assets = await withIntegrity(script);
    preloadAssets(assets);
    const [hint] = hints(script.url);
    await Promise.race([event(hint!, 'load'), event(hint!, 'error')]);
    const failed = failure(load(assets));
    await failEveryTry(script);
    expect(await finished(failed)).to.include({ reason: 'integrity' });
  });

  for (const missing of [['contentType'], ['contentType', 'responseStatus']]) {
    describe(`in a browser that reports no ${missing.join(' and no ')}`, () => {
      const prototype = PerformanceResourceTiming.prototype as unknown as Record<string, unknown>;
      const found = missing.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)] as const);
      beforeEach(() => missing.forEach((name) => Reflect.deleteProperty(prototype, name)));
      afterEach(() => found.forEach(([name, descriptor]) => descriptor && Object.defineProperty(prototype, name, descriptor)));

      it('reports the mismatch after the last try', async () => {
        const script = new Hostile('wrong');
        const failed = failure(load(await withIntegrity(script)));
        for (const backOff of [...backOffs, 0]) await failTry(script, backOff);
        expect(await failed).to.include({ code: 'asset', reason: 'integrity', retryable: false });
        expect(script.runs).to.equal(0);
        expect(hints(script.url)).to.have.lengthOf(0);
      });

      const reason410 = tellsStatus && !missing.includes('responseStatus') ? 'http' : 'unreachable';
      for (const [behaviour, reason] of [
        ['drop', 'unreachable'],
        ['410', reason410],
      ]) {
        it(`does not report a mismatch for a response of the kind "${behaviour}"`, async () => {
          const script = new Hostile(behaviour!);
          const failed = failure(load(await withIntegrity(script)));
          for (const backOff of [...backOffs, 0]) await failTry(script, backOff);
          expect(await finished(failed)).to.include({ code: 'asset', reason, retryable: true });
          expect(hints(script.url)).to.have.lengthOf(0);
        });
      }
    });
  }

  it('loads the file with its hash on every try', async () => {
    const script = new Hostile('500-1');
    const assets = await withIntegrity(script);
    const loading = load(assets);
    await failTry(script, backOffs[0]);
    expect(script.tag).to.include({ integrity: assets.script?.integrity, crossOrigin: 'anonymous' });
    expect(await loading).to.be.a('function');
  });
});

describe('the error of loadAssets', () => {
  const { onerror } = window;
  // Mocha would report an error that a script throws as a failure of the test.
  beforeEach(() => (window.onerror = () => true));
  afterEach(() => (window.onerror = onerror));

  for (const behaviour of ['no-global', 'throws']) {
    it(`is missing-global, without a retry, for the script behaviour "${behaviour}"`, async () => {
      const script = new Hostile(behaviour);
      expect(await failure(load(script.assets))).to.include({ code: 'asset', reason: 'missing-global' });
      await clock.tickAsync(60_000);
      expect(script.runs).to.equal(1);
      expect(await script.requests()).to.deep.equal(['']);
    });
  }

  for (const status of [410, 500]) {
    itWithStatus(`contains the status ${status} of a request with CORS`, async () => {
      const script = new Hostile(`${status}`);
      const failed = failure(load({ global: script.name, script: { url: script.url, integrity: await script.integrity() } }));
      for (const backOff of [...backOffs, 0]) {
        const tag = await script.failure();
        // The successful response of another file.
        await script.requests();
        await discarded(tag);
        await clock.tickAsync(backOff);
      }
      const error = (await failed) as Error;
      expect(error).to.include({ code: 'asset', reason: 'http', retryable: true });
      expect(error.message).to.include(`returned ${status}`);
    });
  }

  itUnless(isFirefox, 'it treats a truncated response as complete')('contains no status if the connection broke', async () => {
    const script = new Hostile('drop');
    const failed = failure(load({ global: script.name, script: { url: script.url, integrity: await script.integrity() } }));
    for (const backOff of [...backOffs, 0]) await failTry(script, backOff);
    expect(await finished(failed)).to.include({ reason: 'unreachable', retryable: true });
  });

  it('is offline if the browser is offline', async () => {
    stub(navigator, 'onLine').get(() => false);
    const script = new Hostile('drop');
    const failed = failure(load(script.assets));
    for (const backOff of [...backOffs, 0]) await failTry(script, backOff);
    expect(await failed).to.include({ code: 'asset', reason: 'offline' });
  });

  it('reports a failed style sheet although the script has loaded', async () => {
    const style = new Hostile('410', 'css');
    const failed = failure(load({ ...new Hostile('ok').assets, styles: [new Hostile('ok', 'css').url, style.url] }));
    for (const backOff of [...backOffs, 0]) await failTry(style, backOff);
    expect(await failed).to.include({ code: 'asset', reason: 'unreachable' });
  });
});

describe('loadAssets', () => {
  it('applies the style sheets before it resolves', async () => {
    const style = new Hostile('ok', 'css');
    await load({ ...new Hostile('ok').assets, styles: [style.url] });
    const probe = document.body.appendChild(document.createElement('i'));
    probe.className = style.name;
    expect(getComputedStyle(probe).color).to.equal('rgb(1, 2, 3)');
    probe.remove();
  });

  it('reads a nested global without a script', async () => {
    Object.assign(window, { madeUp: { fields: { form: 1 } } });
    expect(await load({ global: 'madeUp.fields.form' })).to.equal(1);
  });

  for (const global of ['madeUpMissing', 'madeUpMissing.fields', 'madeUp.fields.missing.more']) {
    it(`names the missing global ${global}`, async () => {
      const error = (await failure(load({ global }))) as Error;
      expect(error).to.include({ code: 'asset', reason: 'missing-global' });
      expect(error.message).to.include(`\`${global}\``);
    });
  }
});

describe('two environments of one provider', () => {
  const production = (sandbox: Hostile): Assets => ({ global: sandbox.name, script: { url: new Hostile('ok').url } });
  const conflict = { code: 'config', reason: 'environment-conflict', retryable: false };

  it('conflict after one has loaded', async () => {
    const sandbox = new Hostile('ok');
    await load(sandbox.assets);
    const other = production(sandbox);
    const error = (await failure(load(other))) as Error;
    expect(error).to.include(conflict);
    expect(error.message).to.include(sandbox.url).and.to.include(other.script?.url);
    expect(document.querySelectorAll(`script[src="${other.script?.url}"]`)).to.have.lengthOf(0);
  });

  it('conflict while one is loading', async () => {
    const sandbox = new Hostile('hang');
    const loading = load(sandbox.assets);
    expect(await failure(load(production(sandbox)))).to.include(conflict);
    await sandbox.requests(1);
    await sandbox.release();
    await loading;
    expect(() => claimGlobal(production(sandbox))).to.throw(sandbox.url);
  });

  it('do not conflict after the first has failed to load', async () => {
    const sandbox = new Hostile('no-global');
    await failure(load(sandbox.assets));
    expect(() => claimGlobal(production(sandbox))).not.to.throw();
  });

  it('conflict after the caller of the first was aborted', async () => {
    const sandbox = new Hostile('ok');
    await failure(load(sandbox.assets, { signal: AbortSignal.abort('left') }));
    expect(await failure(load(production(sandbox)))).to.include(conflict);
  });

  it('do not conflict if the page loads the library itself', () => {
    expect(() => claimGlobal({ global: 'madeUp' })).not.to.throw();
  });

  it('create no hint for the second', async () => {
    const sandbox = new Hostile('ok');
    await load(sandbox.assets);
    const other = production(sandbox);
    preloadAssets(other);
    expect(hints(other.script!.url)).to.have.lengthOf(0);
  });
});

describe('the tags of loadAssets', () => {
  it('have the nonce of the page', async () => {
    const script = new Hostile('ok');
    const style = new Hostile('ok', 'css');
    await load({ ...script.assets, styles: [style.url] }, { nonce: 'n-1' });
    expect([script.tag.nonce, style.tag.nonce]).to.deep.equal(['n-1', 'n-1']);
  });

  it('have no nonce and no integrity by default', async () => {
    const script = new Hostile('ok');
    await load(script.assets);
    expect(script.tag.nonce).to.equal('');
    expect(script.tag.crossOrigin).to.equal(null);
    expect(script.tag.hasAttribute('integrity')).to.equal(false);
  });
});

describe('preloadAssets', () => {
  it('fetches files once and without evaluating them', async () => {
    const script = new Hostile('ok');
    const style = new Hostile('ok', 'css');
    const integrity = await script.integrity();
    const assets = { global: script.name, script: { url: script.url, integrity }, styles: [style.url] };
    preloadAssets(assets);
    await Promise.all([event(hints(script.url)[0]!, 'load'), event(hints(style.url)[0]!, 'load')]);
    expect(script.runs).to.equal(0);
    await load(assets);
    expect(script.runs).to.equal(1);
    expect([await script.requests(), await style.requests()]).to.deep.equal([[''], ['']]);
  });

  it('creates hints with the same integrity and crossorigin as the tag', async () => {
    const [plain, hashed] = [new Hostile('ok'), new Hostile('ok')];
    const integrity = await hashed.integrity();
    preloadAssets(plain.assets);
    preloadAssets({ global: hashed.name, script: { url: hashed.url, integrity } });
    expect(hints(plain.url)[0]).to.include({ as: 'script', crossOrigin: null, integrity: '' });
    expect(hints(hashed.url)[0]).to.include({ as: 'script', crossOrigin: 'anonymous', integrity });
  });

  it('creates one hint for repeated calls', () => {
    const style = new Hostile('ok', 'css');
    preloadAssets({ global: style.name, styles: [style.url] });
    preloadAssets({ global: style.name, styles: [style.url] });
    expect(hints(style.url).map((link) => link.as)).to.deep.equal(['style']);
  });
});
