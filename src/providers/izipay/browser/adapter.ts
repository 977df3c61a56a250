import { transform, lazySchema, union } from '../../../shared/zod-schemas.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { Provider, ProviderToken } from '../../provider.js';
import { assets } from '../assets.js';
import { approved, izipayConfig, lifetimeOfToken, tokenAnswer, tokenLifetime } from '../contract.js';
import type { IzipayConfig, TokenAnswer } from '../contract.js';
import { openForm, typeFormOf } from './open-form.js';

/** Izipay web-core. Card data stays in its own frame; one form at a time on a page. */
export const izipay: Provider<IzipayConfig> = {
  assets,
  token: lazySchema(() => union(transform(canonicalToken.shape, withLifetime), transform(tokenAnswer.shape, fromAnswer))),
  config: izipayConfig,
  lifetime: tokenLifetime,
  agesWhileOpen: true,
  needsGesture: (config) => typeFormOf(config) !== 'embedded',
  mount: openForm,
};

/** A 200 may say that it failed. */
function fromAnswer({ code, message, response, config }: TokenAnswer): ProviderToken {
  if (code !== approved || !response.token) return { refusal: message ?? 'The answer holds no token.' };
  return withLifetime({ token: response.token, ...(config ? { config: config as Record<string, unknown> } : {}) });
}

type Given = Extract<ProviderToken, { token: string }>;

/** The token's own word for its life needs no clock, and nobody's word makes it longer. */
function withLifetime(given: Given): Given {
  const lifetime = lifetimeOfToken(given.token);
  if (lifetime === undefined || (given.expiresIn === undefined && given.expiresAt !== undefined)) return given;
  return { ...given, expiresIn: Math.min(lifetime, Number(given.expiresIn ?? lifetime)) };
}
