import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { providerNames, type ProviderName } from '../../testing/providers.js';
import type { StandIns } from '../../testing/stand-ins.js';
import { describeSent, wasTaken } from './describe-sent.js';
import { NotificationRefused } from './notification-refused.js';
import { sendNotification, type NotificationTarget } from './send-notification.js';

/** The JSON that `POST /notifications` answers. */
export interface NotificationAnswer {
  readonly message: string;
  /** Whether the endpoint took it. */
  readonly taken: boolean;
}

/** Bytes. */
const maxSize = 16 * 1024;

/** Serves `POST /notifications`, with JSON such as `{"provider":"payme","payment":"…","to":"http://127.0.0.1:8080/…"}`. */
export function serveNotifications(standIns: StandIns): Hono {
  return new Hono().post('/', bodyLimit({ maxSize }), async (context) => {
    try {
      const sent = await sendNotification(standIns, readTarget(await context.req.json<unknown>().catch(() => undefined)));
      return context.json<NotificationAnswer>({ message: describeSent(sent), taken: wasTaken(sent) });
    } catch (error) {
      if (!(error instanceof NotificationRefused)) throw error;
      return context.json<NotificationAnswer>({ message: error.message, taken: false }, error.status);
    }
  });
}

/** @throws {NotificationRefused} */
function readTarget(body: unknown): NotificationTarget {
  const { provider, payment, to } = Object(body) as Readonly<Record<string, unknown>>;
  const isValid = isOptionalText(payment) && isOptionalText(to);
  if (isProvider(provider) && isValid) return { provider, payment, to };
  const expected = `\`provider\` (${providerNames.join(', ')}), and \`payment\` and \`to\` as text, if any`;
  throw new NotificationRefused(422, `The body should be a JSON object with ${expected}.`);
}

export function isProvider(name: unknown): name is ProviderName {
  return providerNames.includes(name as ProviderName);
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
