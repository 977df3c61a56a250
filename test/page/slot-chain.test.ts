import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { LitElement, render, type TemplateResult } from 'lit';
import type { PayCheckout } from '../../src/index.js';
import { create, reaches, statesOf, type Setup } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { itUnless } from '../support/engine.js';
import { itMoves, movesBefore, nest, oursIn, placeOf, tellsMoveOfHost, type Nested } from '../support/nested.js';
import { settled } from '../support/work.js';

type Modes = readonly ShadowRootMode[];

const field = '<label>Card <input name="card"></label>';
const paid = { status: 'succeeded', reference: 'r-1', raw: {} } as const;

interface Scene extends Nested {
  readonly element: PayCheckout;
  readonly madeUp: MadeUp;
  readonly place: HTMLElement;
}

function newPlace(name = 'div'): Promise<HTMLElement> {
  return fixture<HTMLElement>(document.createElement(name));
}

/** Draws a field in the form that was opened last, and reports it as ready. */
async function draw({ element, madeUp }: Pick<Scene, 'element' | 'madeUp'>, count: number): Promise<void> {
  const { context, drawn } = await madeUp.opened(count);
  context.container.innerHTML = field;
  drawn.resolve();
  await reaches(element, 'ready');
  await element.updateComplete;
}

/** Opens a form inside shadow roots. */
async function open({ modes, place, setup, madeUp = registerMadeUp() }: Options = {}): Promise<Scene> {
  place ??= await newPlace();
  const element = create({ provider: madeUp.name, ...setup });
  const scene = { element, madeUp, place, ...nest(element, place, modes) };
  await draw(scene, madeUp.openings.length + 1);
  return scene;
}

interface Options {
  modes?: Modes;
  place?: HTMLElement;
  setup?: Partial<Setup>;
  madeUp?: MadeUp;
}

const mountOf = ({ madeUp }: Pick<Scene, 'madeUp'>) => madeUp.last.context.container;
const inputOf = (scene: Pick<Scene, 'madeUp'>) => mountOf(scene).querySelector('input')!;

/** Counts the mounts and slots that are left. */
const countOurs = ({ place, roots, element }: Scene) => oursIn(place, ...roots, element).length;

const ways: [string, Modes][] = [
  ['an open shadow root', ['open']],
  ['two nested shadow roots', ['open', 'open']],
  ['two nested closed shadow roots', ['closed', 'closed']],
  ['a closed shadow root between open ones', ['open', 'closed', 'open']],
];

