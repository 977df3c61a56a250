import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';

const name = 'visitor';

/** Returns the visitor who sent the request, or `undefined` if the visitor is unknown. */
export function visitorOf(request: Request): string | undefined {
  return parse(request.headers.get('Cookie') ?? '', name)[name];
}

/** Sets the cookie of a new visitor, and returns the visitor's name. */
export function welcome(context: Context): string {
  const visitor = visitorOf(context.req.raw) ?? crypto.randomUUID();
  setCookie(context, name, visitor, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return visitor;
}
