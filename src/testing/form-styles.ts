/** The style sheet of a card form, with the class names of Pay-me's real library. Light and dark follow the page's `color-scheme`. */
export const formStyles = `
.payment-gateway-ui {
  --form-accent: #2457d6;
  --form-line: color-mix(in srgb, CanvasText 22%, Canvas);
  --form-quiet: color-mix(in srgb, CanvasText 72%, Canvas);
  box-sizing: border-box;
  position: relative;
  width: 100%;
  min-width: 280px;
  max-width: 415px;
  min-height: 656px;
  margin-inline: auto;
  display: flex;
  flex-direction: column;
  border: 1px solid var(--form-line);
  border-radius: 12px;
  overflow: hidden;
  background: Canvas;
  color: CanvasText;
  font: 400 16px/1.4 system-ui, sans-serif;
}
.payment-gateway-ui *, .payment-gateway-ui *::before { box-sizing: border-box; }
.payment-gateway-ui p { margin: 0; }
.payment-gateway-container { flex: 1; display: flex; flex-direction: column; gap: 20px; padding: 20px; }
.payment-gateway-header { display: flex; align-items: center; gap: 12px; padding-bottom: 16px; border-bottom: 1px solid var(--form-line); }
.payment-total { flex: 1; color: var(--form-quiet); }
.payment-amount { font-size: 22px; font-variant-numeric: tabular-nums; }
.back-to-merchant { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 50%; cursor: pointer; font-size: 20px; }
.back-to-merchant:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
.payment-method-wrapper { flex: 1; display: flex; flex-direction: column; gap: 16px; }
.payment-card-form { display: flex; flex-direction: column; gap: 6px; }
.payment-row { display: grid; grid-template-columns: 3fr 2fr; gap: 12px; }
.payment-field { display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.payment-label { font-size: 14px; color: var(--form-quiet); }
.payment-input {
  width: 100%; height: 46px; padding: 0 12px; border: 1px solid var(--form-line); border-radius: 8px;
  background: light-dark(Canvas, color-mix(in srgb, CanvasText 5%, Canvas)); color: inherit; font: inherit; font-variant-numeric: tabular-nums;
}
.payment-input[aria-invalid] { border-color: #d92d20; }
.payment-error { min-height: 18px; font-size: 13px; line-height: 18px; color: color-mix(in srgb, #d92d20 70%, CanvasText); }
.payment-button {
  width: 100%; min-height: 50px; padding: 8px 16px; border: 0; border-radius: 8px;
  background: var(--form-accent); color: #fff; font: inherit; font-weight: 600; cursor: pointer;
}
.payment-button:hover { background: color-mix(in srgb, var(--form-accent) 88%, #000); }
.payment-gateway-ui :is(button, input, [tabindex]):focus-visible { outline: 3px solid var(--form-accent); outline-offset: 2px; }
.payment-note { font-size: 13px; color: var(--form-quiet); text-align: center; }
`;
