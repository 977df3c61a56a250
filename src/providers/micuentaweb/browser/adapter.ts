import { transform, union } from '../../../shared/zod-schemas.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { Provider, ProviderToken } from '../../provider.js';
import { brandAssets } from '../brands.js';
import { micuentawebConfig, tokenAnswer, tokenLifetime, type MicuentawebConfig, type TokenAnswer } from '../contract.js';
import { openForm } from './open-form.js';

/** The adapter of Lyra's embedded form, for each brand with its own assets. Card data stays in Lyra's frames. A page can have one form at a time. */
export const micuentaweb: Provider<MicuentawebConfig> = {
  assets: brandAssets.micuentaweb,
  token: union(canonicalToken, transform(tokenAnswer, readToken)),
  config: micuentawebConfig,
  lifetime: tokenLifetime,
  agesWhileOpen: true,
  mount: openForm,
};

/** Reads Lyra's own answer, which reports failures with status 200. An endpoint may add `config`. */
function readToken({ status, answer, config }: TokenAnswer): ProviderToken {
  const { formToken, errorCode, errorMessage } = answer;
  if (status === 'SUCCESS' && formToken) return { token: formToken, ...(config ? { config: config as Record<string, unknown> } : {}) };
  return { refusal: [errorCode, errorMessage].filter(Boolean).join(': ') || 'The answer holds no token.' };
}
