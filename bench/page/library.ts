import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ProviderName } from '../../src/testing/providers.js';
import { libraries, type Opening } from '../providers/library.js';

/** Adds User Timing marks to a stand-in's library: when it can be used, and when it is used. */
export function watched(provider: ProviderName, library: string): string {
  const { opening } = libraries[provider];
  const marked = opening.isObject ? markCalls(opening) : markForms(opening);
  return `${library}
;${marked}
${opening.prepares ? markPrepared(opening.prepares) : "performance.mark('library')"};`;
}

function markForms({ holder, name, method }: Opening): string {
  return `${holder}.${name} = new Proxy(${holder}.${name}, {
  construct(target, given) {
    performance.mark('constructed');
    const form = Reflect.construct(target, given);
    const open = form.${method};
    form.${method} = (...given) => (performance.mark('opened'), open.apply(form, given));
    return form;
  },
});`;
}

/** An object is not constructed, so that the call marks both moments. */
function markCalls({ holder, name, method }: Opening): string {
  return `{
  const library = ${holder}.${name};
  const open = library.${method};
  library.${method} = (...given) => {
    performance.mark('constructed');
    performance.mark('opened');
    return open.apply(library, given);
  };
}`;
}

/**
 * Marks the moment in which the frame appears. This observer is the first on the page, so its mark precedes any use of the frame.
 */
function markPrepared(id: string): string {
  return `new MutationObserver((records, observer) => {
  if (!document.getElementById('${id}')) return;
  observer.disconnect();
  performance.mark('library');
}).observe(document, { childList: true, subtree: true });`;
}

/** Appends a comment with random text, so that the gzipped text has `size` bytes. A text that is larger stays unchanged. */
export function padded(text: string, size: number): string {
  const noise = randomBytes(2 * size).toString('base64');
  const by = (length: number) => (length > 0 ? `${text}\n/*${noise.slice(0, Math.round(length))}*/` : text);
  const over = (length: number) => zippedSize(by(length)) - size;
  // Base64 has 6 random bits in 8.
  let length = over(0) < 0 ? -over(0) * (8 / 6) : 0;
  for (let n = 0; length > 0 && n < 8; n++) length -= over(length) * (8 / 6);
  return by(length);
}

export function zippedSize(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}
