// Comes first in a page that a server has rendered.
import 'pay-checkout';
import { useStandIns } from '../../../src/testing.js';

useStandIns({ assets: '/stand-in/' });

/** What the framework has said against what it found. */
export const complaints: string[] = [];
Object.assign(window, { complaints });
for (const level of ['error', 'warn'] as const) {
  console[level] = (...args: unknown[]) => {
    if (!String(args[0]).startsWith('Lit is in dev mode')) complaints.push(args.map(String).join(' '));
  };
}

/** Hydrates as late as can be: the shopper could pay already, or the element waits for hydration. */
export function whenReady(hydrate: (place: HTMLElement) => void): void {
  const place = document.getElementById('app')!;
  if (place.querySelector('pay-checkout')?.hidden) setTimeout(hydrate, 0, place);
  else document.addEventListener('pay-ready', () => hydrate(place), { once: true });
}
