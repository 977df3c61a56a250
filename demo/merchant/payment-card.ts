import { html } from 'hono/html';
import type { OutcomeName, Refund } from '../../src/server.js';
import { chosenProvider } from '../chosen.js';
import { toText, type Markup } from '../markup.js';
import { money } from '../money.js';
import { numberIn } from '../order-reference.js';
import { findRefundable, type ShopPayment } from '../payments.js';
import { providers } from '../providers/index.js';
import type { Language } from '../shop/texts.js';
import type { Action } from './actions.js';
import { actionLabels, controlLabels, errorLabels, outcomeLabels, refundLabels } from './labels.js';
import type { OpenRequests } from './open-requests.js';
import type { ControlNotice, DoneNotice, Notice } from './run-action.js';
import type { Control } from './stand-in-controls.js';
import { translateForMerchant } from './texts.js';

export interface CardOptions {
  readonly language: Language;
  readonly actions: readonly Action[];
  /** What to do instead of actions that the provider lacks, in English. */
  readonly advice: readonly string[];
  readonly controls: readonly Control[];
  /** The requests that their forms repeat with the same key. */
  readonly open: OpenRequests;
  /** The result of the last action on this payment. */
  readonly notice?: Notice;
}

interface Card extends CardOptions {
  readonly found: ShopPayment;
  /** The id of the heading. */
  readonly heading: string;
  t(spanish: string): string;
  format(amount: number): string;
}

/** Returns one payment with its details and its actions. */
export function paymentCard(found: ShopPayment, options: CardOptions): string {
  const { language, notice } = options;
  const currency = String(found.details?.currency ?? found.payment.currency ?? 'USD');
  const card: Card = {
    ...options,
    found,
    heading: `payment-${found.number}`,
    t: (spanish) => translateForMerchant(spanish, language),
    format: (amount) => money(amount, currency, language),
  };
  const { outcome, reason, payment } = found;
  return toText(
    html`<article aria-labelledby="${card.heading}">
      <header>
        <h2 id="${card.heading}">${card.t('Pedido')} ${numberIn(payment.order)}</h2>
        <p class="badge" data-outcome="${outcome ?? 'none'}">
          ${card.t(outcome ? outcomeLabels[outcome] : 'Sin resultado')}${reason ? html` <code>${reason}</code>` : ''}
        </p>
      </header>
      ${notice ? noticeBox(card, notice) : ''} ${detailList(card)} ${refundList(card)} ${actionForms(card)} ${standInBox(card)}
    </article>`,
  );
}

function noticeBox(card: Card, notice: Notice): Markup {
  const { t } = card;
  if ('error' in notice) {
    const { action, error, message } = notice;
    return html`<div id="notice" class="notice error" role="alert" tabindex="-1">
      <p><strong>${t(actionLabels[action].name)}.</strong> ${t(errorLabels[error])}</p>
      ${message ? html`<p lang="en">${message}</p>` : ''}
    </div>`;
  }
  const [name, text] = 'control' in notice ? describeControl(notice) : describeDone(card, notice);
  return html`<p id="notice" class="notice" role="status" tabindex="-1"><strong>${name}:</strong> ${t(text)}</p>`;
}

function describeControl({ isDone }: ControlNotice): [string, string] {
  return ['Stand-in', isDone ? 'Hecho en el proveedor.' : 'El estado del pago en el proveedor no lo permite.'];
}

function describeDone({ t, format }: Card, { action, result, amount }: DoneNotice): [string, string] {
  const name = [t(actionLabels[action].name), ...(amount === undefined ? [] : [format(amount)])].join(' ');
  return [name, action === 'refund' ? refundLabels[result as Refund['state']] : outcomeLabels[result as OutcomeName]];
}

function detailList({ t, format, language, found: { payment, details, createdAt } }: Card): Markup {
  const { method, brand, last4, authorizationCode, transactionId, operationNumber, paidAt, installments } = details ?? {};
  const card = last4 && `${brand ?? ''} ···· ${last4}`.trim();
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'America/Lima' });
  const rows: [string, string | undefined][] = [
    ['Monto', details && format(details.amount)],
    ['Proveedor', providers[chosenProvider(payment.provider)].title],
    ['Medio', [method, card, (installments ?? 1) > 1 && `× ${installments}`].filter(Boolean).join(' · ')],
    ['Fecha', date.format(paidAt === undefined ? createdAt : new Date(paidAt))],
    ['Número', operationNumber ?? transactionId ?? payment.id],
    ['Autorización', authorizationCode],
  ];
  const shown = rows.filter(([, value]) => value);
  return html`<dl>
    ${shown.map(
      ([name, value]) =>
        html`<div>
          <dt>${t(name)}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function refundList({ t, format, found: { refunds } }: Card): Markup | string {
  if (refunds.length === 0) return '';
  const items = refunds.map(
    ({ amount, state, key }) =>
      html`<li>
        <span>${format(amount)}</span> <span class="state" data-state="${state}">${t(refundLabels[state])}</span>
        ${key === undefined ? t('desde el panel del proveedor') : ''}
      </li>`,
  );
  return html`<h3>${t('Reembolsos')}</h3>
    <ul class="refunds">
      ${items}
    </ul>`;
}

function actionForms(card: Card): Markup {
  const advice = card.advice.map((sentence) => html`<p class="advice" lang="en">${sentence}</p>`);
  return html`<div class="actions">${card.actions.map((action) => actionForm(card, action))}</div>
    ${advice}`;
}

/** The key is new for each form, so that a form that is sent twice is one refund. After a failure, the form keeps its key. */
function actionForm(card: Card, action: Action): Markup {
  const { t, heading, found, language, open } = card;
  const hasAmount = action === 'refund' || action === 'capture';
  return html`<form method="post" action="/merchant/?lang=${language}">
    <input type="hidden" name="payment" value="${found.number}" />
    <input type="hidden" name="key" value="${open[action]?.key ?? crypto.randomUUID()}" />
    ${hasAmount ? amountField(card, action) : ''}
    <button name="action" value="${action}" aria-describedby="${heading}">${t(actionLabels[action].button)}</button>
  </form>`;
}

function amountField({ t, heading, format, found, open }: Card, action: Action): Markup {
  const left = action === 'refund' ? findRefundable(found) : (found.details?.amount ?? 0);
  return html`<label
    >${t('Monto')} <small>(${t('quedan')} ${format(left)})</small>
    <input
      name="amount"
      inputmode="decimal"
      autocomplete="off"
      value="${((open[action]?.amount ?? left) / 100).toFixed(2)}"
      aria-describedby="${heading}"
      required
    />
  </label>`;
}

function standInBox({ t, heading, controls, language, found }: Card): Markup | string {
  if (controls.length === 0) return '';
  const buttons = controls.map(
    (name) => html`<button name="control" value="${name}" aria-describedby="${heading}">${t(controlLabels[name])}</button>`,
  );
  return html`<form class="stand-in" method="post" action="/merchant/?lang=${language}">
    <h3>Stand-in</h3>
    <p>${t('Lo que pasa en el proveedor, sin esta tienda. Después, consulta el pago.')}</p>
    <input type="hidden" name="payment" value="${found.number}" />
    <div class="actions">${buttons}</div>
  </form>`;
}
