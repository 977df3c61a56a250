import type { NotificationAnswer } from '../stand-ins/serve-notifications.js';
import type { NotifyOptions } from './read-arguments.js';

/** Makes the stand-ins send a notification. The result says what was sent, or why nothing was. */
export async function requestNotification({ standIns, ...target }: NotifyOptions): Promise<NotificationAnswer> {
  const headers = { 'Content-Type': 'application/json' };
  try {
    const answer = await fetch(new URL('/notifications', standIns), { method: 'POST', headers, body: JSON.stringify(target) });
    return (await answer.json()) as NotificationAnswer;
  } catch {
    return { message: `No stand-ins answer on ${standIns}. Start them with \`npx pay-checkout stand-ins\`.`, taken: false };
  }
}
