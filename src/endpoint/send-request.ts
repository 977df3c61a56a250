import type { TokenRequest } from '../shared/endpoint-contract.js';
import { Request } from '../shared/natives.js';
import { fetchResponse } from './fetch-response.js';
import type { PostInit } from './post-json.js';

/** Replaces `fetch`, for example to add a header or to call a function of the shop. A plain object counts as the response's JSON. */
export type RequestFunction = (request: Request, context: RequestContext) => Promise<Response | object>;

export interface RequestContext extends TokenRequest {
  /** Counts from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/** Sends a request by the page's own function, if it has set one; else by `fetch`. */
export function sendRequest(
  url: string,
  init: PostInit,
  context: Omit<RequestContext, 'signal'>,
  custom: RequestFunction | undefined,
): Promise<Response | object> {
  return custom ? custom(new Request(url, init), { ...context, signal: init.signal }) : fetchResponse(url, init);
}
