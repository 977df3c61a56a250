// The pages that the benchmark compares, as a careful developer would write them.
import { readFileSync } from 'node:fs';
import type { ProviderName } from '../../src/testing/providers.js';
import { asked, script, type Choice, type File, type Files } from './files.js';
import { formCode } from '../providers/library.js';
import { padded } from './library.js';

export interface Page {
  readonly html: string;
  /** A file that only this page loads. */
  readonly own?: File;
}

export const variants = [
  'documentation',
  'tag',
  'tag, full file',
  'inert',
  'hand-tuned',
  'head lines',
  'head lines, full file',
  'inert, head lines',
] as const;

export type Variant = (typeof variants)[number];

const given = (provider: ProviderName) => JSON.stringify(asked(provider));

/** The token request of a page that is written by hand. */
const request = (provider: ProviderName) => `fetch('/api/pay/token', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: '${given(provider)}',
      })`;

/** Reserves space for the form, as docs/styling.md shows. */
const reserved = `<style>
      ${/^```css\n(pay-checkout:not\(:defined\).*?)^```$/ms.exec(readFileSync('docs/styling.md', 'utf8'))![1]!}
    </style>`;

export function pageOf(variant: Variant, provider: ProviderName, files: Files): Page {
  const pages = {
    documentation,
    tag: tag('own'),
    'tag, full file': tag('full'),
    inert,
    'hand-tuned': handTuned,
    'head lines': headLines('own'),
    'head lines, full file': headLines('full'),
    'inert, head lines': inertHeadLines,
  };
  return pages[variant](provider, files);
}

/** The page of the providers' documentation: script and CSS in the head, then the token, then the form. */
function documentation(provider: ProviderName, files: Files): Page {
  const { library, styles } = files.of[provider];
  const head = [styles && styleTag(styles), scriptTag(library, files.of[provider].isPinned)];
  const body = `<div id="form"></div>
    <script>
      ${formCode(provider)}
      (async () => {
        const response = await ${request(provider)};
        if (!response.ok) throw new Error('No token: ' + response.status);
        await openForm(await response.json(), document.getElementById('form'));
        performance.mark('ready');
      })();
    </script>`;
  return { html: html(head, body) };
}

/** The fastest page that a developer can write by hand: its first line requests the token, and the library loads in parallel. */
function handTuned(provider: ProviderName, files: Files): Page {
  const { library, styles, isPinned } = files.of[provider];
  const early = `<script>
      const answer = ${request(provider)};
      answer.catch(() => {}); // told where it is used
    </script>`;
  const head = [early, preloadTag(library, isPinned), styles && styleTag(styles), scriptTag(library, isPinned, 'defer')];
  const body = `<div id="form"></div>
    <script>
      ${formCode(provider)}
      document.addEventListener('DOMContentLoaded', async () => {
        const response = await answer;
        if (!response.ok) throw new Error('No token: ' + response.status);
        await openForm(await response.json(), document.getElementById('form'));
        performance.mark('ready');
      });
    </script>`;
  return { html: html(head, body) };
}

/** A page with the script tag of the README. */
function tag(choice: Choice) {
  return (provider: ProviderName, { of }: Files): Page => ({
    html: html([reserved, scriptTag(of[provider].scripts[choice].file, true, 'defer')], elementOf(provider)),
  });
}

/** A page with the tag and the lines for the head. */
function headLines(choice: Choice) {
  return (provider: ProviderName, { of }: Files): Page => ({
    html: html([of[provider].scripts[choice].head, reserved], elementOf(provider)),
  });
}

/** A page with an inert script of our size instead of ours. Code for this page alone replaces our script's work. */
function inert(provider: ProviderName, files: Files): Page {
  const own = inertScript(`/inert/tag-${provider}.js`, provider, files, request(provider));
  return { html: html([scriptTag(own, true, 'defer')], '<div id="form"></div>'), own };
}

/** The same page with the lines for the head. */
function inertHeadLines(provider: ProviderName, files: Files): Page {
  const request = `{ credentials: 'same-origin', body: '${given(provider)}' }`;
  const taken = `payCheckoutToken(new URL('/api/pay/token', location).href, ${request}).response`;
  const own = inertScript(`/inert/head-${provider}.js`, provider, files, taken);
  const { file, head } = files.of[provider].scripts.own;
  return { html: html([head.replace(file.path, own.path).replace(file.integrity, own.integrity)], '<div id="form"></div>'), own };
}

function inertScript(path: string, provider: ProviderName, files: Files, response: string): File {
  const { library, styles, isPinned, scripts } = files.of[provider];
  const code = `${formCode(provider)}
const loaded = (element) => new Promise((resolve, reject) => {
  element.onload = resolve;
  element.onerror = reject;
  document.head.append(element);
});
const load = (src, integrity) => loaded(Object.assign(document.createElement('script'), { src, ...(integrity && { integrity, crossOrigin: 'anonymous' }) }));
(async () => {
  const answer = ${response}.then((response) => response.json());
  const files = [
    load('${library.path}', '${isPinned ? library.integrity : ''}'),
    ${styles ? `loaded(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '${styles.path}' })),` : ''}
  ];
  await Promise.all([answer, ...files]);
  await openForm(await answer, document.getElementById('form'));
  performance.mark('ready');
})();`;
  return script(path, padded(code, scripts.own.size));
}

export function elementOf(provider: ProviderName): string {
  return `<pay-checkout provider="${provider}" environment="sandbox" order="A-1001" token-endpoint="/api/pay/token"></pay-checkout>
    <script>
      document.addEventListener('pay-ready', () => performance.mark('ready'));
    </script>`;
}

const pin = ({ integrity }: File, isPinned: boolean) => (isPinned ? ` integrity="${integrity}" crossorigin="anonymous"` : '');

export function scriptTag(file: File, isPinned: boolean, how = ''): string {
  return `<script src="${file.path}"${pin(file, isPinned)} ${how}></script>`;
}

function preloadTag(file: File, isPinned: boolean): string {
  return `<link rel="preload" as="${file.type === 'text/css' ? 'style' : 'script'}" href="${file.path}"${pin(file, isPinned)} />`;
}

function styleTag({ path }: File): string {
  return `<link rel="stylesheet" href="${path}" />`;
}

export function html(head: readonly (string | undefined)[], body: string): string {
  return `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Pago</title>
    <link rel="icon" href="data:," />
    ${head.filter(Boolean).join('\n    ')}
  </head>
  <body>
    <h1>Tu pedido</h1>
    ${body}
    <p>Gracias por comprar con nosotros.</p>
  </body>
</html>
`;
}
