import type { StandInApi } from '../../testing/api.js';
import type { ProviderName } from '../../testing/providers.js';
import type { StandInPayment } from '../../testing/stand-in-payment.js';
import type { StandIns } from '../../testing/stand-ins.js';
import { isLoopbackUrl } from './loopback.js';
import { NotificationRefused } from './notification-refused.js';
import { postNotification } from './post-notification.js';

export interface NotificationTarget {
  readonly provider: ProviderName;
  /** `payment.id`. Default: the newest payment. */
  readonly payment?: string;
  /** An address on loopback. Default: that of `chooseAddress`. */
  readonly to?: string;
}

export interface SentNotification {
  readonly title: string;
  readonly payment: string;
  readonly order: string;
  readonly state: string;
  readonly to: string;
  /** The HTTP status of the response, or absent if there was none. */
  readonly status?: number;
}

/** Returns the address in the token of a payment, if it is on loopback; else that of `pay-checkout serve` with its defaults. */
export function chooseAddress(provider: ProviderName, { notificationUrl = '' }: StandInPayment): string {
  return isLoopbackUrl(notificationUrl) ? notificationUrl : `http://127.0.0.1:8080/api/pay/notifications/${provider}`;
}

/**
 * Sends the provider's signed notification about a payment.
 *
 * @throws {NotificationRefused}
 */
export async function sendNotification(
  standIns: StandIns,
  { provider, payment: id, to: address }: NotificationTarget,
): Promise<SentNotification> {
  const api: StandInApi = standIns[provider];
  if (!api.notification) throw new NotificationRefused(422, describeMissing(api));
  const payment = findPayment(api, id);
  const to = address ?? chooseAddress(provider, payment);
  if (!isLoopbackUrl(to)) throw new NotificationRefused(422, describeAddress(to));
  const request = await createRequest(api, payment, to);
  const { title } = api;
  return { title, payment: payment.id, order: payment.order, state: payment.state, to, status: await postNotification(request) };
}

/** What to do instead of a notification, at a provider that sends none. */
export function describeMissing({ title }: StandInApi): string {
  return `${title} sends no notifications. Your backend receives the outcome when the shopper pays. To learn of later changes, call \`pay.settle\`, or \`POST /operations/settle\` of \`pay-checkout serve\`.`;
}

function findPayment({ title, payments }: StandInApi, id: string | undefined): StandInPayment {
  const all = payments();
  const found = id === undefined ? all[0] : all.find((payment) => payment.id === id);
  if (found) return found;
  const missing = id === undefined ? `has no payment yet` : `has no payment ${JSON.stringify(id)}`;
  throw new NotificationRefused(
    404,
    `The stand-in of ${title} ${missing}. Pay in your page first. The page of the stand-ins lists all payments.`,
  );
}

function describeAddress(to: string): string {
  return `The stand-ins send notifications to http and https addresses of this machine only, such as http://127.0.0.1:8080/api/pay, but the address was ${JSON.stringify(to.slice(0, 200))}.`;
}

/** @throws {NotificationRefused} if the token has no address */
async function createRequest(api: StandInApi, { id }: StandInPayment, to: string): Promise<Request> {
  try {
    return (await api.notification?.(id, to)) as Request;
  } catch (error) {
    throw new NotificationRefused(422, (error as Error).message);
  }
}
