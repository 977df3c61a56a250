export { createPayEndpoints } from './server/endpoints.js';
export { Problem } from './server/problem.js';
export { OrderInvalid, OrderRefused } from './server/refusals.js';
export { izipay } from './providers/izipay/server/adapter.js';
export { payme } from './providers/payme/server/adapter.js';
export { payroc } from './providers/payroc/server/adapter.js';
export { headTags } from './head/head-tags.js';
export { securityPolicy } from './head/security-policy.js';
export { version } from './shared/version.js';

export type { Environment } from './shared/environment.js';
export type { IzipayOptions } from './providers/izipay/server/calls.js';
export type { PaymeOptions } from './providers/payme/server/adapter.js';
export type { HeadTagsOptions } from './head/head-tags.js';
export type { ListedScript, SecurityPolicy, SecurityPolicyOptions } from './head/security-policy.js';
export type { SecureToken } from './providers/payroc/server/save.js';
export type { PayrocOptions } from './providers/payroc/server/adapter.js';
export type { BearerCache, BearerGrant } from './server/bearer.js';
export type { PayEndpoints, PayEndpointsOptions } from './server/endpoints.js';
export type { ArrivalOptions, ReferenceQuery } from './server/notifications.js';
export type { Buyer, Order, OrderQuery } from './server/order.js';
export type { ToldOutcome } from './server/outcomes.js';
export type { ProblemKind } from './server/problem.js';
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
} from './server/provider.js';
export type { PayEvent } from './server/trace.js';
export type { Fetch, Reason, Send, UpstreamCall } from './server/upstream.js';
