import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { createStandIns, useStandIns, type StandIns } from '../../src/testing.js';
import { answer } from '../support/endpoint.js';
import { checkout, create, goodToken, reaches, ready, type Setup } from '../support/element.js';
import { settled } from '../support/work.js';
import { openShop } from '../support/shop.js';
import { registerMadeUp } from '../support/made-up.js';
import { scene, words } from '../support/scenes.js';
import { endForms, mountByHand } from '../providers/payroc/browser/fake-library.js';

const evil = 'https://evil.example';
const markup = `<img src="${evil}/x.png" onerror="hacked()"><script src="${evil}/x.js"></script>`;
const polluting = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}';

let elements: PayCheckout[];
let added: Element[];
let watch: MutationObserver;

beforeEach(() => {
  elements = [];
  added = [];
  watch = new MutationObserver((records) => note(records.flatMap(({ addedNodes }) => [...addedNodes])));
  watch.observe(document, { childList: true, subtree: true });
});

afterEach(() => {
  for (const element of elements) element.remove();
  watch.disconnect();
  restore();
});

function note(nodes: readonly Node[]): void {
  const found = nodes.filter((node) => node instanceof Element);
  added.push(...found, ...found.flatMap((element) => [...element.querySelectorAll('*')]));
}

/** Everything that was put on the page, but for the elements that the hostile values themselves stand on. */
function broughtIn(): Element[] {
  note(watch.takeRecords().flatMap(({ addedNodes }) => [...addedNodes]));
  const inside = elements.flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('*') ?? [])]);
  return [...added, ...inside].filter((element) => element.localName !== 'pay-checkout');
}

/** No file from elsewhere, no handler in an attribute, and no change to every object of the page. */
function expectNothingHostile(): void {
  for (const element of broughtIn()) {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`);
    const loads = attributes.filter((attribute) => /^(src|href|srcdoc|data|action|formaction)=.*(evil|javascript:)|^on/i.test(attribute));
    expect(loads, element.outerHTML).to.deep.equal([]);
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
}

async function put(attributes: Readonly<Record<string, string>>, properties: Partial<Setup> = {}): Promise<PayCheckout> {
  const element = create({ provider: '', ...properties });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  elements.push(element);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

const statusAtLast = (element: PayCheckout) => Promise.race([reaches(element, 'ready'), reaches(element, 'failed')]);

describe('an attribute', () => {
  const values = [
    `${evil}/x.js`,
    'javascript:hacked()',
    `data:text/javascript,hacked()`,
    '../../x',
    '__proto__',
    'constructor',
    'toString',
    markup,
  ];

  for (const name of ['provider', 'environment', 'loading', 'credentials']) {
    for (const value of values) {
      it(`\`${name}\` with ${value} ends in a config error, and brings nothing in`, async () => {
        const fetched = stub(window, 'fetch').rejects(new TypeError('no'));
        const element = await put({ provider: 'payme', environment: 'sandbox', 'token-endpoint': '/token', [name]: value });
        expect(await reaches(element, 'failed')).to.have.nested.property('error.code', 'config');
        expect(fetched.callCount).to.equal(0);
        expectNothingHostile();
      });
    }
  }

  const accepted = {
    ...{ locale: values, order: values, nonce: values, lang: values },
    config: [polluting, `{"script": "${evil}/x.js", "assets": {"script": {"url": "${evil}/x.js"}}}`],
  };
  for (const [name, hostile] of Object.entries(accepted)) {
    for (const value of hostile) {
      it(`\`${name}\` with ${value} brings nothing in`, async () => {
        const madeUp = registerMadeUp();
        const element = await put({ [name]: value }, { provider: madeUp.name });
        (await madeUp.opened(1)).drawn.resolve();
        await reaches(element, 'ready');
        expectNothingHostile();
      });
    }
  }
});

