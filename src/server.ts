export { createPayEndpoints } from './server/endpoints.js';
export { Problem } from './server/problem.js';
export { OrderInvalid, OrderRefused } from './server/order-errors.js';
export { OperationNotSupported, OperationRefused } from './server/operations/operation-errors.js';
export { izipay } from './providers/izipay/server/adapter.js';
export { micuentaweb } from './providers/micuentaweb/server/adapter.js';
export { payme } from './providers/payme/server/adapter.js';
export { payroc } from './providers/payroc/server/adapter.js';
export { headTags } from './head/head-tags.js';
export { securityPolicy } from './head/security-policy.js';
export { version } from './shared/version.js';

export type { Environment } from './shared/environment.js';
export type { ConfirmedOutcome, Instructions, SettledOutcome } from './shared/endpoint-contract.js';
export type { IzipayOptions } from './providers/izipay/server/token-call.js';
export type { MicuentawebOptions } from './providers/micuentaweb/server/account.js';
export type { PaymeOptions } from './providers/payme/server/adapter.js';
export type { HeadTagsOptions } from './head/head-tags.js';
export type { ListedScript, SecurityPolicy, SecurityPolicyOptions } from './head/security-policy.js';
export type { SecureToken } from './providers/payroc/server/secure-token.js';
export type { PayrocOptions } from './providers/payroc/server/adapter.js';
export type { BearerCache } from './server/bearer-cache.js';
export type { BearerGrant } from './server/bearers.js';
export type { PayEndpoints } from './server/endpoints.js';
export type { IssuedToken, PayEndpointsOptions } from './server/endpoints-options.js';
export type { ErrorContext, Handler } from './server/handler.js';
export type { NotificationOptions, ReferenceQuery } from './server/notification-options.js';
export type { Buyer, BuyerField, BuyerInput } from './server/buyer.js';
export type { InputChange, TypedText } from './server/buyer-text.js';
export type { Order, OrderInput, OrderQuery } from './server/order.js';
export type { Ledger } from './server/operations/ledger.js';
export type { MoneyMove } from './server/operations/money-move.js';
export type { RefusalReason } from './server/operations/operation-errors.js';
export type { CancelRequest, ChargeRequest, MoveAmountRequest, PayOperations } from './server/operations/operation-types.js';
export type { PaymentStatus, RefundResult } from './server/operations/payment-status.js';
export type {
  Capabilities,
  Capability,
  ChargeContext,
  ListedRefund,
  MoneyOperation,
  MoveResult,
  OperationContext,
  OperationName,
  PaymentContext,
  PaymentRecord,
  ProviderOperations,
} from './server/operations/provider-operations.js';
export type { OrderFeature, OrderFeatures } from './server/order-features.js';
export type { Payment, PaymentDetails, PaymentNumbers, Refund, RefundState, SavedCard, StoredCard } from './server/payment.js';
export type { OutcomeReply, PaymentOutcome } from './server/payment-outcome.js';
export type { ProblemKind } from './server/problem.js';
export type { ReceivedBody } from './server/recover-body.js';
export type {
  ProviderMessage,
  ReceiveContext,
  ProviderContext,
  ReportedPayment,
  ServerContext,
  ServerProvider,
  ServerToken,
  ProviderWithoutNotifications,
  VerifiedOutcome,
  OutcomeName,
  OutcomeReason,
  Store,
  StoredValue,
  VerifyContext,
} from './server/provider.js';
export type { ShopperMessageOptions } from './server/shopper-message.js';
export type { BreakerState, PayEvent } from './server/event-reporter.js';
export type { OutcomeRule } from './server/outcome-rules.js';
export type { Fetch, ErrorReason, Send, UpstreamCall } from './server/upstream.js';
