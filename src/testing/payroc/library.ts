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
  /** Sends a request to the stand-in's API. */
  fetch: PageFetch;
  faults?: PayrocLibraryFaults;
  /** Milliseconds between two checks whether the fields were sent. Default 5000, as *measured on 1.7.0*. */
  pollInterval?: number;
}

/** The object that the script sets as `window.Payroc`. */
export interface PayrocLibrary {
  readonly hostedFields: HostedFieldsConstructor;
  /** Called by Payroc's own iframe pages. */
  readonly Gateway: { init(): void };
  /** The faults to simulate. They may be changed at any time. */
  readonly faults: PayrocLibraryFaults;
}

/** Creates an imitation of Payroc's browser library, with the class, events and side effects that were *measured on 1.7.0*. */
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
  readonly #optionErrors: readonly HostedFieldsError[];
  readonly #client: GatewayClient;
  readonly #frames: Frames;
  readonly #submission: Submission;

  constructor(library: Required<PayrocLibraryOptions>, options: HostedFieldsOptions) {
    if (library.faults.constructorThrows) throw new Error('Payroc stand-in: the constructor throws, as its faults say.');
    this.#library = library;
    this.#options = options;
    this.#optionErrors = findOptionErrors(options);
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
    window.addEventListener('message', this.#handleMessage);
  }

  get iframes() {
    return this.#frames.all;
  }

  on<Name extends keyof HostedFieldsEvents>(event: Name, callback: (payload: HostedFieldsEvents[Name]) => void): void {
    this.eventEmitter.on(event, callback);
  }

  initialize(): Promise<void> {
    if (this.#library.faults.initThrows) throw new Error('Payroc stand-in: initialize throws, as its faults say.');
    return this.#initialize();
  }

  destroy(): void {
    window.removeEventListener('message', this.#handleMessage);
  }

  submitInitiated(): void {
    this.#submission.begin();
  }

  async #initialize(): Promise<void> {
    for (const error of this.#optionErrors) this.eventEmitter.emit('error', error);
    if (this.#optionErrors.length > 0) return;
    const configuration = await this.#client.requestConfiguration();
    const error = 'type' in configuration ? configuration : this.#findMissingCapability(configuration);
    if (error) this.eventEmitter.emit('error', error);
    else this.#frames.inject();
  }

  #findMissingCapability({ bankTransfers, tokenization }: Configuration): HostedFieldsError | undefined {
    const { mode, fields } = this.#options;
    if (mode === 'tokenization' && !tokenization) return { type: 'init', message: 'The terminal is not set up for tokenization.' };
    return 'card' in fields || bankTransfers ? undefined : { type: 'init', message: 'Capability not supported' };
  }

  /** Checks the origin of a message but not its source, so two forms on a page receive each other's messages (*read in 1.7.0*). */
  readonly #handleMessage = ({ origin, data }: MessageEvent<Message | undefined>): void => {
    const [, id] = /^payroc:(.+)$/.exec(String(data?.id)) ?? [];
    if (origin !== location.origin || !id || !data) return;
    const { payload } = data;
    const field = String(payload.field);
    if (id === 'field-connected') this.#handleConnection(field);
    if (id === 'field-ready') this.#frames.markReady(field, payload);
    if (id === 'field-submitting') this.#submission.recordSubmitting(field, true);
    if (id === 'field-submitted') this.#submission.recordSubmitting(field, false);
    if (id === 'field-valid' || id === 'field-invalid') this.#handleValidity(field, payload.validationError as string | undefined);
    if (id === 'surcharge-info') this.#reportSurcharge(payload.surcharging as HostedFieldsEvents['surchargingAllowed'] | null);
    if (id === 'submit-initiated') this.#submission.begin();
    if (id === 'error') this.#reportError(field, payload);
  };

  #handleConnection(field: string): void {
    this.#frames.markConnected(field);
    this.#frames.sendTo(field, 'apply-styles', this.#options.styles ?? {});
  }

  #handleValidity(field: string, validationError?: string): void {
    const { errorTarget } = Object.values(this.#options.fields)[0]?.[field] ?? {};
    const place = errorTarget && document.querySelector(errorTarget);
    if (place) place.textContent = validationError ?? '';
    if (field !== 'submit') this.eventEmitter.emit('fieldValidityChange', validationError ? { field, validationError } : { field });
    this.#submission.recordValidity(field, validationError === undefined);
  }

  #reportSurcharge(info: HostedFieldsEvents['surchargingAllowed'] | null): void {
    if (info) this.eventEmitter.emit('surchargingAllowed', info);
    // The event is emitted for ordinary cards as well, each time.
    else this.eventEmitter.emit('surchargingNotAllowed', undefined);
  }

  /** An error that an iframe relays names no field (*measured on 1.7.0*). */
  #reportError(field: string, { type, message }: Message['payload']): void {
    this.#submission.recordSubmitting(field, false);
    this.eventEmitter.emit('error', { type: type as HostedFieldsError['type'], message: message as string });
  }
}