describe('an endpoint that is none', () => {
  const refused = [
    'javascript:hacked()',
    ' \tjava\nscript:hacked()',
    'data:application/json,{"token":"x"}',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'ftp://shop.example/',
    'about:blank',
    `http://evil.example/`,
    'http:\\\\evil.example\\token',
    'http://localhost@evil.example/',
    'http://localhost:80@evil.example/',
    'http://evil.example\\@localhost/',
    'http://localhost.evil.example/',
    'http://127.0.0.1%2eevil.example/',
    'http://localhost。evil.example/',
    'https://user:password@shop.example/',
    'https://shop.example@evil.example/',
    'https://shop.example:443@evil.example/',
    markup,
  ].filter((value) => !isOwn(value));

  /** What a browser reads as a path of the page's own host. */
  function isOwn(value: string): boolean {
    return new URL(value, document.baseURI).origin === location.origin;
  }

  for (const name of ['token-endpoint', 'outcome-endpoint']) {
    for (const value of refused) {
      it(`is refused as \`${name}\` without a request: ${value}`, async () => {
        const fetched = stub(window, 'fetch').rejects(new TypeError('no'));
        const madeUp = registerMadeUp();
        const element = await put({ [name]: value }, { provider: madeUp.name, requestToken: undefined });
        const state = await reaches(element, 'failed');
        expect(state).to.have.nested.property('error.message').that.contains(`\`${name}\``).and.not.contains('password@');
        expect(fetched.callCount).to.equal(0);
        expectNothingHostile();
      });
    }
  }
});

/** As a library that has never heard of it. */
function mergeCarelessly(target: Record<string, unknown>, source: object): object {
  for (const key in source) {
    const value = (source as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null) target[key] = value;
    else mergeCarelessly((target[key] ??= {}) as Record<string, unknown>, value);
  }
  return target;
}

describe('JSON that would change every object', () => {
  afterEach(() => Reflect.deleteProperty(Object.prototype, 'polluted'));

  it('does so in the hands of a careless library, if it gets there', () => {
    mergeCarelessly({}, JSON.parse(polluting) as object);
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(true);
  });

  it('does not get there from the attribute `config`', async () => {
    const madeUp = registerMadeUp();
    await put({ config: `{"deep": ${polluting}, "title": "Ana", "polluting": ${polluting}}` }, { provider: madeUp.name });
    const { config } = (await madeUp.opened(1)).context;
    mergeCarelessly({}, config as object);
    expectNothingHostile();
    expect(config).to.deep.equal({ deep: {}, title: 'Ana', polluting: {} });
  });

  it("does not get there from the token endpoint's answer", async () => {
    const madeUp = registerMadeUp();
    const body = `{"token": "tok", "expiresIn": 30, "__proto__": {"polluted": true}, "config": {"payload": ${polluting}}}`;
    await put({}, { provider: madeUp.name, requestToken: () => Promise.resolve(answer(body)) });
    const { config } = (await madeUp.opened(1)).context;
    mergeCarelessly({}, config as object);
    expectNothingHostile();
  });

  it("does nothing in the outcome endpoint's answer", async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { outcomeEndpoint: '/outcome' });
    stub(window, 'fetch').resolves(answer(`{"outcome": "pending", "__proto__": {"outcome": "paid"}, "constructor": ${polluting}}`));
    madeUp.report({ status: 'succeeded', reference: 'r-1', raw: {} });
    await reaches(element, 'pending');
    expectNothingHostile();
  });
});

