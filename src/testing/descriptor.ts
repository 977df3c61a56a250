import type { Provider } from '../providers/provider.js';

/** A file that a provider serves to the page. */
export interface StandInFile {
  readonly type: string;
  read(): string | Promise<string>;
}

/** A provider's HTTP API, imitated in memory. */
export interface StandInApi {
  /** The hosts that it answers for. */
  readonly hosts: readonly string[];
  /** What goes wrong; change it at any time. */
  readonly faults: object;
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

/** What a stand-in's library is put into a page with. */
export interface Installation<Faults> {
  /** Leads to the stand-in's API. */
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>;
  readonly faults: Faults;
}

/** All that there is of one provider's stand-in. */
export interface StandIn<Options, Api extends StandInApi, Faults extends object> {
  /** The adapter that it serves. */
  readonly provider: Provider;
  createApi(options?: Options): Api;
  /** What the provider's asset hosts serve, by URL. Without a built script there is no script. */
  files(script?: () => string | Promise<string>): ReadonlyMap<string, StandInFile>;
  /** Does what loading the library does, with its style sheets; what it gives back undoes it. */
  install(installation: Installation<Faults>): () => void;
}

/** Puts a global in its place, until what is given back is called. */
export function installGlobal(name: string, library: unknown): () => void {
  const before: unknown = Reflect.get(window, name);
  Reflect.set(window, name, library);
  return () => {
    if (before === undefined) Reflect.deleteProperty(window, name);
    else Reflect.set(window, name, before);
  };
}

export function installStyles(css: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet));
}
