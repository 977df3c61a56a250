import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { csrf } from 'hono/csrf';
import type { StandIns } from '../../testing/stand-ins.js';
import { isLoopbackUrl } from './loopback.js';
import { servePage } from './serve-page.js';
import { serveNotifications } from './serve-notifications.js';
import { readSettings } from './read-settings.js';

export interface AppOptions {
  readonly standIns: StandIns;
  /** The text of `/stand-ins.js`. */
  readonly pageScript: string;
  /** Reads the text of `/pay-checkout.min.js`. */
  readonly readElement: () => Promise<string>;
}

const script = { 'Content-Type': 'text/javascript;charset=utf-8', 'Cache-Control': 'no-store' };

/** Serves the stand-ins to pages and backends of this machine. */
export function createApp({ standIns, pageScript, readElement }: AppOptions): Hono {
  const app = new Hono();
  app.use(requireLoopbackHost);
  app.use(cors({ origin: (origin) => (isLoopbackUrl(origin) ? origin : undefined) }));
  app.all('/stand-in/*', ({ req }) => standIns.handle(req.raw));
  app.get('/stand-ins.js', (context) => context.body(pageScript, 200, script));
  app.get('/pay-checkout.min.js', async (context) => context.body(await readElement(), 200, script));
  app.get('/settings', async (context) => context.json(await readSettings(standIns)));
  // Other sites cannot send what the page's own forms and the command `notify` send.
  app.use('/payments', csrf());
  app.use('/notifications', csrf());
  app.route('/notifications', serveNotifications(standIns));
  app.route('/', servePage(standIns));
  app.onError((error, context) => ('getResponse' in error ? error.getResponse() : context.text(`${error.message}\n`, 500)));
  return app;
}

/** A page of another site can point its own host name at this machine, and would then have this origin. */
const requireLoopbackHost: MiddlewareHandler = async ({ req, text }, next) => {
  if (isLoopbackUrl(req.url)) return next();
  return text('The stand-ins answer on loopback hosts only, such as 127.0.0.1.\n', 403);
};
