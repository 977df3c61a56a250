import { createElementMaker } from '../dom.js';

export const ghostId = 'krcheckout';

/**
 * Inserts the iframe that sends the card and shows 3DS. It covers the page, but is not displayed (*measured in the 2022 build*). There is
 * one at a time.
 */
export function createGhostFrame(): HTMLIFrameElement {
  removeGhostFrame();
  const frame = document.createElement('iframe');
  Object.assign(frame, { id: ghostId, title: 'krcheckout' });
  Object.assign(frame.style, {
    position: 'fixed',
    inset: '0',
    width: '100%',
    height: '100%',
    zIndex: '99999',
    border: '0',
    display: 'none',
  });
  document.body.append(frame);
  return frame;
}

export function removeGhostFrame(): void {
  document.getElementById(ghostId)?.remove();
}

/** Shows 3DS over the page, until the shopper decides. Returns whether the shopper passed it, or closed it. */
export function showChallenge(frame: HTMLIFrameElement): Promise<'authenticate' | 'close'> {
  const make = createElementMaker((name) => name);
  frame.style.display = 'block';
  return new Promise((resolve) => {
    const actions = (['authenticate', 'close'] as const).map((action) => {
      const button = make('button', '', { type: 'button', 'data-action': action }, action === 'close' ? '×' : 'OK');
      button.addEventListener('click', () => {
        frame.style.display = 'none';
        resolve(action);
      });
      return button;
    });
    frame.contentDocument?.body.replaceChildren(make('main', '', {}, make('h1', '', {}, '3-D Secure'), ...actions));
  });
}
