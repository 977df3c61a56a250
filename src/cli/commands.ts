import type { Command } from './command.js';

/** Loads each command when it runs, because `serve` needs libraries that the others do not. */
export const commands = {
  check: async () => (await import('./check/command.js')).checkCommand,
  notify: async () => (await import('./notify/command.js')).notifyCommand,
  serve: async () => (await import('./serve/command.js')).serveCommand,
  'stand-ins': async () => (await import('./stand-ins/command.js')).standInsCommand,
} satisfies Record<string, () => Promise<Command>>;

export type CommandName = keyof typeof commands;

export function isCommandName(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}
