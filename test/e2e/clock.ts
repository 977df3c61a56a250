import type { Page } from 'playwright-core';

/** The providers' time, which a test moves on. On its own it goes as every clock does, so nothing may depend on how long a test takes. */
export class Clock {
  #ahead = 0;

  readonly now = (): number => Date.now() + this.#ahead;

  /** @param page lives through the same time, where it opened with a clock of its own (`page.clock.install()`) */
  async pass(seconds: number, page?: Page): Promise<void> {
    this.#ahead += seconds * 1000;
    await page?.clock.fastForward(seconds * 1000);
  }
}
