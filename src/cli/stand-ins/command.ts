import { createStandIns } from '../../testing/stand-ins.js';
import type { Command, ExitCode, Terminal } from '../command.js';
import { describeAddresses } from './describe-addresses.js';
import { help } from './help.js';
import { readArguments } from './read-arguments.js';
import { readElement } from './read-element.js';
import { PortTaken, start, type Running } from './start.js';
import { waitForSignal } from '../wait-for-signal.js';

/** Serves the stand-ins until the process is ended. */
export const standInsCommand: Command = {
  summary: 'serves the imitated providers for a backend and a page in any language',
  help,
  run: (args, terminal) => serve(readArguments(args).port, terminal, waitForSignal),
};

/** @param untilEnd resolves when the server should end */
export async function serve(port: number, { out, err }: Terminal, untilEnd: () => Promise<unknown>): Promise<ExitCode> {
  try {
    const running = await startHere(port);
    out.write(describeAddresses(running.url));
    await untilEnd();
    await running.close();
    return 0;
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    err.write(`${error.message}\n`);
    return 1;
  }
}

async function startHere(port: number): Promise<Running> {
  // Loaded here, because only a bundler can read the texts of the scripts.
  const { pageScript, scripts } = await import('../../testing/scripts.js');
  return start({ port, standIns: createStandIns({ scripts }), pageScript, readElement });
}
