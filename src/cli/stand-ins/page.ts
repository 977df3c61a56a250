import { html } from 'hono/html';
import { paymentCard, type ListedPayment, type Markup } from './payment-card.js';
import { standInTags } from './stand-in-tags.js';

/** Returns the page of payments, newest first. */
export function paymentsPage(payments: readonly ListedPayment[], origin: string): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Payments at the stand-ins</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        ${banner}
        <main>
          ${intro}
          ${
            payments.length > 0
              ? html`<ol class="payments">
                  ${payments.map(paymentCard)}
                </ol>`
              : firstSteps(origin)
          }
        </main>
      </body>
    </html>`;
}

const banner = html`<header class="top">
  <p><strong>pay-checkout</strong> stand-ins</p>
  <nav aria-label="Stand-ins"><a href="/">Reload</a> <a href="/settings">Credentials</a></nav>
</header>`;

const intro = html`<h1>Payments</h1>
  <p class="lead">What shoppers paid at the stand-ins since this process started. No money moves.</p>`;

function firstSteps(origin: string): Markup {
  return html`<section class="empty" aria-labelledby="empty">
    <h2 id="empty">There are no payments yet</h2>
    <ol>
      <li>
        Add these lines to your page, before any other script of <code>&lt;pay-checkout&gt;</code>:
        <pre tabindex="0"><code>${standInTags(origin)}</code></pre>
      </li>
      <li>
        Start your endpoints with the stand-ins:
        <pre tabindex="0"><code>PAY_STAND_INS=${origin} npx pay-checkout serve</code></pre>
      </li>
      <li>Pay in your page with the card <code>4111 1111 1111 1111</code>, any future date, any code and any name.</li>
      <li>Reload this page.</li>
    </ol>
  </section>`;
}
