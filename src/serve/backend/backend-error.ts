/** A call to the shop's backend failed. The message has the address without its query, and the status, and no body. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly status?: number;

  constructor(message: string, options: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    if (options.status !== undefined) this.status = options.status;
  }
}
