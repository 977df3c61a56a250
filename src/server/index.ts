export { createPayEndpoints } from './endpoints.js';
export { Problem } from './problem.js';
export { OrderInvalid, OrderRefused } from './refusals.js';
export { izipay } from '../providers/izipay/server.js';
export { payme } from '../providers/payme/server.js';
export { payroc } from '../providers/payroc/server.js';
export { headTags } from '../providers/head-tags.js';
export { securityPolicy } from '../providers/security-policy.js';
export { version } from '../version.js';

export type { Environment } from '../providers/provider.js';
export type { IzipayOptions } from '../providers/izipay/server-calls.js';
export type { PaymeOptions } from '../providers/payme/server.js';
export type { HeadTagsOptions } from '../providers/head-tags.js';
export type { ListedScript, SecurityPolicy, SecurityPolicyOptions } from '../providers/security-policy.js';
export type { SecureToken } from '../providers/payroc/server-save.js';
export type { PayrocOptions } from '../providers/payroc/server.js';
export type { BearerCache, BearerGrant } from './bearer.js';
export type { PayEndpoints, PayEndpointsOptions } from './endpoints.js';
export type { ArrivalOptions, ReferenceQuery } from './notifications.js';
export type { Buyer, Order, OrderQuery } from './order.js';
export type { ToldOutcome } from './outcomes.js';
export type { ProblemKind } from './problem.js';
export type {
  Message,
  MessageContext,
  ProviderContext,
  Received,
  ServerContext,
  ServerProvider,
  ServerToken,
  SilentProvider,
  Verdict,
  VerdictReason,
  VerifyContext,
} from './provider.js';
export type { PayEvent } from './trace.js';
export type { Fetch, Reason, Send, UpstreamCall } from './upstream.js';
