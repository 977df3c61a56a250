import type { ServerProvider } from '../../src/server.js';
import type { Faults } from '../faults/fault.js';
import type { Currency } from '../orders.js';

/** Credentials, by the names of the server provider's options. */
export type Account = Readonly<Record<string, string>>;

/** A card number of the stand-in, and the outcome of a payment with it. */
export interface Card {
  readonly number: string;
  readonly es: string;
  readonly en: string;
}

/** One provider in the demo: its account in the merchant's backend, and its form in the page. */
export interface DemoProvider {
  readonly title: string;
  /** The provider's own name for the environment of an account. */
  readonly sandbox: string;
  /** The currency of the shop's orders. */
  readonly currency: Currency;
  /** Whether it requires the buyer of an order. */
  readonly takesBuyer: boolean;
  /** The sentence about the provider on the shop's page. */
  readonly lead: string;
  /** The environment variable of each credential, by the name of the option. */
  readonly variables: Account;
  /** The same for the options that an account may omit. */
  readonly optional?: Account;
  /** A sentence about the account, for `.env.example`. */
  readonly accountNote?: string;
  /** The sample values of the documentation. The stand-in accepts no others. */
  readonly sample: Account;
  create(account: Account): ServerProvider;
  /** The shop shows `approved`, `declined` and `pending`; the playground shows all. */
  readonly cards: Readonly<Record<string, Card>>;
  /** An example of display options, in the provider's own format. */
  readonly config: object;
  /** Types a card into the form inside `container` and focuses the pay button. The shopper then clicks it. */
  fillIn(container: HTMLElement, number: string): void;
  /** The faults of the stand-in, by their names in `?fault=`. */
  readonly faults: Faults;
}

interface Definition<Option extends string> extends DemoProvider {
  readonly variables: Readonly<Record<NoInfer<Option>, string>>;
  readonly sample: Readonly<Record<Option, string>>;
  create(account: Readonly<Record<NoInfer<Option>, string>>): ServerProvider;
}

/** Lets the compiler check that each option has a variable and a sample. */
export function defineProvider<Option extends string>(provider: Definition<Option>): DemoProvider {
  return provider;
}

export function card(number: string, es: string, en: string): Card {
  return { number, es, en };
}
