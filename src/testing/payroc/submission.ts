import { delay } from '../faults.js';
import type { Emitter } from './emitter.js';
import type { PayrocLibraryFaults } from './faults.js';
import type { Frames } from './frames.js';
import type { GatewayClient } from './gateway-client.js';
import type { HostedFieldsEvents, HostedFieldsOptions } from './types.js';

const maxPolls = 10;

export interface SubmissionOptions {
  readonly frames: Frames;
  readonly client: GatewayClient;
  readonly emitter: Emitter;
  readonly faults: PayrocLibraryFaults;
  readonly onPreSubmit?: HostedFieldsOptions['onPreSubmit'];
  /** Milliseconds. */
  readonly pollInterval: number;
}

/** The submission of a form, from the click on the button to the single-use token (*measured on 1.7.0*). */
export class Submission {
  readonly #options: SubmissionOptions;
  /** Whether each field was valid when it last reported. */
  readonly #valid = new Map<string, boolean>();
  readonly #submitting = new Set<string>();
  #validation?: { left: Set<string>; done: (valid: boolean) => void };

  constructor(options: SubmissionOptions) {
    this.#options = options;
  }

  /**
   * Disables every field and calls `onPreSubmit`. A result that is neither a boolean nor a promise throws in the message handler,
   * and the form stays disabled.
   */
  begin(): void {
    const { onPreSubmit, frames } = this.#options;
    if (!onPreSubmit) return void this.#continue();
    frames.send('submit-initiated');
    const result = onPreSubmit();
    if (typeof result === 'boolean') return void this.#continue(result);
    result.then(
      (isAllowed) => void this.#continue(isAllowed),
      () => void this.#continue(false),
    );
  }

  recordValidity(field: string, valid: boolean): void {
    this.#valid.set(field, valid);
    this.#validation?.left.delete(field);
    if (this.#validation?.left.size === 0) this.#validation.done([...this.#valid.values()].every(Boolean));
  }

  recordSubmitting(field: string, isUnderWay: boolean): void {
    if (isUnderWay) this.#submitting.add(field);
    else this.#submitting.delete(field);
  }

  async #continue(isAllowed = true): Promise<void> {
    const { frames, emitter } = this.#options;
    // A field's request takes longer than the validation, so a request that is pending now is still pending afterwards.
    const isUnderWay = this.#submitting.size > 0;
    // An invalid field reports its own error. The library reports nothing else about the end of the submission.
    if (!isAllowed || !(await this.#validate())) return frames.send('submit-cancelled');
    frames.send('submit-initiated');
    try {
      await this.#waitForFields(isUnderWay);
      this.#succeed(await this.#options.client.createSingleUseToken());
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
      this.#validation = { left: new Set(frames.all.map(({ field }) => field)), done };
      frames.send('perform-validation');
    });
  }

  /** A shopper who clicks straight from the last field waits for a whole interval. */
  async #waitForFields(isUnderWay: boolean): Promise<void> {
    for (let polls = 0; (polls === 0 && isUnderWay) || this.#submitting.size > 0; polls++) {
      if (polls === maxPolls) throw new Error('The fields could not be submitted.');
      await delay(this.#options.pollInterval);
    }
  }
}
