import { nextFrame } from '@open-wc/testing';
import { settled } from './work.js';

/** Makes the page report that its tab is hidden or visible. */
export function hidePage(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

export function showPage(): void {
  hidePage(false);
  Reflect.deleteProperty(document, 'hidden');
}

/** Resolves when every existing observer has received the element's position. */
export async function seen(element: Element): Promise<void> {
  await new Promise<void>((resolve) => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
  // The browser notifies observers in no particular order.
  await nextFrame();
  await settled();
}

export function box(style: Partial<CSSStyleDeclaration> = {}): HTMLElement {
  const element = document.createElement('div');
  Object.assign(element.style, { width: '100px', height: '100px', ...style });
  document.body.append(element);
  return element;
}