for (const [where, modes] of ways) {
  describe(`the mount of an element in ${where}`, () => {
    it('can be found from `document`, in the light DOM of the outermost host', async () => {
      const scene = await open({ modes });
      const mount = mountOf(scene);
      expect(mount.parentElement === scene.hosts[0]).to.equal(true);
      expect(document.querySelector(`#${mount.id}`) === mount).to.equal(true);
    });

    it('is shown inside the element, where the shopper can use it', async () => {
      const scene = await open({ modes });
      const stage = scene.element.shadowRoot!.querySelector('[part=form]')!;
      const [left, top, width] = placeOf(mountOf(scene));
      expect(placeOf(stage).slice(0, 3)).to.deep.equal([left, top, width]);
      const box = inputOf(scene).getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      expect(hit === inputOf(scene)).to.equal(true);
    });

    it('is inert until the shopper can pay', async () => {
      const madeUp = registerMadeUp();
      const element = create({ provider: madeUp.name });
      nest(element, await newPlace(), modes);
      const { context, drawn } = await madeUp.opened(1);
      expect(context.container.inert).to.equal(true);
      drawn.resolve();
      await reaches(element, 'ready');
      expect(context.container.inert).to.equal(false);
    });

    it('is removed with its slots when the attempt ends', async () => {
      const scene = await open({ modes });
      expect(countOurs(scene)).to.equal(modes.length + 1);
      scene.madeUp.report(paid);
      expect(scene.element.status).to.equal('succeeded');
      expect(countOurs(scene)).to.equal(0);
    });

    for (const [what, remove] of Object.entries({
      'the element': ({ element }: Scene) => element.remove(),
      'the innermost host': ({ hosts }: Scene) => hosts.at(-1)!.remove(),
      'the outermost host': ({ hosts }: Scene) => hosts[0]!.remove(),
      'the container around the hosts': ({ place }: Scene) => place.remove(),
    })) {
      it(`is removed with its slots when ${what} is removed`, async () => {
        const scene = await open({ modes });
        remove(scene);
        expect(countOurs(scene)).to.equal(0);
        expect(scene.element.status).to.equal('idle');
        expect(scene.hosts[0]!.childNodes).to.have.length(0);
      });
    }

    it('is replaced after retry(), with a single slot chain', async () => {
      const scene = await open({ modes });
      scene.madeUp.report({ status: 'expired' });
      scene.element.retry();
      await draw(scene, 2);
      expect(countOurs(scene)).to.equal(modes.length + 1);
      expect(inputOf(scene).checkVisibility()).to.equal(true);
    });

    it('lets its events bubble to the element', async () => {
      const scene = await open({ modes });
      const events: string[] = [];
      for (const type of ['input', 'keydown', 'focusin']) scene.element.addEventListener(type, () => events.push(type));
      inputOf(scene).focus();
      await sendKeys({ press: '4' });
      expect(events).to.deep.equal(['focusin', 'keydown', 'input']);
    });

    it('moves the focus to the message when the form ends', async () => {
      const scene = await open({ modes });
      inputOf(scene).focus();
      scene.madeUp.report({ status: 'cancelled' });
      await scene.element.updateComplete;
      expect(scene.element.shadowRoot!.activeElement?.className).to.equal('cancelled');
    });

    it('moves the focus to the message when a form with a focused iframe ends', async () => {
      const scene = await open({ modes });
      const frame = document.createElement('iframe');
      frame.srcdoc = '<input>';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      mountOf(scene).append(frame);
      await loaded;
      frame.contentDocument!.querySelector('input')!.focus();
      await settled();
      expect(document.activeElement === frame).to.equal(true);
      scene.madeUp.report({ status: 'cancelled' });
      await scene.element.updateComplete;
      expect(scene.element.shadowRoot!.activeElement?.className).to.equal('cancelled');
    });

    it('receives the focus that was on the retry button', async () => {
      const scene = await open({ modes });
      scene.madeUp.report({ status: 'cancelled' });
      await scene.element.updateComplete;
      const button = scene.element.shadowRoot!.querySelector<HTMLElement>('[part=retry]')!;
      button.focus();
      button.click();
      await draw(scene, 2);
      await nextFrame();
      expect(document.activeElement === mountOf(scene)).to.equal(true);
    });
  });
}

describe('the mount of an element in the light DOM', () => {
  it('is the only node that is added, as a child of the element', async () => {
    const scene = await open({ modes: ['open'] });
    // The element is in the light DOM here, although its parent has a shadow root.
    scene.hosts[0]!.remove();
    const element = create({ provider: scene.madeUp.name });
    const host = await newPlace();
    host.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>';
    host.append(element);
    await draw({ element, madeUp: scene.madeUp }, 2);
    expect([...element.children]).to.deep.equal([mountOf(scene)]);
    expect([...host.children]).to.deep.equal([element]);
    expect(host.shadowRoot!.innerHTML).to.equal('<slot></slot>');
    expect(mountOf(scene).slot).to.equal('form');
  });
});

describe('a child that is marked as the container of the form', () => {
  const withContainer = '<p slot="failed"></p><div slot="form" data-pay-checkout-form=""></div>';

  async function drawIn(element: PayCheckout, madeUp: MadeUp): Promise<void> {
    await draw({ element, madeUp }, 1);
    expect(inputOf({ madeUp }).checkVisibility()).to.equal(true);
  }

  it('contains the mount on a plain page', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    element.innerHTML = withContainer;
    (await newPlace()).append(element);
    await drawIn(element, madeUp);
    expect(mountOf({ madeUp }).parentElement === element.lastElementChild).to.equal(true);
    element.remove();
    expect(element.innerHTML).to.equal(withContainer);
  });

  it('contains the slot that shows the mount inside shadow roots', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    element.innerHTML = withContainer;
    const { roots } = nest(element, await newPlace());
    await drawIn(element, madeUp);
    expect(oursIn(roots[1]!).map((slot) => slot.parentElement === element.lastElementChild)).to.deep.equal([true]);
    element.remove();
    expect(element.innerHTML).to.equal(withContainer);
  });
});

