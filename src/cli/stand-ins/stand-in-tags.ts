/** Returns the lines of a page that use the stand-ins. The first one has no `defer`, so it runs before any element starts. */
export function standInTags(origin: string): string {
  return `<script src="${origin}/stand-ins.js"></script>\n<script src="${origin}/pay-checkout.min.js" defer></script>`;
}
