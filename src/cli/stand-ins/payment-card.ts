import { html } from 'hono/html';
import type { StandInApi } from '../../testing/api.js';
import type { ProviderName } from '../../testing/providers.js';
import type { StandInPayment } from '../../testing/stand-in-payment.js';
import { controls, listControls } from './controls.js';
import { formatMoney, formatTime } from './format.js';
import { chooseAddress, describeMissing } from './send-notification.js';

export type Markup = ReturnType<typeof html>;

/** The result of the last button. */
export interface Notice {
  readonly text: string;
  readonly isError: boolean;
}

export interface ListedPayment {
  readonly provider: ProviderName;
  readonly api: StandInApi;
  readonly payment: StandInPayment;
  readonly notice?: Notice;
}

export function paymentCard(listed: ListedPayment): Markup {
  const { provider, api, payment, notice } = listed;
  const heading = `${provider}-${payment.id}`;
  return html`<li>
    <article aria-labelledby="${heading}">
      <header>
        <h2 id="${heading}">Order ${payment.order}</h2>
        <p class="badge">${payment.state}</p>
      </header>
      ${notice ? noticeBox(notice) : ''} ${detailList(api, payment)} ${notificationForm(listed, heading)} ${controlForm(listed, heading)}
    </article>
  </li>`;
}

/** The fragment of the redirect moves the focus here. */
function noticeBox({ text, isError }: Notice): Markup {
  return html`<p id="notice" class="${isError ? 'notice error' : 'notice'}" role="${isError ? 'alert' : 'status'}" tabindex="-1">
    ${text}
  </p>`;
}

function notificationForm({ provider, api, payment }: ListedPayment, heading: string): Markup {
  if (!api.notification) return html`<p class="advice">${markCode(describeMissing(api))}</p>`;
  return html`<form method="post" action="/payments">
    ${hiddenFields(provider, payment)}
    <label
      >Address for its notification
      <input
        type="url"
        name="to"
        value="${chooseAddress(provider, payment)}"
        required
        spellcheck="false"
        autocomplete="off"
        aria-describedby="${heading}"
      />
    </label>
    <button class="main" name="action" value="notify" aria-describedby="${heading}">Send the notification</button>
  </form>`;
}

/** Marks what a sentence has between backticks. */
function markCode(sentence: string): (string | Markup)[] {
  return sentence.split('`').map((part, n) => (n % 2 ? html`<code>${part}</code>` : part));
}

function controlForm({ provider, api, payment }: ListedPayment, heading: string): Markup {
  const buttons = listControls(api).map(
    (name) => html`<button name="action" value="${name}" aria-describedby="${heading}-controls ${heading}">${controls[name]}</button>`,
  );
  return html`<form method="post" action="/payments" class="controls">
    ${hiddenFields(provider, payment)}
    <p id="${heading}-controls">What ${api.title} does without your shop:</p>
    ${buttons}
  </form>`;
}

function hiddenFields(provider: ProviderName, { id }: StandInPayment): Markup {
  return html`<input type="hidden" name="provider" value="${provider}" /><input type="hidden" name="payment" value="${id}" />`;
}

function detailList({ title }: StandInApi, { id, environment, amount, currency, refunded, paidAtMs }: StandInPayment): Markup {
  const rows: [string, string | Markup][] = [
    ['Amount', formatMoney(amount, currency)],
    ...(refunded > 0 ? ([['Refunded', formatMoney(refunded, currency)]] as [string, string][]) : []),
    ['Provider', `${title}, ${environment}`],
    ['Payment', html`<code>${id}</code>`],
    ['Time', html`<time datetime="${new Date(paidAtMs).toISOString()}">${formatTime(paidAtMs)}</time>`],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
