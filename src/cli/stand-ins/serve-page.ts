import { Hono, type HonoRequest } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { StandInApi } from '../../testing/api.js';
import { providerNames, type ProviderName } from '../../testing/providers.js';
import type { StandIns } from '../../testing/stand-ins.js';
import { controls, listControls, runControl, type Control } from './controls.js';
import { describeSent, wasTaken } from './describe-sent.js';
import { NotificationRefused } from './notification-refused.js';
import { paymentsPage } from './page.js';
import { pageStyles } from './page-styles.js';
import type { ListedPayment, Notice } from './payment-card.js';
import { sendNotification } from './send-notification.js';
import { isProvider } from './serve-notifications.js';

/** Bytes. */
const maxSize = 16 * 1024;

/** The page has no scripts, and no other site may show it in a frame. */
const policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

interface PendingNotice extends Notice {
  readonly provider: ProviderName;
  readonly payment: string;
}

/** Serves the page of payments at `/`, and the forms of its cards at `POST /payments`. */
export function servePage(standIns: StandIns): Hono {
  let pending: PendingNotice | undefined;
  const app = new Hono();
  app.get('/', (context) => {
    const list = listPayments(standIns, pending);
    pending = undefined;
    context.header('Content-Security-Policy', policy);
    context.header('Cache-Control', 'no-store');
    return context.html(paymentsPage(list, new URL(context.req.url).origin));
  });
  app.get('/page.css', (context) => context.body(pageStyles, 200, { 'Content-Type': 'text/css;charset=utf-8' }));
  app.post('/payments', bodyLimit({ maxSize }), async (context) => {
    const found = readForm(await context.req.parseBody());
    if (!found) return context.text('The form should be one of the page of payments.\n', 422);
    pending = { ...(await serveForm(standIns, found)), provider: found.provider, payment: found.payment };
    return context.redirect('/#notice', 303);
  });
  return app;
}

function listPayments(standIns: StandIns, pending: PendingNotice | undefined): ListedPayment[] {
  const all = providerNames.flatMap((provider) => {
    const api: StandInApi = standIns[provider];
    return api.payments().map((payment): ListedPayment => {
      const isMeant = pending?.provider === provider && pending.payment === payment.id;
      return { provider, api, payment, ...(isMeant && { notice: pending }) };
    });
  });
  return all.sort((one, other) => other.payment.paidAtMs - one.payment.paidAtMs);
}

interface Form {
  readonly provider: ProviderName;
  readonly payment: string;
  readonly action: Control | 'notify';
  readonly to?: string;
}

function readForm({ provider, payment, action, to }: Awaited<ReturnType<HonoRequest['parseBody']>>): Form | undefined {
  if (!isProvider(provider) || typeof payment !== 'string' || !isAction(action)) return undefined;
  return { provider, payment, action, ...(typeof to === 'string' && { to: to.trim() }) };
}

function isAction(name: unknown): name is Form['action'] {
  return name === 'notify' || (typeof name === 'string' && Object.hasOwn(controls, name));
}

async function serveForm(standIns: StandIns, { action, ...target }: Form): Promise<Notice> {
  if (action === 'notify') return notify(standIns, target);
  const api: StandInApi = standIns[target.provider];
  const isDone = listControls(api).includes(action) && runControl(api, action, target.payment);
  const text = isDone
    ? `Done at ${api.title}: ${controls[action].toLowerCase()}.`
    : `The state of the payment at ${api.title} does not allow it.`;
  return { text, isError: !isDone };
}

async function notify(standIns: StandIns, target: Omit<Form, 'action'>): Promise<Notice> {
  try {
    const sent = await sendNotification(standIns, target);
    return { text: describeSent(sent), isError: !wasTaken(sent) };
  } catch (error) {
    if (!(error instanceof NotificationRefused)) throw error;
    return { text: error.message, isError: true };
  }
}
