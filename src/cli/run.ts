import { version } from '../shared/version.js';
import type { Command, ExitCode, Terminal } from './command.js';
import { commands, isCommandName } from './commands.js';
import { UsageError } from './usage-error.js';

/** Runs the command and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...others] = args;
  if (isCommandName(name)) return runCommand(await commands[name](), others, terminal);
  const { out, err } = terminal;
  if (name === '--version') return print(out, `${version}\n`);
  if (name === '--help' || name === '-h') return print(out, await listCommands());
  err.write(`${describeMistake(name)}\n\n${await listCommands()}`);
  return 2;
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (args.includes('--help') || args.includes('-h')) return print(terminal.out, command.help);
  if (args.includes('--version')) return print(terminal.out, `${version}\n`);
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err.write(`${error.message}\n\n${command.help}`);
    return 2;
  }
}

function print(out: Terminal['out'], text: string): 0 {
  out.write(text);
  return 0;
}

function describeMistake(name: string | undefined): string {
  const expected = `Expected one of the commands ${Object.keys(commands).join(', ')}`;
  return name === undefined ? `${expected}.` : `${expected}, but found ${JSON.stringify(name.slice(0, 40))}.`;
}

async function listCommands(): Promise<string> {
  const all = Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(10)} ${(await load()).summary}\n`);
  return `pay-checkout <command> [options]\n\n${(await Promise.all(all)).join('')}\n\`pay-checkout <command> --help\` lists its options.\n`;
}
