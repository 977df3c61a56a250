import { Promise } from '../../../shared/natives.js';

type Register<Result = void> = (callback: (payload: unknown) => Result) => PromiseLike<unknown>;

/** The part of the library that takes callbacks. */
export interface Callbacks {
  readonly onFormReady: Register;
  readonly onFocus: Register;
  readonly onError: Register;
  readonly onSubmit: Register<boolean>;
}

/** What the library reports to a form. */
export interface LiveForm {
  handleReady(): void;
  handleFocus(): void;
  handleError(error: unknown): void;
  handleResult(result: unknown): void;
}

/** The form that was drawn last. Its results count even after its end. */
let liveForm: LiveForm | undefined;

/**
 * Makes `form` the one that the library's callbacks report to. The callbacks are the same functions for every form: the library compares
 * functions by their source text, and keeps them for ever (*measured in the 2022 build*).
 */
export function listenTo(library: Callbacks, form: LiveForm): PromiseLike<unknown> {
  liveForm = form;
  return Promise.all([library.onFormReady(onFormReady), library.onFocus(onFocus), library.onError(onError), library.onSubmit(onSubmit)]);
}

function onFormReady(): void {
  liveForm?.handleReady();
}

function onFocus(): void {
  liveForm?.handleFocus();
}

function onError(error: unknown): void {
  liveForm?.handleError(error);
}

/** Returns a synchronous `false`, without which the library may leave the page (*measured in the 2022 build*). */
function onSubmit(result: unknown): boolean {
  liveForm?.handleResult(result);
  return false;
}
