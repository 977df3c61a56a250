import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import type { Backend } from '../backend.js';
import { chosenProvider } from '../chosen.js';
import { findPayment, listPayments, type ShopPayment } from '../payments.js';
import { visitorOf, welcome } from '../session.js';
import { chooseLanguage } from '../shop/texts.js';
import { actions, findActions, findAdvice, type Action } from './actions.js';
import { merchantPage, type ListedPayment } from './page.js';
import { readAmount } from './read-amount.js';
import { runAction, type Notice } from './run-action.js';
import { controls, findControls, runControl } from './stand-in-controls.js';

/** Bytes. */
const maxSize = 16 * 1024;

/** What became of a visitor's last action, until the page shows it. */
interface PendingNotice {
  readonly number: string;
  readonly notice: Notice;
}

type Form = Readonly<Record<string, unknown>>;

/**
 * Serves the merchant's page. A real one is behind a login of the staff. This one shows each visitor the payments of their own orders.
 */
export function serveMerchant(backend: Backend): void {
  const notices = new Map<string, PendingNotice>();
  const { app } = backend;
  app.get('/merchant', ({ redirect }) => redirect('/merchant/'));
  app.get('/merchant/', async (context) => {
    const visitor = welcome(context);
    const language = chooseLanguage(context.req.query('lang'));
    const shown = notices.get(visitor);
    notices.delete(visitor);
    const list = listPayments(visitor).map((found): ListedPayment => {
      const notice = shown?.number === found.number ? shown.notice : undefined;
      return { found, language, ...describeChoices(backend, found), ...(notice && { notice }) };
    });
    return context.html(await merchantPage(list, language));
  });
  // Like the endpoints: only pages of this origin, and only with the visitor's cookie.
  app.post('/merchant/', csrf(), bodyLimit({ maxSize }), async (context) => {
    const form = await context.req.parseBody();
    const visitor = visitorOf(context.req.raw);
    const found = visitor && typeof form.payment === 'string' ? findPayment(visitor, form.payment) : undefined;
    if (!visitor || !found) return context.notFound();
    const notice = await serveForm(backend, found, form);
    if (notice) notices.set(visitor, { number: found.number, notice });
    return context.redirect(pageOf(context, found, notice), 303);
  });
}

function describeChoices({ merchants, standIns, isStandIn }: Backend, found: ShopPayment) {
  const provider = chosenProvider(found.payment.provider);
  return {
    actions: findActions(found, merchants[provider]),
    advice: findAdvice(found, merchants[provider]),
    controls: isStandIn(provider) ? findControls(standIns, found) : [],
  };
}

/** Does what the pressed button says. Ignores a button that the page does not have. */
async function serveForm(backend: Backend, found: ShopPayment, form: Form): Promise<Notice | undefined> {
  const control = controls.find((name) => name === form.control);
  const action = actions.find((name) => name === form.action);
  const { actions: offered, controls: played } = describeChoices(backend, found);
  if (control && played.includes(control)) return { control, isDone: runControl(backend.standIns, control, found) };
  return action && offered.includes(action) ? serveAction(backend, found, action, form) : undefined;
}

async function serveAction(
  { payIn }: Backend,
  found: ShopPayment,
  action: Action,
  { key, amount: typed }: Form,
): Promise<Notice | undefined> {
  const pay = payIn(found.payment.environment);
  if (!pay || typeof key !== 'string' || key === '') return undefined;
  if (typeof typed !== 'string') return runAction(pay, found, { action, key });
  const amount = readAmount(typed);
  return amount === undefined ? { action, error: 'input' } : runAction(pay, found, { action, key, amount });
}

/** The fragment moves the focus to the notice, or to the payment. */
function pageOf({ req }: Context, found: ShopPayment, notice: Notice | undefined): string {
  return `/merchant/?lang=${chooseLanguage(req.query('lang'))}#${notice ? 'notice' : `payment-${found.number}`}`;
}
