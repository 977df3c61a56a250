import type { SentNotification } from './send-notification.js';

/** Whether the endpoint took the notification. */
export function wasTaken({ status = 0 }: SentNotification): boolean {
  return status >= 200 && status < 300;
}

/** Describes in words what was sent where, and what came back. */
export function describeSent(sent: SentNotification): string {
  const { title, payment, order, state, to, status } = sent;
  const what = `${title}'s notification about payment ${payment} (order ${order}, ${state})`;
  if (status === undefined) return `${what} got no answer from ${to}. Check that your endpoint runs there.`;
  return [`${what} was sent to ${to}, which answered ${status}.`, ...(hints[status] ? [hints[status]] : [])].join(' ');
}

/** What a status of our endpoints means. */
const hints: Readonly<Record<number, string>> = {
  403: 'The signature did not match: start your endpoint again, so that it reads the current key from /settings.',
  404: 'There is no notification endpoint: check the address.',
  500: 'Your endpoint failed: its log has the reason.',
  502: 'Your endpoint could not ask the provider about the payment: its log has the reason.',
};
