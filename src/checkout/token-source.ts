import { phase, type Attempt } from './attempt.js';
import { CheckoutError } from '../state/errors.js';
import { isFresh } from '../endpoint/freshness.js';
import type { Provider } from '../providers/provider.js';
import { requestOf } from './settings.js';
import { unlessAborted } from '../shared/signals.js';
import { requestToken, tokenIn, type Token } from '../endpoint/request-token.js';

const tokensPerForm = 3;

/** The tokens for one opening of a form: another one while the last is not fresh, within bounds. */
export class TokenSource {
  readonly #attempt: Attempt;
  readonly #provider: Promise<Provider>;
  #asked = 0;
  #isMissing = true;

  /** @param provider its adapter reads the answers, and need not be here when the first is asked for */
  constructor(attempt: Attempt, provider: Promise<Provider>) {
    this.#attempt = attempt;
    this.#provider = provider;
  }

  /** Whether the endpoint still owes an answer. */
  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** @throws {CheckoutError} code `endpoint` or `token`; `stale` when too many were dead on arrival */
  async ask(): Promise<Token> {
    if (this.#asked++ === tokensPerForm) throw onlyDeadOnes();
    const { number, settings, signal, requestToken: send, onToken } = this.#attempt;
    const { tokenEndpoint: endpoint, credentials } = settings;
    const body = requestOf(settings);
    this.#isMissing = true;
    const answer = await phase(this.#attempt, 'token', (onTry) =>
      requestToken({ endpoint, body, credentials, attempt: number, signal, requestToken: send, onTry }),
    );
    this.#isMissing = false;
    const token = tokenIn(answer, await unlessAborted(signal, this.#provider), body);
    onToken(token);
    return token;
  }

  /** The token itself while it is fresh, else the next one that is. */
  async freshest(token: Token): Promise<Token> {
    while (!isFresh(token)) token = await this.ask();
    return token;
  }
}

function onlyDeadOnes(): CheckoutError {
  const message = `The token endpoint gave ${tokensPerForm} tokens that were dead on arrival: does it cache them?`;
  return new CheckoutError('token', 'stale', message);
}
