import { afterEach, beforeEach, expect, vi } from 'vitest';
import { backendSecret, serveShop, type Shop } from '../../../serve/support.js';
import { report, serve } from '../support.js';

beforeEach(() => {
  vi.stubEnv('PAY_BACKEND_SECRET', backendSecret);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

export const cookie = 'Cookie: visitor=ana';

export interface ShopReport {
  readonly code: number;
  /** The lines about the shop. */
  readonly lines: string[];
}

/** Checks a shop, and returns the lines about it. The endpoints before it are our own. */
export async function checkShop(shop: Shop, ...args: string[]): Promise<ShopReport> {
  const { url } = await serve();
  return reportShop(shop, ['check', url, '--provider', 'payme', '--environment', 'sandbox', ...args]);
}

/** Runs the command with both addresses of the shop. */
export async function reportShop(shop: Shop, args: readonly string[]): Promise<ShopReport> {
  const addresses = ['--backend', `${shop.url}/order`, '--outcome-backend', `${shop.url}/outcome`];
  const { code, text } = await report([...args, ...addresses]);
  for (const secret of [backendSecret, 'visitor=ana', 'ana@example.com', 'Prueba']) expect(text).not.toContain(secret);
  return { code, lines: text.split('\n').filter((line) => /^\w+ +(outcome )?backend |^\w+ +ready/.test(line)) };
}

/** Checks a shop whose answers are changed, with an order of its visitor. */
export async function checkSpoiltShop(intercept: Shop['intercept'], ...args: string[]): Promise<ShopReport> {
  const shop = await serveShop();
  shop.intercept = intercept;
  return checkShop(shop, '--order', 'A-1001', '--header', cookie, ...args);
}
