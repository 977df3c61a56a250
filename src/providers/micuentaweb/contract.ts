import { custom, lazySchema, looseObject, optional, string, type Infer } from '../../shared/zod-schemas.js';

export { apiHosts, apiPath, pageHosts, scriptPath, type Brand } from './hosts.js';

/** Seconds that a form token lives (documentation, "formToken": 15 minutes). Using it does not renew it. */
export const tokenLifetime = 900;

/** Codes that mean that a form token has expired. Lyra's plugins treat three of them so; the true one of the live API is not known. */
export const expiredCodes: readonly unknown[] = ['PSP_108', 'PSP_136', 'PSP_649', 'INT_903'];

/** The form of a public key: the shop's number, and its environment in the rest (Lyra's `embedded-form-glue`). */
export const publicKeyPattern = /^\d{2,8}:(test)?publickey_.+$/;

/** What the library's answer to a payment is signed with (documentation, "Check the payment's signature"). */
export const hashAlgorithm = 'sha256_hmac';

/** Lyra's answer to `Charge/CreatePayment`. It reports failures with status 200. */
export const tokenAnswer = lazySchema(() =>
  looseObject({
    status: string(),
    answer: looseObject({ formToken: optional(string()), errorCode: optional(string()), errorMessage: optional(string()) }),
  }),
);

export type TokenAnswer = Infer<typeof tokenAnswer>;

/** Options of the library that would navigate, or that the adapter sets itself. */
const ownOptions = /^kr-(post|get)-url-|^kr-(form-token|public-key|spa-mode)$/;

/**
 * The config that the form needs to open, merged from the page and the endpoint. Keys that begin with `kr-` are options of the
 * library, such as `kr-placeholder-pan`.
 */
export const micuentawebConfig = lazySchema(() =>
  looseObject({
    publicKey: custom<string>((value) => typeof value === 'string' && publicKeyPattern.test(value), 'should be the public key of the shop'),
    form: optional(custom<'cards' | 'smart'>((value) => value === 'cards' || value === 'smart', 'should be cards or smart')),
  }),
);

export type MicuentawebConfig = Infer<typeof micuentawebConfig>;

/** Whether a key of `config` is an option that the adapter passes to the library. */
export function isLibraryOption(key: string): boolean {
  return key.startsWith('kr-') && !ownOptions.test(key);
}
