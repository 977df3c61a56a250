export { createPayEndpoints } from './endpoints.js';
export { OrderRefused } from './order.js';
export { Problem } from './problem.js';
export { izipay } from '../providers/izipay/server.js';
export { payme } from '../providers/payme/server.js';
export { payroc } from '../providers/payroc/server.js';

export type { Environment } from '../providers/provider.js';
export type { IzipayOptions } from '../providers/izipay/server-calls.js';
export type { PaymeOptions } from '../providers/payme/server.js';
export type { SecureToken } from '../providers/payroc/server-save.js';
export type { PayrocOptions } from '../providers/payroc/server.js';
export type { BearerCache, BearerGrant } from './bearer.js';
export type { PayEndpoints, PayEndpointsOptions, ToldOutcome } from './endpoints.js';
export type { Buyer, Order, OrderQuery } from './order.js';
export type { ProblemKind } from './problem.js';
export type { ServerContext, ServerProvider, ServerToken, VerifyContext } from './provider.js';
export type { Fetch, Reason, Send, UpstreamCall } from './upstream.js';
