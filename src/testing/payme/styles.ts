import { formStyles } from '../form-styles.js';

/** The library's style sheet, which a page loads with the script. Light and dark follow the page's `color-scheme`. */
export const flexStyles = `${formStyles}
.payment-methods { display: flex; flex-wrap: wrap; gap: 8px; }
.payment-method {
  min-height: 40px; padding: 0 14px; border: 1px solid var(--form-line); border-radius: 20px;
  background: none; color: inherit; font: inherit; font-size: 14px; cursor: pointer;
}
.payment-method[aria-pressed="true"] { border-color: var(--form-accent); background: var(--form-accent); color: #fff; }
.payment-message { padding: 12px; border-radius: 8px; background: color-mix(in srgb, #d92d20 12%, Canvas); }
.payment-qr { align-self: center; width: min(240px, 100%); aspect-ratio: 1; border-radius: 8px; }
.payment-code { font-size: 24px; letter-spacing: 2px; text-align: center; }
.payment-method-wrapper > p { text-align: center; }
.payment-waiting { color: var(--form-quiet); }
.payment-result { font-size: 22px; font-weight: 600; padding-block: 48px 0; }
.loading-overlay { position: absolute; inset: 0; display: grid; place-items: center; background: Canvas; }
.loading-overlay[hidden] { display: none; }
.loading-spinner {
  width: 44px; height: 44px; border: 4px solid var(--form-line); border-top-color: var(--form-accent); border-radius: 50%;
  animation: flex-turn 0.9s linear infinite;
}
@keyframes flex-turn { to { rotate: 1turn; } }
@media (prefers-reduced-motion: reduce) { .loading-spinner { animation-duration: 4s; } }
`;
