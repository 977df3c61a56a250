/** Makes each button with `data-copy` copy the text of the element that it names, or the URL of this page if it names none. */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    const said = button.parentElement?.querySelector('[role=status]');
    const { copy } = button.dataset;
    button.addEventListener('click', () => {
      const text = copy ? (document.querySelector(copy)?.textContent ?? '') : location.href;
      void write(text).then((answer) => said && (said.textContent = answer));
    });
    button.addEventListener('blur', () => said && (said.textContent = ''));
  }
}

async function write(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    return 'The browser does not allow it: select the text and copy it.';
  }
}
