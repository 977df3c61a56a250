import { itUnless } from './engine.js';

/** An element inside shadow roots. */
export interface Nested {
  /** The hosts, the outermost first. */
  readonly hosts: readonly HTMLElement[];
  /** Their shadow roots. */
  readonly roots: readonly ShadowRoot[];
}

/** Hosts in one another's shadow roots, the outermost in `place`, with the element in the innermost. */
export function nest(element: Element, place: Element, modes: readonly ShadowRootMode[] = ['open', 'open']): Nested {
  const hosts: HTMLElement[] = [];
  const roots: ShadowRoot[] = [];
  for (const mode of modes) {
    const host = document.createElement('div');
    (roots.at(-1) ?? place).append(host);
    hosts.push(host);
    roots.push(host.attachShadow({ mode }));
  }
  roots.at(-1)!.append(element);
  return { hosts, roots };
}

/** Every node of these trees that is ours: mounts and slots. */
export function oursIn(...trees: ParentNode[]): Element[] {
  return [...new Set(trees.flatMap((tree) => [...tree.querySelectorAll('[id^=pay-checkout-], slot[name^=pay-checkout-]')]))];
}

/** Where an element is on the screen, in whole pixels. */
export function placeOf(element: Element): number[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
}

/** A test of `moveBefore`. */
export const movesBefore = 'moveBefore' in Element.prototype;
export const itMoves = itUnless(!movesBefore, 'this browser has no moveBefore');

/** Whether an element is told so, when a host is moved whose shadow root it is in. Firefox 153 tells it that it was taken out and put back. */
export const tellsMoveOfHost = movesBefore && isToldOfMove();

function isToldOfMove(): boolean {
  let isTold = false;
  class Probe extends HTMLElement {
    connectedMoveCallback(): void {
      isTold = true;
    }
  }
  customElements.define('moved-probe', Probe);
  const host = document.body.appendChild(document.createElement('div'));
  host.attachShadow({ mode: 'open' }).append(new Probe());
  document.body.moveBefore(host, null);
  host.remove();
  return isTold;
}
