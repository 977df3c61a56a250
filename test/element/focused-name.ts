/** Returns a name of the element that has the focus. A failed comparison of elements would print nothing. */
export function focusedName(): string {
  const element = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement!;
  const { part, slot, name, className, localName } = element as HTMLInputElement;
  return (part.contains('message') ? className : part.value) || slot || name || localName;
}
