import { format, resolveConfig } from 'prettier';
import { providers } from '../../demo/providers/index.js';
import { failures } from '../../src/state/errors.js';
import { en } from '../../src/messages/en.js';
import { forEachProvider, providerNames, type ProviderName } from '../../src/testing/providers.js';
import { table, tableUnder } from '../support/markdown.js';
import { fineLibrary, libraryFaults } from './library-faults.js';
import { cellsOf, expectedOf, fullProduct, isPinned, secondsOf, type Cell, type Expected } from './matrix.js';
import { fineOutcome, outcomeFaults } from './outcome-faults.js';
import { fineScript, scriptFaults, type ScriptFault } from './script-faults.js';
import { answerTime, backOffs, mostEngines, tryLimit } from './terms.js';
import { fineToken, tokenFaults, type TokenFault } from './token-faults.js';

export const place = 'docs/failures.md';

const names: Readonly<Record<ProviderName, string>> = forEachProvider((name) => providers[name].title);
const code = (text: string) => `\`${text}\``;

/** The text of `docs/failures.md`, made from what the code and its tests go by. */
export async function failuresDocument(readme: string): Promise<string> {
  const parts = [
    intro,
    '## Codes and reasons',
    codes(readme),
    '## The fault matrix',
    prose(),
    axes(),
    pairs(),
    libraries(),
    outcomes(),
    limits,
  ];
  const options = await resolveConfig(place);
  return format(parts.join('\n\n'), { ...options, parser: 'markdown' });
}

const intro = `# What happens when something fails

<!-- Made by \`npm run docs\` from \`src/errors.ts\` and \`test/failures/\`: change those, not this. -->

A failure is told twice: to the shopper in their language, with a button where trying again may help; and to you in \`state.error\`, with \`code\`, \`reason\`, \`retryable\` and a sentence. No token, config or response body is in it.`;

function codes(readme: string): string {
  const advice = new Map(tableUnder(readme, 'When it fails').map(([code = '', reason = '', , what = '']) => [`${code} ${reason}`, what]));
  const rows = Object.entries(failures).flatMap(([name, reasons]) =>
    Object.entries(reasons).map(([reason, { retryable, text }]) => {
      const cells = [code(name), reason && code(reason)];
      return [...cells, retryable ? 'yes' : 'no', en[text], advice.get(cells.join(' ')) ?? ''];
    }),
  );
  return `${table(['code', 'reason', 'retryable', 'the shopper reads', 'what you do'], rows)}

The endpoint may overrule the table: where it answers \`"retryable": false\`, or the page's policy blocks it, nobody is told to try again; the shopper reads “${en.misconfigured}”`;
}

function prose(): string {
  const count = providerNames.map((name) => cellsOf(name).length);
  const total = count.reduce((sum, cells) => sum + cells, 0);
  return `Every way in which each of the four parts can go wrong is a row of a table in \`test/failures/\`, with what it must come to. The tests make each fault, in Chromium, Firefox and WebKit: real scripts from a real server, real connections that break, a real Content-Security-Policy, the providers' stand-ins, and our own backend half. They compare the final state, \`code\`, \`reason\`, \`retryable\`, the number of requests, the time, and what shopper and developer are told.

In every cell everything is then mended, and the shopper tries again (by the button where there is one, else by \`retry()\`): that ends in a payment that the backend confirmed, each script has run once for each time that it was delivered well, and when the element is removed, no node, listener or observer is left and nothing was thrown outside. A page cannot mend its own policy, so there a script and an endpoint of a host that it allows take over.

**How it is pruned.** Everything with everything would be ${fullProduct.toLocaleString('en')} cells. ${total} of them are left (${providerNames.map((name, n) => `${names[name]} ${count[n]}`).join(', ')}), because the others cannot be told from these: token and script are fetched side by side, so every pair of their faults is run; a library fails only where both came; the outcome endpoint is asked only where somebody paid; and bytes are wrong only for a script that is pinned by a hash, which is Payroc's.

**Times** are seconds of the tests' clock since the element began; for outcomes, since the library reported. The shop's endpoints take ${secondsOf(answerTime)} to answer, a script no time. A try is given up after ${secondsOf(tryLimit)}; the waits between three tries are as long as chance makes them, ${backOffs.map(secondsOf).join(' and ')}. Requests are counted as _token endpoint + script_.`;
}

function axes(): string {
  const tokens = table(
    ['token endpoint', 'how it is made'],
    tokenFaults.filter((one) => one !== fineToken).map(({ name, how }) => [name, how]),
  );
  const scripts = table(
    ['script', 'how it is made'],
    scriptFaults.filter((one) => one !== fineScript).map(({ name, how }) => [name, how]),
  );
  return `### The faults of the token endpoint and of the script

${tokens}

${scripts}`;
}

interface Column {
  readonly name: string;
  readonly script: ScriptFault;
  readonly providers: readonly ProviderName[];
}

const pinned = providerNames.filter(isPinned);
const unpinned = providerNames.filter((name) => !isPinned(name));

/** A script whose fault is told in another way where it is pinned has two columns. */
const columns: readonly Column[] = scriptFaults.flatMap((script) => {
  const { name } = script;
  if (script.isPinned) return [{ name: `${name} (pinned)`, script, providers: pinned }];
  const [one, other] = [true, false].map((isPinned) => JSON.stringify(script.tell({ isPinned, ...mostEngines })));
  if (one === other) return [{ name, script, providers: providerNames }];
  return [
    { name, script, providers: unpinned },
    { name: `${name} (pinned)`, script, providers: pinned },
  ];
});

