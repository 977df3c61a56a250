/** Counts the work in progress, so that the process can end after it. */
export class InFlight {
  readonly #work = new Set<Promise<unknown>>();

  /** Returns the promise, and counts it until it settles. */
  add<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    const remove = () => this.#work.delete(work);
    work.then(remove, remove);
    return work;
  }

  /** Resolves once nothing is in progress, work that began meanwhile included. */
  async drain(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
