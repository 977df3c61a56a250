#!/usr/bin/env node
import { run } from './cli/run.js';

/** The exit code of a program whose output is no longer read, as in `| head`. It is not 0, because the check is incomplete. */
const brokenPipe = 141;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(brokenPipe);
});
process.exitCode = await run(process.argv.slice(2), { out: process.stdout, err: process.stderr });
