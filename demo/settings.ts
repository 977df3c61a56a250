import { providerNames, providers, type ProviderName } from './providers/index.js';
import type { Account } from './providers/provider.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** The merchant's accounts by provider. A provider without one uses its stand-in. */
export type Accounts = Partial<Record<ProviderName, Account>>;

/**
 * Reads the accounts from the environment variables.
 *
 * @throws {Error} if an account is incomplete
 */
export function readAccounts(env: Env): Accounts {
  return Object.fromEntries(providerNames.map((name) => [name, readAccount(name, env)]));
}

function readAccount(provider: ProviderName, env: Env): Account | undefined {
  const { title, variables, optional } = providers[provider];
  const names = Object.values(variables);
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) throw new Error(`For ${title}'s sandbox, ${missing.join(' and ')} should be set too; see .env.example.`);
  const all = Object.entries({ ...variables, ...optional }).map(([option, name]) => [option, env[name]]);
  return Object.fromEntries(all.filter(([, value]) => value)) as Account;
}

/** @throws {Error} if the value is not a port */
export function readPort(env: Env): number {
  const port = Number(env.PORT || 5173);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`PORT should be a number up to 65535, but was ${env.PORT}.`);
}

/** Describes each provider's account or stand-in in one line, without credentials. */
export function describe(accounts: Accounts): string[] {
  return providerNames.map((name) => {
    const { title, sandbox, variables } = providers[name];
    if (accounts[name]) return `${title}: ${sandbox}, with the account from the environment`;
    return `${title}: stand-in (no account needed; set ${Object.values(variables)[0]} … for the sandbox, see .env.example)`;
  });
}
