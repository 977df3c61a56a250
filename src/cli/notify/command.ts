import type { Command } from '../command.js';
import { help } from './help.js';
import { readArguments } from './read-arguments.js';
import { requestNotification } from './request-notification.js';

/** Sends the notification of a payment at the running stand-ins. */
export const notifyCommand: Command = {
  summary: "sends a stand-in's notification about a payment to your backend",
  help,
  async run(args, { out, err }) {
    const { message, taken } = await requestNotification(readArguments(args));
    (taken ? out : err).write(`${message}\n`);
    return taken ? 0 : 1;
  },
};
