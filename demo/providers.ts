import { izipay, payme, payroc, type ServerProvider } from '../src/server.js';
import { providerNames, type ProviderName } from '../src/testing/providers.js';
import type { Currency } from './orders.js';

/** Credentials, by the option that takes them. */
export type Account = Readonly<Record<string, string>>;

/** One provider, seen from the merchant's backend. The page's half of it stands in `forms.ts`. */
export interface DemoProvider {
  readonly title: string;
  /** What the provider calls the environment that an account leads to. */
  readonly sandbox: string;
  /** What the shop is paid in with it. */
  readonly currency: Currency;
  /** Whether it takes the buyer of an order, too. */
  readonly takesBuyer: boolean;
  /** What the shop's page says of it. */
  readonly lead: string;
  /** The environment variables that name the merchant's account, by the option that takes them. */
  readonly variables: Account;
  /** The same for what an account may do without. */
  readonly optional?: Account;
  /** The sample values of the documentation; the stand-in takes no others. */
  readonly sample: Account;
  create(account: Account): ServerProvider;
  /** The stand-in's library as a classic script, in `src/testing/`. */
  readonly script: string;
}

interface Entry<Option extends string> extends DemoProvider {
  readonly variables: Readonly<Record<NoInfer<Option>, string>>;
  readonly sample: Readonly<Record<Option, string>>;
  create(account: Readonly<Record<NoInfer<Option>, string>>): ServerProvider;
}

/** Has the compiler see to it that each option has a variable and a sample. */
function entry<Option extends string>(provider: Entry<Option>): DemoProvider {
  return provider;
}

export const providers: Readonly<Record<ProviderName, DemoProvider>> = {
  payme: entry({
    title: 'Pay-me',
    sandbox: 'pre-production (sandbox)',
    currency: 'PEN',
    takesBuyer: true,
    lead: 'Tarjeta, Yape, QR o transferencia. No guardamos los datos de tu tarjeta.',
    variables: { clientId: 'PAYME_CLIENT_ID', clientSecret: 'PAYME_CLIENT_SECRET', merchantCode: 'PAYME_MERCHANT_CODE' },
    optional: { audience: 'PAYME_AUDIENCE' },
    sample: { clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: 'your_merchant_code' },
    create: payme,
    script: 'payme/script.ts',
  }),
  izipay: entry({
    title: 'Izipay',
    sandbox: 'sandbox',
    currency: 'PEN',
    takesBuyer: true,
    lead: 'Tarjeta de crédito o débito. No guardamos los datos de tu tarjeta.',
    variables: {
      merchantCode: 'IZIPAY_MERCHANT_CODE',
      publicKey: 'IZIPAY_PUBLIC_KEY',
      hashKey: 'IZIPAY_HASH_KEY',
      keyRSA: 'IZIPAY_KEY_RSA',
    },
    sample: { merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' },
    create: izipay,
    script: 'izipay/script.ts',
  }),
  payroc: entry({
    title: 'Payroc',
    sandbox: 'UAT (sandbox)',
    currency: 'USD',
    takesBuyer: false,
    lead: 'Tarjeta de crédito o débito, en dólares. No guardamos los datos de tu tarjeta.',
    variables: { apiKey: 'PAYROC_API_KEY', processingTerminalId: 'PAYROC_PROCESSING_TERMINAL_ID' },
    sample: { apiKey: 'your_api_key', processingTerminalId: '1234001' },
    create: payroc,
    script: 'payroc/script.ts',
  }),
};

export { providerNames, type ProviderName };
