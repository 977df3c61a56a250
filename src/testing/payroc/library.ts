import { hosts } from '../../providers/payroc/contract.js';
import type { PageFetch } from '../page-fetch.js';
import { Emitter } from './emitter.js';
import type { PayrocLibraryFaults } from './faults.js';
import { Frames } from './frames.js';
import { readEnvironment } from './gateway.js';
import { GatewayClient, type Configuration } from './gateway-client.js';
import { findOptionErrors } from './find-option-errors.js';
import { Submission } from './submission.js';
import type {
  HostedFieldsConstructor,
  HostedFieldsError,
  HostedFieldsEvents,
  HostedFieldsInstance,
  HostedFieldsOptions,
  Message,
} from './types.js';

export interface PayrocLibraryOptions {
  /** Leads to the stand-in's API. */
  fetch: PageFetch;
  faults?: PayrocLibraryFaults;
  /** Milliseconds between two looks at whether the fields were sent: 5000, as *measured on 1.7.0*. */
  pollInterval?: number;
}

/** What the script leaves at `window.Payroc`. */
export interface PayrocLibrary {
  readonly hostedFields: HostedFieldsConstructor;
  /** What Payroc's own iframe pages call. */
  readonly Gateway: { init(): void };
  /** What goes wrong; change it at any time. */
  readonly faults: PayrocLibraryFaults;
}

/** Payroc's browser library, imitated: the class, its events and habits, as *measured on 1.7.0*. */
export function createPayrocLibrary({ fetch, faults = {}, pollInterval = 5_000 }: PayrocLibraryOptions): PayrocLibrary {
  const library = { fetch, faults, pollInterval };
  const hostedFields = class extends HostedFields {
    constructor(options: HostedFieldsOptions) {
      super(library, options);
    }
  };
  return { hostedFields, Gateway: { init() {} }, faults };
}

class HostedFields implements HostedFieldsInstance {
  readonly libVersion: string;
  readonly eventEmitter = new Emitter();
  readonly #library: Required<PayrocLibraryOptions>;
  readonly #options: HostedFieldsOptions;
  readonly #found: readonly HostedFieldsError[];
  readonly #client: GatewayClient;
  readonly #frames: Frames;
  readonly #submission: Submission;

  constructor(library: Required<PayrocLibraryOptions>, options: HostedFieldsOptions) {
    if (library.faults.constructorThrows) throw new Error('Payroc stand-in: the constructor was asked to throw.');
    this.#library = library;
    this.#options = options;
    this.#found = findOptionErrors(options);
    this.libVersion = hosts[readEnvironment(String(options.sessionToken))].libVersion;
    const client = new GatewayClient(library.fetch, options.sessionToken);
    const onError = (error: HostedFieldsError) => this.eventEmitter.emit('error', error);
    const frames = new Frames({ options, client, faults: library.faults, onError });
    const { faults, pollInterval } = library;
    this.#client = client;
    this.#frames = frames;
    this.#submission = new Submission({
      ...{ frames, client, faults, pollInterval },
      emitter: this.eventEmitter,
      onPreSubmit: options.onPreSubmit,
    });
    window.addEventListener('message', this.#hear);
  }

  get iframes() {
    return this.#frames.all;
  }

  on<Name extends keyof HostedFieldsEvents>(event: Name, callback: (payload: HostedFieldsEvents[Name]) => void): void {
    this.eventEmitter.on(event, callback);
  }

  initialize(): Promise<void> {
    if (this.#library.faults.initThrows) throw new Error('Payroc stand-in: initialize was asked to throw.');
    return this.#initialize();
  }

  destroy(): void {
    window.removeEventListener('message', this.#hear);
  }

  submitInitiated(): void {
    this.#submission.begin();
  }

  async #initialize(): Promise<void> {
    for (const error of this.#found) this.eventEmitter.emit('error', error);
    if (this.#found.length > 0) return;
    const said = await this.#client.configuration();
    const error = 'type' in said ? said : this.#unable(said);
    if (error) this.eventEmitter.emit('error', error);
    else this.#frames.inject();
  }

  #unable({ bankTransfers, tokenization }: Configuration): HostedFieldsError | undefined {
    const { mode, fields } = this.#options;
    if (mode === 'tokenization' && !tokenization) return { type: 'init', message: 'The terminal is not set up for tokenization.' };
    return 'card' in fields || bankTransfers ? undefined : { type: 'init', message: 'Capability not supported' };
  }

  /** Looks at the origin alone, not at who sent it: two forms on a page hear one another (*read in 1.7.0*). */
  readonly #hear = ({ origin, data }: MessageEvent<Message | undefined>): void => {
    const [, id] = /^payroc:(.+)$/.exec(String(data?.id)) ?? [];
    if (origin !== location.origin || !id || !data) return;
    const { payload } = data;
    const field = String(payload.field);
    if (id === 'field-connected') this.#connected(field);
    if (id === 'field-ready') this.#frames.ready(field, payload);
    if (id === 'field-submitting') this.#submission.submitting(field, true);
    if (id === 'field-submitted') this.#submission.submitting(field, false);
    if (id === 'field-valid' || id === 'field-invalid') this.#judged(field, payload.validationError as string | undefined);
    if (id === 'surcharge-info') this.#surcharge(payload.surcharging as HostedFieldsEvents['surchargingAllowed'] | null);
    if (id === 'submit-initiated') this.#submission.begin();
    if (id === 'error') this.#failed(field, payload);
  };

  #connected(field: string): void {
    this.#frames.connected(field);
    this.#frames.sendTo(field, 'apply-styles', this.#options.styles ?? {});
  }

  #judged(field: string, validationError?: string): void {
    const { errorTarget } = Object.values(this.#options.fields)[0]?.[field] ?? {};
    const place = errorTarget && document.querySelector(errorTarget);
    if (place) place.textContent = validationError ?? '';
    if (field !== 'submit') this.eventEmitter.emit('fieldValidityChange', validationError ? { field, validationError } : { field });
    this.#submission.recordValidity(field, validationError === undefined);
  }

  #surcharge(info: HostedFieldsEvents['surchargingAllowed'] | null): void {
    if (info) this.eventEmitter.emit('surchargingAllowed', info);
    // For ordinary cards as well, each time.
    else this.eventEmitter.emit('surchargingNotAllowed', undefined);
  }

  /** What an iframe relays names no field (*measured on 1.7.0*). */
  #failed(field: string, { type, message }: Message['payload']): void {
    this.#submission.submitting(field, false);
    this.eventEmitter.emit('error', { type: type as HostedFieldsError['type'], message: message as string });
  }
}
