/** Types a card into a form of plain inputs, and focuses the button that pays. */
export function fillInCard(form: ParentNode, number: string): void {
  const texts = { 'cc-number': number, 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };
  form.querySelector<HTMLElement>('[data-method="CARD"]')?.click();
  for (const [autocomplete, text] of Object.entries(texts)) {
    const input = form.querySelector<HTMLInputElement>(`input[autocomplete="${autocomplete}"]`);
    if (!input) return;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  form.querySelector<HTMLElement>('[data-action="pay"]')?.focus();
}
