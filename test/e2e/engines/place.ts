import type { Tab } from './tab.js';
import { poll } from './until.js';

/** An element in the page or in a frame of it, in whichever open shadow root: the first that can be seen. */
export interface Place {
  readonly selector: string;
  /** The frame that it is in. */
  readonly frame?: string;
  /** A part of what it says. */
  readonly text?: string;
}

/** What a shopper sees of an element. */
export interface Look {
  /** Where to click, in the page's viewport; nothing as long as something else would hear it. */
  readonly middle: [x: number, y: number] | null;
  readonly isFocused: boolean;
  readonly value: string;
}

/** Clicks as soon as that can be done and the place rests. */
export async function click(page: Tab, place: Place): Promise<void> {
  for (let before = ''; ;) {
    const middle = await see(page, place, (look) => look.middle);
    if (String(middle) === before) return page.mouse.click(...middle);
    before = String(middle);
  }
}

/** Clicks into a field and types, as a shopper does. */
export async function type(page: Tab, place: Place, text: string): Promise<void> {
  await click(page, place);
  await see(page, place, ({ isFocused }) => isFocused);
  await page.keyboard.type(text);
  await see(page, place, ({ value }) => value !== '');
}

/** Waits until it looks as wanted. */
export function see<Result>(page: Tab, place: Place, wanted: (look: Look) => Result): Promise<NonNullable<Result>> {
  return poll(`${String(wanted)} of ${JSON.stringify(place)}`, async () => {
    const seen = await look(page, place);
    return seen && wanted(seen);
  });
}

/** Nothing where there is nothing to be seen. */
export function look(page: Tab, place: Place): Promise<Look | null> {
  return page.evaluate(lookInPage, place);
}

/** Runs in the page. Frames are of the page's own origin. */
function lookInPage({ selector, frame, text = '' }: Place): Look | null {
  const all = (root: ParentNode, wanted: string): HTMLElement[] => {
    const hosts = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return [...root.querySelectorAll<HTMLElement>(wanted), ...hosts.flatMap((inner) => all(inner, wanted))];
  };
  const inside = (element: Element) => {
    const { x, y } = element.getBoundingClientRect();
    return { x: x + element.clientLeft, y: y + element.clientTop };
  };
  const hit = (root: DocumentOrShadowRoot, x: number, y: number): Element | null => {
    const top = root.elementFromPoint(x, y);
    return top?.shadowRoot && top.shadowRoot !== root ? (hit(top.shadowRoot, x, y) ?? top) : top;
  };
  const outer = frame ? (all(document, frame)[0] as HTMLIFrameElement | undefined) : undefined;
  const page = frame ? outer?.contentDocument : document;
  const isSeen = (one: Element) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(one).visibility === 'visible';
  };
  const found = page && all(page, selector).find((one) => one.textContent.includes(text) && isSeen(one));
  if (!found) return null;
  found.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { x, y, width, height } = found.getBoundingClientRect();
  const here = { x: x + width / 2, y: y + height / 2 };
  const start = outer ? inside(outer) : { x: 0, y: 0 };
  const middle: [number, number] = [Math.floor(start.x + here.x), Math.floor(start.y + here.y)];
  const hears = found.contains(hit(page, here.x, here.y)) && (!outer || hit(document, ...middle) === outer);
  const root = found.getRootNode() as Document | ShadowRoot;
  // What the page made and put into a frame is of no class that the frame has.
  const { value = '' } = found as Partial<HTMLInputElement>;
  return { middle: hears ? middle : null, isFocused: root.activeElement === found, value };
}
