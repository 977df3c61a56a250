/** The library's style sheet, which a page loads beside the script. Light and dark follow the page's `color-scheme`. */
export const flexStyles = `
.payment-gateway-ui {
  --flex-accent: #2457d6;
  --flex-line: color-mix(in srgb, CanvasText 22%, Canvas);
  --flex-quiet: color-mix(in srgb, CanvasText 72%, Canvas);
  box-sizing: border-box;
  position: relative;
  width: 100%;
  min-width: 280px;
  max-width: 415px;
  min-height: 656px;
  margin-inline: auto;
  display: flex;
  flex-direction: column;
  border: 1px solid var(--flex-line);
  border-radius: 12px;
  overflow: hidden;
  background: Canvas;
  color: CanvasText;
  font: 400 16px/1.4 system-ui, sans-serif;
}
.payment-gateway-ui *, .payment-gateway-ui *::before { box-sizing: border-box; }
.payment-gateway-ui p { margin: 0; }
.payment-gateway-container { flex: 1; display: flex; flex-direction: column; gap: 20px; padding: 20px; }
.payment-gateway-header { display: flex; align-items: center; gap: 12px; padding-bottom: 16px; border-bottom: 1px solid var(--flex-line); }
.payment-total { flex: 1; color: var(--flex-quiet); }
.payment-amount { font-size: 22px; font-variant-numeric: tabular-nums; }
.back-to-merchant { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 50%; cursor: pointer; font-size: 20px; }
.back-to-merchant:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
.payment-methods { display: flex; flex-wrap: wrap; gap: 8px; }
.payment-method {
  min-height: 40px; padding: 0 14px; border: 1px solid var(--flex-line); border-radius: 20px;
  background: none; color: inherit; font: inherit; font-size: 14px; cursor: pointer;
}
.payment-method[aria-pressed="true"] { border-color: var(--flex-accent); background: var(--flex-accent); color: #fff; }
.payment-method-wrapper { flex: 1; display: flex; flex-direction: column; gap: 16px; }
.payment-card-form { display: flex; flex-direction: column; gap: 6px; }
.payment-row { display: grid; grid-template-columns: 3fr 2fr; gap: 12px; }
.payment-field { display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.payment-label { font-size: 14px; color: var(--flex-quiet); }
.payment-input {
  width: 100%; height: 46px; padding: 0 12px; border: 1px solid var(--flex-line); border-radius: 8px;
  background: light-dark(Canvas, color-mix(in srgb, CanvasText 5%, Canvas)); color: inherit; font: inherit; font-variant-numeric: tabular-nums;
}
.payment-input[aria-invalid] { border-color: #d92d20; }
.payment-error { min-height: 18px; font-size: 13px; line-height: 18px; color: color-mix(in srgb, #d92d20 70%, CanvasText); }
.payment-button {
  width: 100%; min-height: 50px; padding: 8px 16px; border: 0; border-radius: 8px;
  background: var(--flex-accent); color: #fff; font: inherit; font-weight: 600; cursor: pointer;
}
.payment-button:hover { background: color-mix(in srgb, var(--flex-accent) 88%, #000); }
.payment-gateway-ui :is(button, input, [tabindex]):focus-visible { outline: 3px solid var(--flex-accent); outline-offset: 2px; }
.payment-message { padding: 12px; border-radius: 8px; background: color-mix(in srgb, #d92d20 12%, Canvas); }
.payment-qr { align-self: center; width: min(240px, 100%); aspect-ratio: 1; border-radius: 8px; }
.payment-code { font-size: 24px; letter-spacing: 2px; text-align: center; }
.payment-method-wrapper > p { text-align: center; }
.payment-waiting { color: var(--flex-quiet); }
.payment-result { font-size: 22px; font-weight: 600; padding-block: 48px 0; }
.payment-note { font-size: 13px; color: var(--flex-quiet); text-align: center; }
.loading-overlay { position: absolute; inset: 0; display: grid; place-items: center; background: Canvas; }
.loading-overlay[hidden] { display: none; }
.loading-spinner {
  width: 44px; height: 44px; border: 4px solid var(--flex-line); border-top-color: var(--flex-accent); border-radius: 50%;
  animation: flex-turn 0.9s linear infinite;
}
@keyframes flex-turn { to { rotate: 1turn; } }
@media (prefers-reduced-motion: reduce) { .loading-spinner { animation-duration: 4s; } }
`;
