/** Adds an empty frame at the provider's own host for each frame of the stand-in, because the stand-in's are of the page's origin. */
export function addHostFrames(host: string): void {
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    for (const node of added) if (node instanceof HTMLIFrameElement && !node.hidden) document.body.append(createFrame(host));
  }).observe(document, { childList: true, subtree: true });
}

function createFrame(host: string): HTMLIFrameElement {
  return Object.assign(document.createElement('iframe'), { hidden: true, src: `${host}/frame` });
}
