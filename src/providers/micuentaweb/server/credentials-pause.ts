import { Problem } from '../../../server/problem.js';

/** Milliseconds for which refused credentials are not sent again, as for bearers, so that a wrong key does not cause one call per request. */
const refusalPause = 5_000;

/** Remembers for a short time that Lyra refused the credentials of a shop. */
export class CredentialsPause {
  #refusal: { readonly problem: Problem; /** By `performance.now()`, which never jumps. */ readonly until: number } | undefined;

  /**
   * Runs `work`, unless Lyra has just refused the credentials.
   *
   * @throws {Problem} `upstream-credentials`
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const { problem, until = 0 } = this.#refusal ?? {};
    // A copy, because the merchant's `onError` may keep or change the error that it receives.
    if (problem && performance.now() < until) throw new Problem(problem.kind, problem.message, problem);
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.kind === 'upstream-credentials')
        this.#refusal = { problem: error, until: performance.now() + refusalPause };
      throw error;
    }
  }
}
