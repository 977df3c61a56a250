import { onAbort } from '../../../shared/signals.js';
import type { MountContext } from '../../provider.js';
import { assets } from '../assets.js';
import { findFrame } from './library-frame.js';
import type { IzipayConfig } from '../contract.js';
import { URL } from '../../../shared/natives.js';

interface OpenForm {
  readonly container: Element;
  onEvent(name: string): void;
}

let openForm: OpenForm | undefined;
/** Izipay's origin in the one environment that a page can have. */
let trustedOrigin: string | undefined;

/**
 * Stops forged messages before the library receives them. The library checks neither origin nor source, and accepts the first
 * result (*measured in the September 2025 build*).
 *
 * @param onEvent called with the name of each event of the form, just before the library receives it
 */
export function guardMessages({ container, environment, signal }: MountContext<IzipayConfig>, onEvent: (name: string) => void): void {
  // Registered once and never removed: the library never removes its own listeners, and the first listener of a window runs first.
  window.addEventListener('message', handleMessage, { capture: true });
  trustedOrigin = assets[environment].origins?.[0];
  const form = { container, onEvent };
  openForm = form;
  onAbort(signal, () => {
    if (openForm === form) openForm = undefined;
  });
}

function handleMessage(event: MessageEvent): void {
  const name = findEventName(event.data);
  if (!name) return;
  if (event.origin === trustedOrigin || (openForm && isFrom(findFrame(openForm.container), event))) openForm?.onEvent(name);
  else event.stopImmediatePropagation();
}

/** A frame that Izipay did not serve, such as a stand-in's, is recognised by its window: other frames may have the same origin. */
function isFrom(frame: HTMLIFrameElement | undefined, { source, origin }: MessageEvent): boolean {
  return frame !== undefined && source !== null && source === frame.contentWindow && origin === getOrigin(frame);
}

function getOrigin({ src }: HTMLIFrameElement): string {
  return !src || src === 'about:blank' ? location.origin : new URL(src).origin;
}

/** Finds the name of a library event anywhere in a message, because Izipay does not publish the format. */
function findEventName(data: unknown, depth = 3): string | undefined {
  if (typeof data === 'string') return /IZIPAY_\w*/.exec(unescapeJson(data))?.[0];
  if (depth === 0 || typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const name = findEventName(key) ?? findEventName(value, depth - 1);
    if (name) return name;
  }
  return undefined;
}

/** In JSON, `\u0049` is a letter, too: a forged message could hide the name behind it. */
function unescapeJson(text: string): string {
  return text.replace(/\\u00(..)/g, (_, code: string) => String.fromCharCode(Number(`0x${code}`)));
}
