import { transform, union } from '../../../shared/zod-schemas.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { Provider, ProviderToken } from '../../provider.js';
import { assets } from '../assets.js';
import { approvedCode, izipayConfig, readTokenLifetime, tokenAnswer, tokenLifetime } from '../contract.js';
import type { IzipayConfig, TokenAnswer } from '../contract.js';
import { openForm, getTypeForm } from './open-form.js';

/** The adapter of Izipay web-core. Card data stays in Izipay's frame. A page can have one form at a time. */
export const izipay: Provider<IzipayConfig> = {
  assets,
  token: union(transform(canonicalToken, limitLifetime), transform(tokenAnswer, readToken)),
  config: izipayConfig,
  lifetime: tokenLifetime,
  agesWhileOpen: true,
  needsGesture: (config) => getTypeForm(config) !== 'embedded',
  mount: openForm,
};

/** Reads Izipay's own answer, which may report a failure with status 200. */
function readToken({ code, message, response, config }: TokenAnswer): ProviderToken {
  if (code !== approvedCode || !response.token) return { refusal: message ?? 'The answer holds no token.' };
  return limitLifetime({ token: response.token, ...(config ? { config: config as Record<string, unknown> } : {}) });
}

type IssuedToken = Extract<ProviderToken, { token: string }>;

/** Limits `expiresIn` to the lifetime in the token, which needs no clock. */
function limitLifetime(issued: IssuedToken): IssuedToken {
  const lifetime = readTokenLifetime(issued.token);
  if (lifetime === undefined || (issued.expiresIn === undefined && issued.expiresAt !== undefined)) return issued;
  return { ...issued, expiresIn: Math.min(lifetime, Number(issued.expiresIn ?? lifetime)) };
}