describe("a host's own children", () => {
  it('stay in their slots, without the mount', async () => {
    const place = await newPlace();
    const element = create({ provider: registerMadeUp().name });
    const { hosts, roots } = nest(element, place);
    const own = document.createElement('p');
    const slot = document.createElement('slot');
    hosts[0]!.append(own);
    roots[0]!.append(slot);
    await reaches(element, 'initializing');
    expect(slot.assignedNodes()).to.deep.equal([own]);
  });

  it('can be rendered again by templates', async () => {
    const place = await newPlace();
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const { hosts, roots } = nest(element, place);
    const drawChildren = (content: TemplateResult) => [...hosts, element].forEach((parent) => render(content, parent));
    const [one, other] = [html`<b>one</b>`, html`<i>other</i>`];
    drawChildren(one);
    await draw({ element, madeUp }, 1);
    for (const content of [other, one]) {
      drawChildren(content);
      expect(inputOf({ madeUp }).checkVisibility()).to.equal(true);
    }
    expect(oursIn(place, ...roots, element)).to.have.length(3);
  });
});

class Shop extends LitElement {
  static override properties = { total: { type: Number }, provider: {}, open: { type: Boolean } };
  declare total: number;
  declare provider: string;
  declare open: boolean;

  protected override render(): TemplateResult {
    const total = this.total > 1 ? html`<b>${this.total}</b>` : html`<i>one</i>`;
    const pay = html`<pay-checkout provider=${this.provider} environment="sandbox" token-endpoint="/token">${total}</pay-checkout>`;
    return html`${total} ${this.open ? pay : html`<p>later</p>`} ${total}`;
  }
}
customElements.define('test-shop', Shop);

class Page extends Shop {
  protected override render(): TemplateResult {
    return html`<test-shop .total=${this.total} .provider=${this.provider} .open=${this.open}>${this.total}</test-shop>`;
  }
}
customElements.define('test-page', Page);

describe('hosts that render again', () => {
  const { fetch } = window;
  beforeEach(() => (window.fetch = () => Promise.resolve(Response.json({ token: 'tok', expiresIn: 30 }))));
  afterEach(() => (window.fetch = fetch));

  it('keep the form, remove it with the element, and show a new form for a new element', async () => {
    const madeUp = registerMadeUp();
    const page = Object.assign(document.createElement('test-page') as Page, { total: 1, provider: madeUp.name, open: true });
    await fixture(page);
    const shop = page.shadowRoot!.querySelector<Shop>('test-shop')!;
    const update = async (changes: Partial<Page>) => {
      Object.assign(page, changes);
      await page.updateComplete;
      await shop.updateComplete;
    };
    const elementOf = () => shop.shadowRoot!.querySelector('pay-checkout')!;
    await madeUp.opened(1);
    await draw({ element: elementOf(), madeUp }, 1);
    for (const total of [2, 3, 1]) {
      await update({ total });
      expect(inputOf({ madeUp }).checkVisibility()).to.equal(true);
    }
    expect(madeUp.openings).to.have.length(1);
    await update({ open: false });
    expect(oursIn(document, page.shadowRoot!, shop.shadowRoot!)).to.have.length(0);
    await update({ open: true });
    await draw({ element: elementOf(), madeUp }, 2);
    expect(inputOf({ madeUp }).checkVisibility()).to.equal(true);
    page.remove();
    expect(oursIn(document, page.shadowRoot!, shop.shadowRoot!)).to.have.length(0);
  });
});

describe('two elements in one shadow root', () => {
  it('each show their own form', async () => {
    const scene = await open();
    const madeUp = registerMadeUp();
    const other = create({ provider: madeUp.name });
    scene.roots[1]!.append(other);
    await draw({ element: other, madeUp }, 1);
    expect(placeOf(mountOf(scene))[1]).to.be.lessThan(placeOf(scene.element)[1]! + placeOf(scene.element)[3]!);
    expect(placeOf(mountOf({ madeUp }))[1]).to.be.at.least(placeOf(other)[1]!);
    other.remove();
    expect(countOurs(scene)).to.equal(3);
    expect(inputOf(scene).checkVisibility()).to.equal(true);
  });
});

