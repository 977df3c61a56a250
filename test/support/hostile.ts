import { nextFrame } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { Assets } from '../../src/providers/provider.js';
import { patience, realTime } from './work.js';

const opened = new Set<Hostile>();

/** Ends the requests that hang: a browser limits the open requests to one host, and abandoned ones count too. */
afterEach(async () => {
  const ended = [...opened];
  opened.clear();
  await Promise.all(ended.map((hostile) => hostile.release(100)));
});

/** The tags that failed, recorded at once because a tag may fail before the test looks for it. */
const failedTags: (HTMLScriptElement | HTMLLinkElement)[] = [];
document.addEventListener('error', ({ target }) => void (isTag(target) && failedTags.push(target)), { capture: true });

/** A script or style sheet of `hostile-server.mjs`. Its name is unique, because a loaded file stays for the page's lifetime. */
export class Hostile {
  readonly name = `hostile_${crypto.randomUUID().replaceAll('-', '')}`;
  readonly file: string;
  readonly url: string;
  /** The number of failures that the test has waited for. */
  #failures = 0;

  /**
   * @param behaviour `ok`, `404`, `410`, `500`, `drop`, `hang`, `wrong`, `no-global` or `throws`; with the suffix `-n`, for the first n requests only
   * @param host `127.0.0.1` is another origin
   */
  constructor(behaviour: string, extension: 'js' | 'css' = 'js', host = 'localhost') {
    this.file = `${this.name}.${extension}`;
    this.url = `${location.origin.replace('localhost', host)}/hostile/${behaviour}/${this.file}`;
    if (behaviour.startsWith('hang')) opened.add(this);
  }

  /** The assets as a provider declares them. */
  get assets(): Assets {
    return { global: this.name, script: { url: this.url } };
  }

  /** The global that the script has set on `window`. */
  get global(): unknown {
    return (window as unknown as Record<string, unknown>)[this.name];
  }

  /** How often the script was evaluated. */
  get runs(): number {
    return (window as { runs?: Record<string, number> }).runs?.[this.name] ?? 0;
  }

  /** Its tags on the page, including those of retries with a query. */
  get tags(): (HTMLScriptElement | HTMLLinkElement)[] {
    return [
      ...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>(
        `script[src*="${this.name}"], [rel="stylesheet"][href*="${this.name}"]`,
      ),
    ];
  }

  get tag(): HTMLScriptElement | HTMLLinkElement {
    const [tag] = this.tags;
    if (!tag) throw new Error('there is no tag');
    return tag;
  }

  /** Returns the queries of the requests that reached the server, once there are at least `min`. */
  requests(min = 0): Promise<string[]> {
    return this.#ask('requests', min);
  }

  /** Resolves with its next failed tag, even if the tag has already failed. */
  async failure(): Promise<Element> {
    const next = () => failedTags.filter((tag) => addressOf(tag).includes(this.name))[this.#failures];
    for (const end = realTime() + patience; !next(); await nextFrame()) {
      if (realTime() > end) throw new Error(`${this.file} did not fail ${this.#failures + 1} times within ${patience / 1000} s.`);
    }
    const tag = next()!;
    this.#failures++;
    return tag;
  }

  /** Makes the server answer the oldest hanging requests. */
  async release(count = 1): Promise<void> {
    await this.#ask('release', count);
  }

  /** Makes the server answer every request successfully, including those that hang. */
  async mend(): Promise<void> {
    await this.#ask('mend');
  }

  /** Returns the hash of the correct file. */
  integrity(): Promise<string> {
    return this.#ask('integrity');
  }

  #ask<Answer>(service: string, count?: number): Promise<Answer> {
    return executeServerCommand('hostile', { service, file: this.file, count });
  }
}

function isTag(target: EventTarget | null): target is HTMLScriptElement | HTMLLinkElement {
  return target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'stylesheet');
}

function addressOf(tag: HTMLScriptElement | HTMLLinkElement): string {
  return tag instanceof HTMLScriptElement ? tag.src : tag.href;
}

/** Opens a page of the hostile server in a frame, optionally with Content Security Policies. */
export async function openPage(policies: {
  csp?: string;
  'report-only'?: string;
}): Promise<Window & { assets: typeof import('../../src/assets/load-assets.js') }> {
  const frame = document.createElement('iframe');
  frame.src = `/hostile/page?${new URLSearchParams(policies)}`;
  document.body.append(frame);
  await event(frame, 'load');
  return frame.contentWindow as Window & { assets: typeof import('../../src/assets/load-assets.js') };
}

export function event(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

/** Returns the reason of a rejected promise. */
export function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (error: unknown) => error,
  );
}
