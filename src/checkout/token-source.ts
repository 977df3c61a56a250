import { isFresh } from '../endpoint/freshness.js';
import { readSettledAnswer } from '../endpoint/read-token.js';
import { createToken, requestToken, type Token } from '../endpoint/request-token.js';
import type { Provider } from '../providers/provider.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import { unlessAborted } from '../shared/signals.js';
import { CheckoutError } from '../state/errors.js';
import { attemptEnded } from './attempt-ended.js';
import type { Attempt, AttemptContext } from './attempt.js';
import { measurePhase } from './measure-phase.js';
import { requestBody } from './settings.js';

const tokensPerForm = 3;

/** Requests the tokens for one opening of a form, within bounds. */
export class TokenSource {
  readonly #context: AttemptContext;
  readonly #adapter: Promise<Provider>;
  #requests = 0;
  #isAwaitingResponse = true;

  /** @param adapter reads the responses. It may still be loading when the first token is requested. */
  constructor(context: AttemptContext, adapter: Promise<Provider>) {
    this.#context = context;
    this.#adapter = adapter;
  }

  /** Whether the latest request has no response yet, or none was made. */
  get isAwaitingResponse(): boolean {
    return this.#isAwaitingResponse;
  }

  /**
   * Returns a token. If the order needs no payment now, emits its outcome and throws the reason of an attempt that has ended.
   *
   * @throws {CheckoutError} code `endpoint` or `token`; reason `stale` after too many tokens that were dead on arrival
   */
  async request(): Promise<Token> {
    if (this.#requests++ === tokensPerForm) throw onlyDeadTokens();
    const { attempt, page, signal, emit } = this.#context;
    const { tokenEndpoint: endpoint, credentials } = attempt.settings;
    const options = { endpoint, body: createBody(attempt), credentials, attempt: attempt.number, signal };
    this.#isAwaitingResponse = true;
    const response = await measurePhase(this.#context, 'token', (onTry) =>
      requestToken({ ...options, requestToken: page.requestToken, onTry }),
    );
    this.#isAwaitingResponse = false;
    // The provider's files are not needed for this answer, so it does not wait for them.
    const settled = readSettledAnswer(response.json);
    if (settled) {
      emit(settled);
      throw attemptEnded;
    }
    const token = createToken(response, await unlessAborted(signal, this.#adapter), options.body);
    emit({ token });
    return token;
  }

  /** Returns the token while it is fresh, else the next one that is. */
  async refresh(token: Token): Promise<Token> {
    while (!isFresh(token)) token = await this.request();
    return token;
  }
}

/** Until a form is drawn, another provider may follow, and the endpoint may answer early that this one is down. */
function createBody({ settings, touched }: Attempt): TokenRequest {
  return { ...requestBody(settings), ...(settings.fallback.length > 0 && !touched && { fallback: true }) };
}

function onlyDeadTokens(): CheckoutError {
  const message = `The token endpoint returned ${tokensPerForm} expired tokens: does it cache them?`;
  return new CheckoutError('token', 'stale', message);
}
