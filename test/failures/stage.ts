import type { CheckoutError } from '../../src/state/errors.js';
import type { PayStateEvent } from '../../src/state/events.js';
import type { PayCheckout } from '../../src/index.js';
import { register } from '../../src/provider.js';
import type { Assets } from '../../src/providers/provider.js';
import { createStandIns } from '../../src/testing.js';
import { forEachProvider, standInProviders } from '../../src/testing/providers.js';
import type { PayEndpoints } from '../../src/server.js';
import { sleep } from '../../src/shared/retries.js';
import { create, statesOf } from '../support/element.js';
import { secret } from '../support/endpoint.js';
import { Hostile } from '../support/hostile.js';
import { openShop } from '../support/shop.js';
import { busyWhile } from '../support/work.js';
import type { FaultySetup, Report } from './failing-provider.js';
import { breakLibrary, failingProviderOf } from './failing-providers.js';
import { isPinned, type Cell } from './matrix.js';
import { busyUntilTold, forbidden } from './page-policy.js';
import { answerTime } from './terms.js';
import type { Asked } from './token-faults.js';

const network = window.fetch;
const loaded = new WeakSet<EventTarget>();
for (const type of ['load', 'error']) document.addEventListener(type, ({ target }) => loaded.add(target!), { capture: true });

const scriptWords = `hostile: ${secret}`;
/** What a script throws that is meant to. */
export const scriptError = `Error: ${scriptWords}`;

/** A page with one checkout in which everything of a cell goes wrong, until it is mended. */
export class Stage {
  readonly element: PayCheckout;
  readonly states: readonly string[];
  readonly requests = { token: 0, outcome: 0 };
  /** Milliseconds, by state, since it began or, after that, since a payment was reported. */
  readonly entered = new Map<string, number>();
  readonly error?: CheckoutError;
  /** Texts that no message may contain. */
  readonly secrets = [secret];
  readonly script: Hostile;
  readonly #cell: Cell;
  readonly #shop: PayEndpoints;
  readonly #setup: FaultySetup;
  readonly #undo: (() => void)[] = [];
  #isMended = false;
  #underWay = 0;

