/** Keys that are no character, as every driver names them. */
export type Key = 'Enter' | 'Tab' | 'Escape';

/** A page in a browser: what playwright's, puppeteer's and our own of WebKitGTK have in common. */
export interface Tab {
  goto(url: string): Promise<unknown>;
  /** Runs a function in the page, which knows nothing of what is around it here; what goes in and comes out is JSON. */
  evaluate<Result>(act: () => Result): Promise<Result>;
  evaluate<Result, Arg>(act: (arg: Arg) => Result, arg: Arg): Promise<Result>;
  /** Pixels of the viewport. */
  readonly mouse: { click(x: number, y: number): Promise<void> };
  /** Goes to whatever has the focus, in whichever frame. */
  readonly keyboard: { type(text: string): Promise<void>; press(key: Key): Promise<void> };
}

/** A page in a browser window of its own, and what became known of it. */
export interface Visit {
  readonly page: Tab;
  /** Paths that were asked for on this machine. */
  readonly requests: string[];
  /** Requests to other machines. None of them leaves. */
  readonly abroad: string[];
  /** Errors that the page did not catch. */
  readonly errors: string[];
  resize(this: void, width: number, height: number): Promise<void>;
  close(this: void): Promise<void>;
}

/** A browser that was started. */
export interface Started {
  readonly version: string;
  /** A window with an empty page and no cookies. */
  open(this: void): Promise<Visit>;
  close(this: void): Promise<void>;
}

/** What a visit keeps of a request. */
export function note({ requests, abroad }: Pick<Visit, 'requests' | 'abroad'>, url: string): void {
  const { protocol, hostname, pathname } = new URL(url);
  if (hostname === '127.0.0.1') requests.push(pathname);
  else if (protocol.startsWith('http')) abroad.push(url);
}
