import { asObject, asText, refuseUnless } from '../http.js';
import type { Call, SingleUse } from './account.js';

/** @throws {Refusal} 400 for a token that is unknown, spent or expired; the real response is not published */
export function spendSingleUseToken({ account }: Call, method: unknown, isBank?: boolean): SingleUse {
  const { type, token } = asObject(method) ?? {};
  refuseUnless(type === 'singleUseToken', 400, 'The type should be singleUseToken.');
  const known = account.singleUse.get(asText(token));
  refuseUnless(
    known && !known.used && account.settings.now() < known.expiresAtMs,
    400,
    'The single-use token is unknown, used or expired.',
  );
  refuseUnless(isBank === undefined || isBank === known.isBank, 400, 'The single-use token is for another kind of payment.');
  known.used = true;
  return known;
}
