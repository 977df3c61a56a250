/**
 * Reads the hash of `pay-checkout.min.js`. The static playground contains it; the demo's server may have to build the file first.
 */
export async function readIntegrity(): Promise<string | undefined> {
  const { integrity } = document.documentElement.dataset;
  if (integrity) return integrity;
  const answer = await fetch('/script-integrity');
  return answer.ok ? answer.text() : undefined;
}
