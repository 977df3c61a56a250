export interface Tabs {
  readonly list: HTMLElement;
  readonly panel: HTMLElement;
  readonly titles: Readonly<Record<string, string>>;
  onChoice(name: string): void;
}

/** Creates tabs by the ARIA Authoring Practices: the arrow keys move the choice, and the Tab key only stops at the chosen tab. */
export function makeTabs({ list, panel, titles, onChoice }: Tabs): { choose(name: string): void } {
  const tabs = Object.entries(titles).map(([name, title]) => tabOf(name, title, panel));
  const choose = (chosen: string) => {
    for (const tab of tabs) {
      const isChosen = tab.dataset.name === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen) panel.setAttribute('aria-labelledby', tab.id);
    }
  };
  list.replaceChildren(...tabs);
  list.addEventListener('click', ({ target }) => {
    const { name } = (target as HTMLElement).dataset;
    if (name) onChoice(name);
  });
  list.addEventListener('keydown', (event) => {
    const next = tabs.at(placeAfter(event.key, tabs.indexOf(event.target as HTMLElement), tabs.length));
    if (!next || next === event.target) return;
    event.preventDefault();
    next.focus();
    next.click();
  });
  return { choose };
}

function tabOf(name: string, title: string, panel: HTMLElement): HTMLElement {
  const tab = document.createElement('button');
  Object.assign(tab, { type: 'button', role: 'tab', id: `tab-${name}`, textContent: title });
  tab.setAttribute('aria-controls', panel.id);
  tab.dataset.name = name;
  return tab;
}

function placeAfter(key: string, place: number, count: number): number {
  const places: Record<string, number> = { ArrowRight: (place + 1) % count, ArrowLeft: place - 1, Home: 0, End: count - 1 };
  return places[key] ?? place;
}
