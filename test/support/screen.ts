import { nextFrame } from '@open-wc/testing';
import { settled } from './work.js';

/** The page as in another tab, or back again. */
export function hidePage(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

export function showPage(): void {
  hidePage(false);
  Reflect.deleteProperty(document, 'hidden');
}

/** Resolves when every observer that was there before has been told where the element is. */
export async function seen(element: Element): Promise<void> {
  await new Promise<void>((resolve) => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
  // Observers are told in no particular order.
  await nextFrame();
  await settled();
}

export function box(style: Partial<CSSStyleDeclaration> = {}): HTMLElement {
  const element = document.createElement('div');
  Object.assign(element.style, { width: '100px', height: '100px', ...style });
  document.body.append(element);
  return element;
}