  constructor(cell: Cell) {
    const { token, provider } = cell;
    const standIns = createStandIns();
    this.#cell = cell;
    this.#shop = openShop(standIns);
    this.#setup = { standIns, faults: forEachProvider(() => ({})), isBlocked: false };
    breakLibrary(cell, this.#setup);
    const { served } = cell.script;
    this.script = served === 'blocked' ? new Hostile('ok', 'js', '127.0.0.1') : new Hostile(served);
    const tokenEndpoint = token.address?.(location.origin) ?? `/token?visitor=${secret}`;
    const outcomeEndpoint = `/outcome?visitor=${secret}`;
    const element = create({ provider, tokenEndpoint, outcomeEndpoint, order: 'A-1001' });
    // The element's own way, which is `fetch`.
    this.element = Object.assign(element, { requestToken: undefined });
    this.states = statesOf(this.element);
  }

  /** Puts the element on the page. */
  async begin(locale: string): Promise<void> {
    window.fetch = (input, init) => this.#answer(new Request(input, init));
    Object.assign(window, { hostileLibrary: () => this.#run() });
    this.#undo.push(busyWhile(() => this.#isBusy()));
    await this.#register(this.script.url);
    this.element.locale = locale;
    this.#time();
    document.body.prepend(this.element);
  }

  /** From now on everything goes well. A page cannot mend its policy: its scripts and endpoints come from a host that it allows. */
  async mend(): Promise<void> {
    this.#isMended = true;
    this.#setup.isBlocked = false;
    for (const faults of [...Object.values(this.#setup.faults), ...Object.values(this.#setup.standIns).map(faultsOf)]) {
      for (const key of Object.keys(faults)) Reflect.deleteProperty(faults, key);
    }
    await this.script.mend();
    if (this.#cell.script.served === 'blocked') await this.#register(this.script.url.replace(forbidden, location.origin));
  }

  /** How often the script is evaluated in all. */
  get runs(): number {
    return this.#cell.script.runs ? 2 : 1;
  }

  pay(): void {
    failingProviderOf(this.#cell).pay(this.element);
  }

  end(): void {
    const { provider } = this.#cell;
    this.element.remove();
    window.fetch = network;
    for (const undo of this.#undo) undo();
    for (const tag of this.script.tags) tag.remove();
    const { globals = [] } = failingProviderOf(this.#cell);
    for (const name of ['hostileLibrary', this.script.name, ...globals]) Reflect.deleteProperty(window, name);
    register(provider, standInProviders[provider].provider);
  }

  async #register(url: string): Promise<void> {
    const { provider: name } = this.#cell;
    const { provider } = standInProviders[name];
    const integrity = isPinned(name) ? await this.script.integrity() : undefined;
    const { script, ...rest } = provider.assets.sandbox!;
    const assets: Assets = { ...rest, styles: [], global: this.script.name, script: { ...script, url, integrity } };
    register(name, { ...provider, assets: { sandbox: assets } });
  }

  /** What the script does when it is evaluated. */
  #run(): unknown {
    const { script } = this.#cell;
    if (script.runs && !this.#isMended) {
      if (script.runs === 'throws') throw new Error(scriptWords);
      return undefined;
    }
    return failingProviderOf(this.#cell).evaluate(this.#setup, this.script.url);
  }

  #time(): void {
    let since = performance.now();
    const note = ({ state }: PayStateEvent) => {
      if (state.status === 'confirming') since = performance.now();
      this.entered.set(state.status, performance.now() - since);
      if ('error' in state) Object.assign(this, { error: state.error });
    };
    const names = ['ready', 'confirming', 'succeeded', 'pending', 'failed'] as const;
    for (const name of names) this.element.addEventListener(`pay-${name}`, note);
  }

  /** What the browser does in its own time: scripts, requests, and frames that load late. */
  #isBusy(): boolean {
    const hangs = this.#cell.script.served === 'hang' && !this.#isMended;
    const tags = hangs ? [] : document.querySelectorAll(`script[src*="${this.script.name}"], link[href*="${this.script.name}"]`);
    const frames = [...document.querySelectorAll<HTMLElement>('iframe[loading=lazy]')].filter((frame) => frame.clientWidth > 0);
    return this.#underWay > 0 || [...tags, ...frames].some((one) => !loaded.has(one));
  }

  async #answer(request: Request): Promise<Response> {
    const isOutcome = new URL(request.url).pathname === '/outcome';
    this.requests[isOutcome ? 'outcome' : 'token']++;
    await sleep(answerTime, request.signal);
    return isOutcome ? this.#answerOutcome(request) : this.#answerToken(request);
  }

  async #answerToken(request: Request): Promise<Response> {
    const { token } = this.#cell;
    const isFaulty = !this.#isMended && this.requests.token <= (token.times ?? Infinity);
    const asked: Asked = {
      request,
      give: async (more) => this.#noted(await this.#counted(this.#shop.token(request)), more),
      send: (url, given) => this.#send(new Request(url, { method: 'POST', headers: given.headers, body: '{}', signal: given.signal })),
      dropping: `${location.origin}/hostile/drop/${this.script.name}-token.js`,
    };
    return isFaulty && token.answer ? token.answer(asked) : asked.give();
  }

  async #answerOutcome(request: Request): Promise<Response> {
    const { outcome } = this.#cell;
    if (this.#isMended || (!outcome.answer && !outcome.isForged)) return this.#counted(this.#shop.outcome(request));
    if (outcome.answer) return outcome.answer();
    const body = (await request.json()) as { result: Report };
    failingProviderOf(this.#cell).forge(body.result);
    const forged = new Request(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify(body) });
    return this.#counted(this.#shop.outcome(forged));
  }

  async #noted(response: Response, more?: object): Promise<Response> {
    const answer = (await response.json()) as { token: string };
    this.secrets.push(answer.token);
    return Response.json({ ...answer, ...more });
  }

  #send(request: Request): Promise<Response> {
    if (this.#cell.token.blocks) busyUntilTold();
    return this.#counted(network(request));
  }

  /** What needs no clock, however long the browser takes for it. */
  async #counted(answering: Promise<Response>): Promise<Response> {
    this.#underWay++;
    return answering.finally(() => this.#underWay--);
  }
}

function faultsOf(api: unknown): object {
  return typeof api === 'object' && api !== null && 'faults' in api ? (api.faults as object) : {};
}
