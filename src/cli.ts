#!/usr/bin/env node
import { run } from './cli/run.js';

/** What a shell tells of a program whose reader has left, as in `| head`. It is not 0: not everything was looked at. */
const readerLeft = 141;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(readerLeft);
});
process.exitCode = await run(process.argv.slice(2), { out: process.stdout, err: process.stderr });
