import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';

const name = 'visitor';

/** Whose browser it is, or nobody that we know. */
export function visitorOf(request: Request): string | undefined {
  return parse(request.headers.get('Cookie') ?? '', name)[name];
}

/** Gives a browser that comes for the first time a name of its own. */
export function welcome(context: Context): string {
  const visitor = visitorOf(context.req.raw) ?? crypto.randomUUID();
  setCookie(context, name, visitor, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return visitor;
}
