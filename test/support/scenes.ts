import { stub } from 'sinon';
import { CheckoutError } from '../../src/state/errors.js';
import type { PayCheckout } from '../../src/index.js';
import { fixture, html } from '@open-wc/testing';
import { answer } from './endpoint.js';
import { create, goodToken, reaches, type Setup } from './element.js';
import { registerMadeUp, type MadeUp } from './made-up.js';

/** An element in one of the states that a shopper may see, with an input in the provider's form. */
export interface Scene {
  readonly element: PayCheckout;
  readonly madeUp: MadeUp;
  readonly shadow: ShadowRoot;
}

const field = '<label>Card <input name="card"></label>';
const paid = { status: 'succeeded', reference: 'r-1', raw: {} } as const;
const declined = { status: 'failed', error: new CheckoutError('declined', undefined, 'Declined.') } as const;
const never = () => new Promise<Response>(() => {});

type Direction = [setup: Partial<Setup>, drive: (scene: Scene) => Promise<unknown>];

/** The setup of each scene, and the steps that lead to its state. */
const directions: Record<string, Direction> = {
  idle: [{ loading: 'manual' }, ({ element }) => element.updateComplete],
  loading: [{ requestToken: never }, ({ element }) => reaches(element, 'loading')],
  initializing: [{}, (scene) => draw(scene)],
  ready: [{}, (scene) => open(scene)],
  confirming: [{ outcomeEndpoint: '/outcome' }, (scene) => end(scene, paid, 'confirming', never)],
  'succeeded, confirmed': confirmed('succeeded', { outcome: 'paid' }),
  'succeeded, authorized': confirmed('succeeded', { outcome: 'authorized' }),
  'succeeded, saved': confirmed('succeeded', { outcome: 'saved' }),
  'succeeded, unconfirmed': [{}, (scene) => end(scene, paid, 'succeeded')],
  pending: [{}, (scene) => end(scene, { ...paid, status: 'pending' }, 'pending')],
  'failed, declined': [{}, (scene) => end(scene, declined, 'failed')],
  'failed, returned': confirmed('failed', { outcome: 'declined', reason: 'returned' }),
  'failed, for good': [{ tokenEndpoint: 'javascript:0' }, ({ element }) => reaches(element, 'failed')],
  cancelled: [{}, (scene) => end(scene, { status: 'cancelled' }, 'cancelled')],
  expired: [{}, (scene) => end(scene, { status: 'expired' }, 'expired')],
};

/** The form is paid, and the outcome endpoint answers so. */
function confirmed(status: 'succeeded' | 'failed', json: object): Direction {
  return [{ outcomeEndpoint: '/outcome' }, (scene) => end(scene, paid, status, () => Promise.resolve(answer(json)))];
}

export const scenes = Object.keys(directions);

export async function scene(
  name: string,
  {
    scheme = 'light',
    width = 320,
    dir = 'ltr',
    setup = {},
  }: { scheme?: string; width?: number; dir?: string; setup?: Partial<Setup> } = {},
): Promise<Scene> {
  const [preset, drive] = directions[name]!;
  const madeUp = registerMadeUp();
  const requestToken = () => Promise.resolve(goodToken);
  const element = create({ provider: madeUp.name, requestToken, ...preset, ...setup });
  element.setAttribute('locale', 'en');
  const page = `color-scheme: ${scheme}; background: Canvas; color: CanvasText; inline-size: ${width}px;`;
  await fixture(
    html`<div style=${page} dir=${dir}>
      ${element}
      <p>below</p>
    </div>`,
  );
  const it = { element, madeUp, shadow: element.shadowRoot! };
  await drive(it);
  await element.updateComplete;
  return it;
}

/** Makes the provider draw its form without becoming ready. */
export async function draw({ element, madeUp }: Scene): Promise<void> {
  const { context } = await madeUp.opened(madeUp.openings.length + (element.status === 'initializing' ? 0 : 1));
  context.container.innerHTML = field;
}

export async function open(scene: Scene): Promise<void> {
  await draw(scene);
  scene.madeUp.last.drawn.resolve();
  await reaches(scene.element, 'ready');
  await scene.element.updateComplete;
}

/** Makes the provider report an outcome, and the outcome endpoint answer a request. */
export async function end(
  scene: Scene,
  outcome: Parameters<MadeUp['report']>[0],
  status: PayCheckout['status'],
  outcomeEndpoint: () => Promise<Response> = never,
): Promise<void> {
  if (scene.element.status !== 'ready') await open(scene);
  const fetched = stub(window, 'fetch').callsFake(outcomeEndpoint);
  scene.madeUp.report(outcome);
  await reaches(scene.element, status);
  await scene.element.updateComplete;
  fetched.restore();
}

/** Returns the element's own text that the shopper can see. */
export function words({ shadow }: Scene): string {
  const shown = [...shadow.querySelectorAll<HTMLElement>('[part=progress], [part=message], button')].filter((part) =>
    part.checkVisibility(),
  );
  return shown.map((part) => part.textContent.trim()).join(' | ');
}

export function part<T extends HTMLElement = HTMLElement>({ shadow }: Scene, name: string): T {
  return shadow.querySelector<T>(`[part=${name}]`)!;
}
