import { onAbort } from '../shared/signals.js';
import { MutationObserver } from '../shared/natives.js';

interface RemovalOptions {
  readonly signal: AbortSignal;
  /** The places above which removals are ignored. By default, none: every ancestor counts. */
  readonly isTop?: (this: void, place: Node) => boolean;
}

/**
 * Calls back when the page takes one of the elements out of its place, or changes its `slot`. An element that is inserted again counts,
 * because its iframes have lost their content.
 */
export function onRemoval(elements: readonly Element[], callback: () => void, { signal, isTop }: RemovalOptions): void {
  const observer = new MutationObserver((records) => records.some((record) => isRemoval(record, elements)) && callback());
  for (const element of elements) {
    observer.observe(element, { attributeFilter: ['slot'], attributeOldValue: true });
    for (let place = element.parentNode; place; place = isTop?.(place) ? null : place.parentNode)
      observer.observe(place, { childList: true });
  }
  onAbort(signal, () => observer.disconnect());
}

function isRemoval({ type, target, oldValue, removedNodes }: MutationRecord, elements: readonly Element[]): boolean {
  if (type === 'attributes') return (target as Element).getAttribute('slot') !== oldValue;
  return [...removedNodes].some((removed) => elements.some((element) => removed.contains(element)));
}
