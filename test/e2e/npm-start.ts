import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { providerNames, providers } from '../../demo/providers/index.js';
import { forEachProvider } from '../../src/testing/providers.js';

/** As the environment names it: the sample account of each provider. */
export const accounts = forEachProvider((name) => {
  const { variables, sample } = providers[name];
  return Object.fromEntries(Object.entries(variables).map(([option, variable]) => [variable, sample[option]]));
});
export const all: NodeJS.ProcessEnv = Object.fromEntries(Object.values(accounts).flatMap((account) => Object.entries(account)));
/** Wins over what a `.env` file says. */
export const none: NodeJS.ProcessEnv = Object.fromEntries(Object.keys(all).map((name) => [name, '']));

export interface NpmStart {
  /** The shop's and the playground's address, which ends with a slash; empty where it did not come so far. */
  readonly url: string;
  /** All that it has said. */
  readonly said: string;
  /** Ends it. @returns its exit code, or none where the signal was what ended it */
  close(this: void, signal?: NodeJS.Signals): Promise<number | null>;
}

/** `npm start`, until it has said what it has to say, or has ended. */
export async function npmStart(env: NodeJS.ProcessEnv): Promise<NpmStart> {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  const [, ...args] = scripts.start.split(' ');
  // The runner sets NODE_ENV, which lit's bundle would follow.
  const child = spawn(process.execPath, args, { env: { ...process.env, NODE_ENV: '', PORT: '0', ...env } });
  let said = '';
  const isDone = new Promise<void>((resolve) => {
    const hear = (bytes: Buffer) => {
      said += String(bytes);
      if (saysAll(said)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', hear);
  });
  const closed = once(child, 'close').then(([code]) => code as number | null);
  await Promise.race([isDone, closed]);
  const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? '';
  return { url, said, close: (signal = 'SIGTERM') => (child.kill(signal), closed) };
}

/** It may come in pieces. */
function saysAll(text: string): boolean {
  return providerNames.every((name) => text.includes(`${providers[name].title}:`)) && text.endsWith('\n');
}
