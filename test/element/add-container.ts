let containers: HTMLElement[] = [];

afterEach(() => {
  for (const container of containers) container.remove();
  containers = [];
});

/** Adds an element to the page that is removed after the test. */
export function addContainer<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  const container = document.body.appendChild(document.createElement(name));
  containers.push(container);
  return container;
}