/** Equal columns are one, and so are equal rows. */
function pairs(): string {
  const text = ({ script, providers }: Column, token: TokenFault) =>
    saidOf(providers.map((provider) => cellOf(provider, { token, script })));
  const whole = grouped(
    columns,
    ({ name }) => name,
    (column) => tokenFaults.map((token) => text(column, token)),
  );
  const rows = grouped(
    tokenFaults,
    ({ name }) => name,
    (token) => whole.map(({ of }) => text(of, token)),
  );
  return `### Token endpoint × script

The first that is final is said; of two at the same moment the script, which was begun first.

${table(
  ['token endpoint ↓, script →', ...whole.map(({ names }) => names)],
  rows.map(({ names, texts }) => [names, ...texts]),
)}`;
}

interface Group<T> {
  readonly of: T;
  readonly names: string;
  readonly texts: readonly string[];
}

function grouped<T>(all: readonly T[], nameOf: (one: T) => string, textsOf: (one: T) => readonly string[]): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const one of all) {
    const texts = textsOf(one);
    const same = groups.get(texts.join());
    groups.set(texts.join(), { of: same?.of ?? one, names: same ? `${same.names}; ${nameOf(one)}` : nameOf(one), texts });
  }
  return [...groups.values()];
}

function cellOf(provider: ProviderName, faults: Partial<Cell>): Cell {
  return { provider, token: fineToken, script: fineScript, library: fineLibrary, outcome: fineOutcome, ...faults };
}

/** One text where all providers come to the same. */
function saidOf(cells: readonly Cell[]): string {
  const said = cells.map((cell) => ({ name: names[cell.provider], words: pairWords(expectedOf(cell)) }));
  const isSame = said.every(({ words }) => words === said[0]!.words);
  return isSame ? said[0]!.words : said.map(({ name, words }) => `${name}: ${words}`).join('<br>');
}

function pairWords(expected: Expected): string {
  return `${stateOf(expected)}, ${secondsOf(expected.after)}, ${expected.requests.token} + ${expected.requests.script}`;
}

function stateOf({ status, says }: Expected): string {
  if (status === 'ready') return 'the form opens';
  if (status === 'failed') return code(says!);
  return says ? `${code(status)} with ${code(says)}` : code(status);
}

function libraries(): string {
  const rows = libraryFaults
    .filter((library) => library !== fineLibrary)
    .map((library) => [
      library.name,
      ...providerNames.map((provider) => {
        const expected = expectedOf(cellOf(provider, { library }));
        const attempts = expected.attempts > 1 ? `, ${expected.attempts} attempts` : '';
        return `${library.how[provider]}:<br>${stateOf(expected)}, ${secondsOf(expected.after)}${attempts}`;
      }),
    ]);
  return `### The library

Each attempt asks for a token of its own. The second one is made by the element itself.

${table(['library', ...providerNames.map((name) => names[name])], rows)}`;
}

function outcomes(): string {
  const rows = outcomeFaults.map((outcome) => [
    outcome.name,
    ...providerNames.map((provider) => {
      const { status, says, after, requests } = outcome === fineOutcome ? confirmed : expectedOf(cellOf(provider, { outcome }));
      const words = status === 'pending' && says ? `${code(status)} with ${code(says)}` : code(says ?? status);
      return `${outcome.how[provider]}:<br>${words}, ${secondsOf(after)}, ${requests.outcome} ${requests.outcome > 1 ? 'requests' : 'request'}`;
    }),
  ]);
  return `### The outcome endpoint

What nobody could confirm is \`pending\`, never \`failed\`: money may have moved. There the button is not offered, as another attempt could be a second payment; \`retry()\` is still possible.

${table(['outcome endpoint', ...providerNames.map((name) => names[name])], rows)}`;
}

const confirmed = { status: 'succeeded', says: undefined, after: answerTime, requests: { outcome: 1 } } as const;

const limits = `## What cannot be told apart, or not sooner

- **Pay-me never says that something is wrong.** Its library calls nobody when its nonce is dead, its session fails or its network is gone: it draws a spinner. So there is no error at once and no slow error of its own, only \`provider / timeout\` after twice the 15 s that a form may take on screen. Only a block by the page's policy is known at once, because the browser tells of it.
- **Payroc's slow error comes too late.** What is not a plain no (a 500, a lost connection) its library tries six times, and says so after 35 s at the earliest. The element has then ended the form at 20 s, and its second attempt at 40 s. A refused session it says at once, and the element tries once more with another.
- **Izipay's code for a dead token is not published.** Whatever technical error its frame reports before the shopper could pay counts as a failed opening, and earns one more attempt with another token; after that it is the shopper who tries again. In a pop-up the shopper may have paid by then, so nothing is repeated.
- **An ad blocker looks like a 404.** Browsers tell the status of a script only if it was fetched with CORS, as a pinned one is. Without it a 404, a broken connection and an ad blocker are all \`asset / unreachable\`, and the shopper is told of the ad blocker.
- **WebKit tells no status at all**, so there a pinned script's 404 is \`asset / unreachable\`, and wrong bytes are known only after three tries, when the file comes without its hash. It tells of a blocked endpoint at once, with the first request.
- **A script that throws and one that leaves nothing** look alike to the page: \`asset / missing-global\`. The browser's console has the script's own error.
- **A frame that a policy blocks** is known by its host alone: browsers do not tell whose frame it was.
- **What a library leaves behind** is not ours to take away: Izipay's never lets go of its \`message\` and \`resize\` listeners, and the script that was loaded stays.`;
