/** No notification was sent. The message says why, and what to do. */
export class NotificationRefused extends Error {
  override readonly name = 'NotificationRefused';
  readonly status: 404 | 422;

  constructor(status: 404 | 422, message: string) {
    super(message);
    this.status = status;
  }
}
