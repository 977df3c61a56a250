import type { Ledger } from './ledger.js';
import { parseMove, type MoneyMove } from './money-move.js';
import { OperationRefused } from './operation-errors.js';

/** A move with its place in the log. */
export interface LoggedMove {
  readonly slot: number;
  readonly move: MoneyMove;
}

/** The text of a slot whose move was not sent. */
const voidText = 'void';

/** How often a process looks for another slot, after other processes have taken its own. */
const maxTries = 20;

/**
 * The moves of one payment, in the order in which processes took their slots. A process that takes a slot has read every earlier one, so
 * no two processes return the same money.
 *
 * A process takes a slot by claiming it, writes its move there, and seals the slot. A process that finds an earlier slot without a move
 * seals it in the owner's place: that slot is void, and its owner, if it still runs, takes a later one. So a process that ends between its
 * claim and its seal has sent nothing, and blocks nothing.
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
      found.push(...listMove(slot, text));
    }
  }

  /**
   * Adds a move that is about to be sent.
   *
   * @param decide receives every earlier move. Returns the new move, or `undefined` if an earlier one stands for it; throws to refuse it.
   * @returns `undefined` if `decide` did
   */
  async append(decide: (earlier: readonly MoneyMove[]) => MoneyMove | undefined): Promise<LoggedMove | undefined> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const { slot, earlier } = await this.#claimSlot();
      const move = await this.#decideOrVoid(slot, () => decide(earlier));
      if (!move) return undefined;
      await this.update({ slot, move });
      if (await this.#ledger.claim(this.#sealKey(slot))) return { slot, move };
      await this.void(slot);
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

  async #decideOrVoid(slot: number, decide: () => MoneyMove | undefined): Promise<MoneyMove | undefined> {
    try {
      const move = decide();
      if (!move) await this.void(slot);
      return move;
    } catch (error) {
      await this.void(slot);
      throw error;
    }
  }

  /** Claims the first free slot, and reads all earlier ones. */
  async #claimSlot(): Promise<{ slot: number; earlier: readonly MoneyMove[] }> {
    const earlier: MoneyMove[] = [];
    for (let slot = 0; ; slot += 1) {
      const text = await this.#ledger.read(this.#key(slot));
      const isTaken = text !== null && text !== undefined;
      if (!isTaken && (await this.#ledger.claim(this.#key(slot)))) return { slot, earlier };
      earlier.push(...(await this.#settleSlot(slot, text ?? '')));
    }
  }

  /** Reads a slot of another process, and makes it void if that process has not written its move yet. */
  async #settleSlot(slot: number, text: string): Promise<readonly MoneyMove[]> {
    if (text !== '') return toMoves(slot, text);
    if (await this.#ledger.claim(this.#sealKey(slot))) return [];
    // Its owner seals it only once the move is written. Any other process has made it void.
    return toMoves(slot, (await this.#ledger.read(this.#key(slot))) ?? '');
  }

  #key(slot: number): string {
    return `${this.#prefix}:${slot}`;
  }

  #sealKey(slot: number): string {
    return `${this.#key(slot)}:seal`;
  }
}

function toMoves(slot: number, text: string): readonly MoneyMove[] {
  return listMove(slot, text).map(({ move }) => move);
}

/** @throws {Error} for a text that this package did not write, because an unknown move may have moved money */
function listMove(slot: number, text: string): readonly LoggedMove[] {
  if (text === '' || text === voidText) return [];
  const move = parseMove(text);
  if (!move) throw new Error('The ledger: `read` should return a text that `write` stored, but returned another one.');
  return [{ slot, move }];
}
