import { execFileSync } from 'node:child_process';
import { isInstalled } from '../support/interpreter.js';

/** A shop in `samples/`. */
export interface Sample {
  readonly name: string;
  /** What it needs beside this project. */
  readonly needs: string;
  readonly isInstalled: boolean;
  /** Prepares its folder before the first start. */
  prepare?(this: void, folder: string, env: NodeJS.ProcessEnv): void;
  /** Serves it on a free port, which it prints. */
  readonly command: readonly [string, ...string[]];
  /** The status of an order without a CSRF token, if the framework has such tokens. */
  readonly refusesWithoutCsrfToken?: number;
}

/** The first Python that has Django: Debian's own, beside another one in the path. */
const python = ['python3', '/usr/bin/python3'].find((command) => isInstalled(command, ['-c', 'import django']));

const serveDjango = `
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server
from shop.wsgi import application

class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

server = make_server("127.0.0.1", 0, application, Server)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
`;

const servePhp = ['php', '-S', '127.0.0.1:0', '-t', 'public'] as const;

export const samples: readonly Sample[] = [
  { name: 'php', needs: 'php', isInstalled: isInstalled('php'), command: servePhp },
  {
    name: 'laravel',
    needs: 'php-laravel-framework',
    isInstalled: isInstalled('php', ['-r', "require 'Illuminate/autoload.php';"]),
    command: servePhp,
    refusesWithoutCsrfToken: 419,
  },
  {
    name: 'django',
    needs: 'python3-django',
    isInstalled: python !== undefined,
    prepare: (folder, env) => execFileSync(python!, ['manage.py', 'migrate'], { cwd: folder, env, stdio: 'pipe' }),
    command: [python ?? 'python3', '-c', serveDjango],
    refusesWithoutCsrfToken: 403,
  },
];
