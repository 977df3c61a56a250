import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { listProviderSettings } from '../../src/serve/config/provider-setting-list.js';
import { processSettings } from '../../src/serve/config/process-settings.js';
import { providerTable } from '../../src/serve/config/provider-table.js';
import { fragmentsOf } from '../docs/fragments.js';
import { itWithCommand } from './it-with-command.js';
import { readSnippet, withoutTls } from './proxies.js';
import { atEnd, startAll } from './support.js';

const run = promisify(execFile);

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  atEnd(() => Promise.resolve(rmSync(folder, { recursive: true })));
  return folder;
}

describe('docs/serve-deployment.md', () => {
  itWithCommand('systemd-analyze')('has a systemd unit that systemd accepts', async () => {
    const file = join(createFolder(), 'pay-checkout@.service');
    writeFileSync(file, readSnippet('ini').replace('/usr/bin/node', process.execPath));
    const { stderr } = await run('systemd-analyze', ['verify', file]);
    expect(stderr.split('\n').filter((line) => line.includes('pay-checkout'))).toEqual([]);
  });

  itWithCommand('apache2')('has a virtual host that Apache accepts', async () => {
    const folder = createFolder();
    const file = join(folder, 'apache.conf');
    // The page has TLS, whose files are not here. Debian keeps the modules in this folder.
    const modules = ['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http'];
    const lines = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
    const own = ['ServerName localhost', `DefaultRuntimeDir ${folder}`, `ErrorLog ${folder}/log`];
    const host = withoutTls(readSnippet('apache')).replace(/DocumentRoot .*/, `DocumentRoot ${folder}`);
    writeFileSync(file, [...lines, ...own, host].join('\n'));
    const { stderr } = await run('apache2', ['-t', '-f', file]);
    expect(stderr.trim()).toBe('Syntax OK');
  });

  it('has a health check in the Dockerfile that a running process passes, and a missing one fails', async () => {
    const { process: started } = await startAll();
    const [, json = ''] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(readSnippet('dockerfile')) ?? [];
    const [command, ...args] = JSON.parse(json) as string[];
    expect(command).toBe('node');
    const check = (url: string) =>
      run(
        process.execPath,
        args.map((arg) => arg.replace('http://127.0.0.1:8080', url)),
      );
    await expect(check(started.url)).resolves.toBeDefined();
    await expect(check(`${started.url}/absent`)).rejects.toThrow();
  });

  it('sets only variables that exist', () => {
    const settings = [
      ...processSettings,
      ...Object.entries(providerTable).flatMap(([name, table]) => Object.values(listProviderSettings(name, table))),
    ];
    const known = settings.flatMap(({ variable }) => [variable, `${variable}_FILE`]);
    const blocks = fragmentsOf('docs/serve-deployment.md').filter(({ language }) => /^(yaml|ini|dockerfile)$/.test(language));
    const set = blocks.flatMap(({ text }) => [...text.matchAll(/\b([A-Z]{2,}(?:_[A-Z]+)+)(?=[:=])/g)].map(([, name]) => name));
    expect(set.length).toBeGreaterThan(10);
    expect(known).toEqual(expect.arrayContaining(set));
  });
});
