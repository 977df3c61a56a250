import { delay } from '../faults.js';
import type { Emitter } from './emitter.js';
import type { PayrocLibraryFaults } from './faults.js';
import type { Frames } from './frames.js';
import type { GatewayClient } from './gateway-client.js';
import type { HostedFieldsEvents, HostedFieldsOptions } from './types.js';

const mostPolls = 10;

export interface SubmissionOptions {
  readonly frames: Frames;
  readonly client: GatewayClient;
  readonly emitter: Emitter;
  readonly faults: PayrocLibraryFaults;
  readonly onPreSubmit?: HostedFieldsOptions['onPreSubmit'];
  /** Milliseconds. */
  readonly pollInterval: number;
}

/** From the click on the button to the single-use token (*measured on 1.7.0*). */
export class Submission {
  readonly #options: SubmissionOptions;
  /** What each field last said of itself: a text where it is wrong, nothing where it is right. */
  readonly #valid = new Map<string, boolean>();
  readonly #submitting = new Set<string>();
  #asked?: { left: Set<string>; done: (valid: boolean) => void };

  constructor(options: SubmissionOptions) {
    this.#options = options;
  }

  /**
   * Client `onPreSubmit` first, with everything disabled. What is neither a boolean nor a promise throws in the message handler,
   * and everything stays disabled for ever.
   */
  begin(): void {
    const { onPreSubmit, frames } = this.#options;
    if (!onPreSubmit) return void this.#goOn();
    frames.send('submit-initiated');
    const answer = onPreSubmit();
    if (typeof answer === 'boolean') return void this.#goOn(answer);
    answer.then(
      (mayGoOn) => void this.#goOn(mayGoOn),
      () => void this.#goOn(false),
    );
  }

  recordValidity(field: string, valid: boolean): void {
    this.#valid.set(field, valid);
    this.#asked?.left.delete(field);
    if (this.#asked?.left.size === 0) this.#asked.done([...this.#valid.values()].every(Boolean));
  }

  submitting(field: string, isUnderWay: boolean): void {
    if (isUnderWay) this.#submitting.add(field);
    else this.#submitting.delete(field);
  }

  async #goOn(mayGoOn = true): Promise<void> {
    const { frames, emitter } = this.#options;
    // No gateway answers sooner than the fields, so what is under way now still is when they have said that they are right.
    const isUnderWay = this.#submitting.size > 0;
    // A field that is missing or wrong says so by itself; nothing else tells that the submission ended.
    if (!mayGoOn || !(await this.#validate())) return frames.send('submit-cancelled');
    frames.send('submit-initiated');
    try {
      await this.#fieldsSubmitted(isUnderWay);
      this.#succeed(await this.#options.client.singleUseToken());
    } catch (error) {
      frames.send('submit-cancelled');
      emitter.emit('error', { type: 'submission', message: (error as Error).message });
    }
  }

  #succeed(token: HostedFieldsEvents['submissionSuccess']): void {
    const { emitter, faults, frames } = this.#options;
    emitter.emit('submissionSuccess', token);
    if (!faults.talksOn) return;
    emitter.emit('submissionSuccess', token);
    frames.giveUp('submit');
  }

  #validate(): Promise<boolean> {
    const { frames } = this.#options;
    return new Promise((done) => {
      this.#asked = { left: new Set(frames.all.map(({ field }) => field)), done };
      frames.send('perform-validation');
    });
  }

  /** Who clicks straight from the last field waits for a whole interval. */
  async #fieldsSubmitted(isUnderWay: boolean): Promise<void> {
    for (let polls = 0; (polls === 0 && isUnderWay) || this.#submitting.size > 0; polls++) {
      if (polls === mostPolls) throw new Error('The fields could not be submitted.');
      await delay(this.#options.pollInterval);
    }
  }
}