describe('an answer of the token endpoint', () => {
  const script = `${evil}/x.js`;
  const extra = {
    ...{ script, scriptUrl: script, src: script, libUrl: script, libraryUrl: script, assetBaseUrl: evil, integrity: 'sha384-x' },
    assets: { global: 'hacked', script: { url: script }, styles: [`${evil}/x.css`] },
    styles: [`${evil}/x.css`],
    global: 'hacked',
  };
  const config = {
    ...extra,
    constants: { API_URL: evil },
    container: 'body',
    target: 'head',
    nonce: 'x',
    labels: { note: markup, pay: markup },
  };
  let standIns: StandIns;
  let inUse: ReturnType<typeof useStandIns>;

  beforeEach(() => {
    standIns = createStandIns();
    inUse = useStandIns({ standIns });
  });
  afterEach(() => inUse.restore());

  for (const provider of ['izipay', 'payme', 'payroc']) {
    for (const [where, hostile] of Object.entries({ 'beside the token': extra, 'in `config`': { config } })) {
      it(`brings no file in for ${provider} by what stands ${where}`, async () => {
        const shop = openShop(standIns);
        const element = await put(
          { order: 'A-1001', config: JSON.stringify(where === 'in `config`' ? config : {}) },
          {
            provider,
            requestToken: async (request) => {
              const given = (await (await shop.token(request)).json()) as { config: object };
              return answer({ ...given, ...hostile, config: { ...given.config, ...('config' in hostile && (hostile.config as object)) } });
            },
          },
        );
        await statusAtLast(element);
        expect(broughtIn().length).to.be.greaterThan(0);
        expectNothingHostile();
        const urls = broughtIn()
          .filter((one) => one.matches('script, link'))
          .map((one) => one.outerHTML);
        expect(urls).to.deep.equal([]);
      });
    }
  }

  for (const [field, value] of [
    ['provider', evil],
    ['provider', '__proto__'],
    ['environment', evil],
    ['environment', 'constructor'],
  ]) {
    it(`that is for the ${field} ${value} opens no form`, async () => {
      const madeUp = registerMadeUp();
      const element = await put({}, { provider: madeUp.name, requestToken: () => Promise.resolve({ ...goodToken, [field!]: value }) });
      expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'mismatch');
      expect(madeUp.openings).to.deep.equal([]);
    });
  }
});

describe('markup', () => {
  for (const [name, key] of [
    ['idle', 'start'],
    ['loading', 'loading'],
    ['failed, declined', 'declined'],
    ['cancelled', 'cancelled'],
  ] as const) {
    it(`in the shop's own words is shown as text: ${name}`, async () => {
      const it = await scene(name, { setup: { messages: { [key]: markup } } as object });
      elements.push(it.element);
      expect(words(it)).to.contain(markup);
      expectNothingHostile();
    });
  }

  it("in a provider's refusal reaches no page, only the cause of the error", async () => {
    const inUse = useStandIns();
    const refusal = { action: 'create.nonce', success: false, nonce_creation: { meta: { status: { message_ilgn: [{ value: markup }] } } } };
    const element = await put({}, { provider: 'payme', requestToken: () => Promise.resolve(answer(refusal)) });
    const { error } = (await reaches(element, 'failed')) as { error: Error };
    await element.updateComplete;
    expect((error.cause as Error).message).to.equal(markup);
    expect(error.message + element.shadowRoot!.textContent).to.not.contain('<img');
    expectNothingHostile();
    inUse.restore();
  });

  it("in what Payroc's library says, and in the shop's labels, is shown as text", async () => {
    const form = mountByHand({ labels: { note: markup, pay: markup, cardNumber: markup, cvv: markup } });
    await form.show();
    form.emit('surchargingAllowed', { percentage: 3, disclosure: markup });
    form.emit('fieldValidityChange', { field: 'cvv', validationError: markup });
    form.emit('error', { type: 'submission', message: markup });
    await settled();
    expect(form.container.textContent.split(markup)).to.have.length(6);
    expect(form.container.querySelectorAll('img, script').length).to.equal(0);
    expectNothingHostile();
    endForms();
  });

  it('in what a library throws is not shown', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name });
    elements.push(element);
    (await madeUp.opened(1)).drawn.reject(Object.assign(new Error(markup), { name: markup }));
    const state = await reaches(element, 'failed');
    await element.updateComplete;
    expect(state).to.have.nested.property('error.message').that.does.not.contain('<img');
    expectNothingHostile();
  });
});
