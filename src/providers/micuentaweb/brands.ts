import { createAssets } from './assets.js';
import { pageHosts, type Brand } from './hosts.js';
import { createSecurity } from './security.js';

function mapBrands<Value>(create: (brand: Brand) => Value): Readonly<Record<Brand, Value>> {
  return Object.fromEntries((Object.keys(pageHosts) as Brand[]).map((brand) => [brand, create(brand)])) as Record<Brand, Value>;
}

/** The assets of each brand, by its provider name. */
export const brandAssets = mapBrands(createAssets);

/** The security facts of each brand, by its provider name. A script tag needs none of them. */
export const brandSecurity = /* @__PURE__ */ mapBrands(createSecurity);
