import { adoptStyles, createElementMaker } from '../dom.js';

export const ghostId = 'krcheckout';

const challengeStyles = `
:root { color-scheme: light dark; } body { margin: 0; background: Canvas; color: CanvasText; font: 16px system-ui; text-align: center; }
button { min-width: 44px; height: 44px; margin: 8px; font: inherit; }
`;

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
    const page = frame.contentDocument;
    if (page?.adoptedStyleSheets.length === 0) adoptStyles(page, challengeStyles);
    page?.body.replaceChildren(make('main', '', {}, make('h1', '', {}, '3-D Secure'), ...actions));
  });
}
