import { onAbort } from '../../../shared/signals.js';
import type { MountContext } from '../../provider.js';
import { assets } from '../assets.js';
import { findFrame } from './contain-page.js';
import type { IzipayConfig } from '../contract.js';

interface Live {
  readonly container: Element;
  heard(name: string): void;
}

/** The form that is open. */
let live: Live | undefined;
/** Izipay's own, in the one environment that a page can have. */
let trusted: string | undefined;

/**
 * Keeps everybody else from speaking in the library's name. It checks neither origin nor source, and takes the first result for
 * the only one (*measured in the September 2025 build*).
 *
 * @param heard told of the form's own events by name, just before the library hears them
 */
export function guardMessages({ container, environment, signal }: MountContext<IzipayConfig>, heard: (name: string) => void): void {
  // Once, and for the page's life: the library's own listeners never go, and whoever was registered first on a window is called first.
  window.addEventListener('message', guard, { capture: true });
  trusted = assets[environment].origins?.[0];
  const mine = { container, heard };
  live = mine;
  onAbort(signal, () => {
    if (live === mine) live = undefined;
  });
}

function guard(event: MessageEvent): void {
  const name = eventIn(event.data);
  if (!name) return;
  if (event.origin === trusted || (live && isFrom(findFrame(live.container), event))) live?.heard(name);
  else event.stopImmediatePropagation();
}

/** A frame that was not served by Izipay, such as a stand-in's, is known by its window: its origin is everybody's. */
function isFrom(frame: HTMLIFrameElement | undefined, { source, origin }: MessageEvent): boolean {
  return frame !== undefined && source !== null && source === frame.contentWindow && origin === originOf(frame);
}

function originOf({ src }: HTMLIFrameElement): string {
  return !src || src === 'about:blank' ? location.origin : new URL(src).origin;
}

/** The name of the library's event that a message is about, wherever it stands: its shape is not published. */
function eventIn(data: unknown, depth = 3): string | undefined {
  if (typeof data === 'string') return /IZIPAY_\w*/.exec(unescaped(data))?.[0];
  if (depth === 0 || typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const name = eventIn(key) ?? eventIn(value, depth - 1);
    if (name) return name;
  }
  return undefined;
}

/** JSON may write a letter as its number. */
function unescaped(text: string): string {
  return text.replace(/\\u00(..)/g, (_, code: string) => String.fromCharCode(Number(`0x${code}`)));
}
