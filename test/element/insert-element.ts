import { fixture, html } from '@open-wc/testing';

/** Inserts an element into a new container, which is removed after the test. */
export function insertElement(element: HTMLElement): Promise<Element> {
  return fixture(html`<div>${element}</div>`);
}
