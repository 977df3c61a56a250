import type { Ledger } from './ledger.js';
import { parseMove, type MoneyMove } from './money-move.js';
import { OperationRefused } from './operation-errors.js';

/** A move with its place in the log. */
export interface LoggedMove {
  readonly slot: number;
  readonly move: MoneyMove;
  /** Whether the move is not known to have been sealed, so that it is never sent again. */
  readonly isInDoubt?: boolean;
}

/** A new move, with all moves before it. */
export interface AddedMove extends LoggedMove {
  readonly earlier: readonly MoneyMove[];
}

/** The text of a slot whose move was not sent, and of the seal that says so. */
const voidText = 'void';
/** The text of a seal whose move may have been sent. */
const sealedText = 'sealed';

/** How often a process looks for another slot, after other processes have taken its own. */
const maxTries = 20;

/**
 * The moves of one payment, in the order in which processes took their slots. A process that takes a slot has read every earlier one, so
 * no two processes return the same money.
 *
 * A process takes a slot by claiming it, writes its move there, claims the slot's seal, and writes `sealed` into it. Only then it sends the
 * move. A process that finds an earlier slot without a seal claims the seal in the owner's place and writes `void` into it: the owner, if it
 * still runs, takes a later slot. A process that ends before its seal has therefore sent nothing, and blocks nothing.
 */
export class MoneyLog {
  readonly #ledger: Ledger;
  readonly #prefix: string;

  /** @param payment identifies the payment, in any format */
  constructor(ledger: Ledger, payment: string) {
    this.#ledger = ledger;
    this.#prefix = `pay-checkout:moves:${payment}`;
  }

  /** Returns all moves that may have been sent. */
  async read(): Promise<readonly LoggedMove[]> {
    const found: LoggedMove[] = [];
    for (let slot = 0; ; slot += 1) {
      const text = await this.#ledger.read(this.#key(slot));
      if (text === null || text === undefined) return found;
      found.push(...(await this.#listSealed(slot, text)));
    }
  }

  /**
   * Adds a move that is about to be sent.
   *
   * @param decide receives every earlier move. Returns the new move, or `undefined` if an earlier one is the same; throws to refuse it.
   * @returns `undefined` if `decide` did
   */
  async append(decide: (earlier: readonly MoneyMove[]) => MoneyMove | undefined): Promise<AddedMove | undefined> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const { slot, earlier } = await this.#claimSlot();
      const move = await this.#voidUnless(slot, () => decide(earlier));
      if (!move) return undefined;
      const isSealed = await this.#voidUnless(slot, () => this.#writeAndSeal(slot, move));
      if (isSealed) return { slot, move, earlier };
    }
    throw new OperationRefused('undecided', 'Other processes are changing this payment at the same moment. Try again.');
  }

  async update({ slot, move }: LoggedMove): Promise<void> {
    await this.#ledger.write(this.#key(slot), JSON.stringify(move));
  }

  /** Removes a move that is known to have moved no money. Its key can be used again. */
  async void(slot: number): Promise<void> {
    await this.#ledger.write(this.#key(slot), voidText);
  }

  /** Makes the slot void if `work` fails or finds nothing. A process that cannot do so leaves the slot without a seal. */
  async #voidUnless<T>(slot: number, work: () => T | Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (!result) await this.void(slot);
      return result;
    } catch (error) {
      await this.void(slot).catch(() => {});
      throw error;
    }
  }

  /** Returns whether the move may be sent. */
  async #writeAndSeal(slot: number, move: MoneyMove): Promise<boolean> {
    await this.update({ slot, move });
    if (!(await this.#ledger.claim(this.#sealKey(slot)))) return false;
    await this.#ledger.write(this.#sealKey(slot), sealedText);
    return true;
  }

  /** Claims the first free slot, and reads all earlier ones. */
  async #claimSlot(): Promise<{ slot: number; earlier: readonly MoneyMove[] }> {
    const earlier: MoneyMove[] = [];
    for (let slot = 0; ; slot += 1) {
      const text = await this.#ledger.read(this.#key(slot));
      const isTaken = text !== null && text !== undefined;
      if (!isTaken && (await this.#ledger.claim(this.#key(slot)))) return { slot, earlier };
      earlier.push(...(await this.#settleSlot(slot)).map(({ move }) => move));
    }
  }

  /** Reads a slot of another process, and makes it void if that process has not sealed it yet. */
  async #settleSlot(slot: number): Promise<readonly LoggedMove[]> {
    if (await this.#ledger.claim(this.#sealKey(slot))) {
      await this.#ledger.write(this.#sealKey(slot), voidText);
      return [];
    }
    return this.#listSealed(slot, (await this.#ledger.read(this.#key(slot))) ?? '');
  }

  /** Returns the move of a slot unless it was certainly not sent. While the seal is empty, another process decides at this moment. */
  async #listSealed(slot: number, text: string): Promise<readonly LoggedMove[]> {
    if (text === '' || text === voidText) return [];
    const move = parseMove(text);
    // An unknown move may have moved money.
    if (!move) throw new Error('The ledger: `read` should return a text that `write` stored, but returned another one.');
    const seal = await this.#ledger.read(this.#sealKey(slot));
    if (seal === null || seal === undefined || seal === voidText) return [];
    return [{ slot, move, ...(seal !== sealedText && { isInDoubt: true }) }];
  }

  #key(slot: number): string {
    return `${this.#prefix}:${slot}`;
  }

  #sealKey(slot: number): string {
    return `${this.#key(slot)}:seal`;
  }
}
