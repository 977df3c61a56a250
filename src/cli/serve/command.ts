import { readFileSync } from 'node:fs';
import { ConfigError } from '../../serve/config/config-error.js';
import { readConfig, type ServeConfig } from '../../serve/config/read-config.js';
import { createLogger } from '../../serve/monitoring/logger.js';
import { Monitor } from '../../serve/monitoring/monitor.js';
import { readStandIns } from '../../serve/stand-ins.js';
import { startProcess, type ServeProcess } from '../../serve/start-process.js';
import type { Command, ExitCode, Terminal } from '../command.js';
import { parseFlags } from '../parse-flags.js';
import { UsageError } from '../usage-error.js';
import { help } from './help.js';
import { waitForSignal } from '../wait-for-signal.js';

const flags = { config: { type: 'string' }, check: { type: 'boolean', default: false } } as const;

/** Serves the endpoints until the process is told to end. */
export const serveCommand: Command = {
  summary: 'serves the endpoints beside a shop in any language',
  help,
  async run(args, terminal) {
    const { values, positionals } = parseFlags(args, flags);
    if (positionals.length > 0) throw new UsageError('Expected `pay-checkout serve` without other arguments than options.');
    try {
      const json: unknown = values.config === undefined ? {} : readJson(values.config);
      const config = await readConfig({ variables: process.env, json }, readStandIns);
      if (values.check) return reportConfig(config, terminal);
      return await serveUntilSignal(config);
    } catch (error) {
      return reportFailure(error, terminal);
    }
  },
};

async function serveUntilSignal(config: ServeConfig): Promise<ExitCode> {
  const monitor = new Monitor(createLogger(config.logLevel));
  const running = await startProcess(config, monitor);
  monitor.logger.info({ url: running.url, providers: describeProviders(config) }, `Serving ${running.url}${config.basePath}/token`);
  return endAfterSignal(running, monitor, await waitForSignal());
}

/** Milliseconds: an operation may take 50 s. */
const patience = 55_000;

async function endAfterSignal(running: ServeProcess, { logger }: Monitor, signal: string): Promise<ExitCode> {
  logger.info({ signal }, 'Ending after the requests in progress.');
  const limit = setTimeout(() => {
    logger.error(`Some requests did not end within ${patience / 1000} s.`);
    process.exit(1);
  }, patience);
  await running.close();
  clearTimeout(limit);
  logger.info('Ended.');
  return 0;
}

/** @throws {UsageError} */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    const { code = 'it is not JSON' } = error as NodeJS.ErrnoException;
    throw new UsageError(`--config should name a JSON file, but reading ${JSON.stringify(file)} failed: ${code}.`);
  }
}

function reportConfig(config: ServeConfig, { out }: Terminal): ExitCode {
  const providers = Object.entries(describeProviders(config)).map(([name, environment]) => `${name} (${environment})`);
  out.write(`The configuration is valid. Providers: ${providers.join(', ')}.\n`);
  for (const warning of config.warnings) out.write(`warning: ${warning}\n`);
  return 0;
}

function describeProviders({ providers }: ServeConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(providers).map(([name, { environment }]) => [name, environment]));
}

function reportFailure(error: unknown, { err }: Terminal): ExitCode {
  if (error instanceof UsageError) throw error;
  const problems = error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : 'It failed.'];
  err.write(`pay-checkout serve cannot start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`);
  return 1;
}