describe("a merchant's <form> around the outermost host", () => {
  it('does not receive what the shopper types, and is not submitted by Enter', async () => {
    const form = (await newPlace('form')) as HTMLFormElement;
    let submissions = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submissions++;
    });
    const scene = await open({ place: form });
    inputOf(scene).focus();
    await sendKeys({ type: '4111' });
    await sendKeys({ press: 'Enter' });
    expect(inputOf(scene).value).to.equal('4111');
    expect([[...new FormData(form).keys()], form.elements.length, submissions]).to.deep.equal([[], 0, 0]);
  });
});

describe('an element in shadow roots that is moved', () => {
  it('restarts once, with a new slot chain', async () => {
    const scene = await open();
    const states = statesOf(scene.element);
    const there = document.createElement('div');
    scene.place.append(there);
    const { roots } = nest(scene.element, there);
    await draw(scene, 2);
    expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
    expect(oursIn(document, ...roots)).to.have.length(3);
    expect(oursIn(...scene.roots)).to.have.length(0);
    expect(there.firstElementChild!.firstElementChild === mountOf(scene)).to.equal(true);
  });

  const itMovesHosts = itUnless(!tellsMoveOfHost, 'this browser does not notify an element when its host is moved');

  type Journey = (scene: Scene) => [what: Element, to: ParentNode];
  const withHosts: Record<string, Journey> = {
    'with its host out of all shadow roots': ({ hosts, place }) => [hosts[1]!, place],
    'with its hosts': ({ hosts, place }) => [hosts[0]!, place.appendChild(document.createElement('p'))],
  };
  const alone: Record<string, Journey> = {
    'within its root': ({ element, roots }) => [element, roots[1]!.appendChild(document.createElement('p'))],
    'out of all shadow roots': ({ element, place }) => [element, place],
    'to another root': ({ element, place }) => [element, nest(document.createElement('p'), place).roots[1]!],
  };
  for (const [how, journey] of Object.entries({ ...alone, ...withHosts })) {
    const itCan = how in withHosts ? itMovesHosts : itMoves;
    itCan(`keeps its form when it is moved by moveBefore ${how}`, async () => {
      const scene = await open();
      const frame = mountOf(scene).appendChild(document.createElement('iframe'));
      const page = frame.contentWindow;
      inputOf(scene).value = '4111';
      const [what, to] = journey(scene);
      to.moveBefore(what, null);
      await scene.element.updateComplete;
      expect([scene.element.status, scene.madeUp.openings.length]).to.deep.equal(['ready', 1]);
      expect(document.getElementById(mountOf(scene).id) === mountOf(scene)).to.equal(true);
      const stage = scene.element.shadowRoot!.querySelector('[part=form]')!;
      expect(placeOf(mountOf(scene)).slice(0, 2)).to.deep.equal(placeOf(stage).slice(0, 2));
      expect([inputOf(scene).value, inputOf(scene).checkVisibility(), frame.contentWindow === page]).to.deep.equal(['4111', true, true]);
      scene.element.remove();
      expect(countOurs(scene)).to.equal(0);
      expect(oursIn(document)).to.have.length(0);
    });
  }

  itUnless(!movesBefore || tellsMoveOfHost, 'this browser has no moveBefore, or notifies an element when its host is moved')(
    'restarts once, with a new slot chain, when the browser reports that it was removed with its host',
    async () => {
      const scene = await open();
      const states = statesOf(scene.element);
      const [what, to] = withHosts['with its hosts']!(scene);
      to.moveBefore(what, null);
      await draw(scene, 2);
      expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
      expect(oursIn(document, ...scene.roots)).to.have.length(3);
    },
  );

  itMoves('keeps its form when it is moved by moveBefore into a shadow root', async () => {
    const madeUp = registerMadeUp();
    const place = await newPlace();
    const element = place.appendChild(create({ provider: madeUp.name }));
    await draw({ element, madeUp }, 1);
    const { hosts, roots } = nest(document.createElement('p'), place);
    roots[1]!.moveBefore(element, null);
    expect(hosts[0]!.firstElementChild === mountOf({ madeUp })).to.equal(true);
    expect(inputOf({ madeUp }).checkVisibility()).to.equal(true);
    expect(element.status).to.equal('ready');
    element.remove();
    expect(oursIn(document, ...roots)).to.have.length(0);
    // Inserting the element again does not restore the old form.
    place.append(element);
    place.moveBefore(element, null);
    expect(oursIn(document, ...roots)).to.have.length(0);
  });
});
