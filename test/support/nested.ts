import { itUnless } from './engine.js';

/** An element inside shadow roots. */
export interface Nested {
  /** The hosts, the outermost first. */
  readonly hosts: readonly HTMLElement[];
  /** Their shadow roots. */
  readonly roots: readonly ShadowRoot[];
}

/** Nests hosts in each other's shadow roots. The outermost is in `place`, and the innermost contains the element. */
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

/** Returns our mounts and slots in these trees. */
export function oursIn(...trees: ParentNode[]): Element[] {
  return [...new Set(trees.flatMap((tree) => [...tree.querySelectorAll('[id^=pay-checkout-], slot[name^=pay-checkout-]')]))];
}

/** Where an element is on the screen, in whole pixels. */
export function placeOf(element: Element): number[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
}

/** Whether the browser has `moveBefore`. */
export const movesBefore = 'moveBefore' in Element.prototype;
export const itMoves = itUnless(!movesBefore, 'this browser has no moveBefore');

/** Whether an element gets `connectedMoveCallback` when its shadow host moves. Firefox 153 reports a removal and an insertion instead. */
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
