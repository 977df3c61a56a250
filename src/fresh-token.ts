import { phase, type Attempt } from './attempt.js';
import { CheckoutError } from './errors.js';
import { isFresh } from './freshness.js';
import type { Provider } from './providers/provider.js';
import { requestOf } from './settings.js';
import { requestToken, type Token } from './token.js';

const tokensPerForm = 3;

/** The tokens for one opening of a form: another one while the last is not fresh, within bounds. */
export class TokenSource {
  readonly #attempt: Attempt;
  readonly #provider: Provider;
  #asked = 0;

  constructor(attempt: Attempt, provider: Provider) {
    this.#attempt = attempt;
    this.#provider = provider;
  }

  /** @throws {CheckoutError} code `endpoint` or `token`; `stale` when too many were dead on arrival */
  ask(): Promise<Token> {
    if (this.#asked++ === tokensPerForm) throw onlyDeadOnes();
    const { number, settings, signal, requestToken: send, onToken } = this.#attempt;
    const { tokenEndpoint: endpoint, credentials } = settings;
    return phase(this.#attempt, 'token', async (onTry) => {
      const asking = { endpoint, body: requestOf(settings), credentials, provider: this.#provider, attempt: number, signal };
      const token = await requestToken({ ...asking, requestToken: send, onTry });
      onToken(token);
      return token;
    });
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
