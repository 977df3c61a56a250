import { findBehaviour, extractDigits, maskNumber, slowCardDelay } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, Refusal, refuseUnless, type Json } from '../http.js';
import { createAuthorizationNumber, createUuid, isApproved, type Account, type Call, type Order, type Transaction } from './account.js';
import { micuentawebCards, type MicuentawebBehaviour } from './cards.js';
import { describePayment } from './describe-payment.js';
import { loseIfFaulty } from './envelope.js';
import { recordNotification } from './notification.js';
import { sign } from './signing.js';
import { requireOrder } from './tokens.js';

const challenges: readonly MicuentawebBehaviour[] = ['challenge', 'challengeDeclined', 'challengeTimedOut'];

/** The `detailedStatus` that each card leads to. */
const statuses: Readonly<Partial<Record<MicuentawebBehaviour, string>>> = {
  ...{ declined: 'REFUSED', challengeDeclined: 'REFUSED', invalid: 'REFUSED' },
  ...{ pending: 'WAITING_AUTHORISATION', partial: 'PARTIALLY_AUTHORISED', unknown: 'UNDER_REVISION' },
};

/** `Charge/Public/ProcessPayment`: the request of the form when the shopper pays. The body is ours. */
export async function processPayment(call: Call): Promise<Json> {
  const { account, body, request } = call;
  refuseUnless(body.publicKey === account.settings.publicKey, 200, 'The public key is wrong.', 'INT_904');
  const order = requireOrder(account, asText(body.formToken));
  refuseUnless(!order.isClosed || order.transactions.at(-1)?.detailedStatus === 'REFUSED', 200, 'The form token is closed.', 'PSP_108');
  refuseUnless(!order.isClosed, 200, 'There were too many attempts.', 'PSP_099');
  const pan = extractDigits(asText(asObject(body.card)?.pan));
  const behaviour = findBehaviour(micuentawebCards, pan);
  if (behaviour === 'slow') await delay(slowCardDelay, request.signal);
  if (behaviour === 'unsigned') return { _type: 'V4/Charge/Unusable' };
  return challenges.includes(behaviour) ? openChallenge(account, order, pan) : pay(call, order, pan);
}

function openChallenge({ challenges: open }: Account, order: Order, pan: string): Json {
  const id = createUuid();
  open.set(id, { order, pan });
  return { redirectUrl: `https://acs.example.com/${id}`, width: 390, height: 400, challenge: id, _type: 'V4/Charge/RedirectRequest' };
}

/** `Charge/Public/ProcessPayment/2`: the request of the form after 3DS. The body is ours. */
export async function finishChallenge(call: Call): Promise<Json> {
  const { challenges: open } = call.account;
  const id = asText(call.body.challenge);
  const challenge = open.get(id);
  open.delete(id);
  const isOver = !challenge || findBehaviour(micuentawebCards, challenge.pan) === 'challengeTimedOut';
  if (isOver) throw new Refusal(200, 'The session is over.', 'PSP_649');
  return pay(call, challenge.order, challenge.pan);
}

async function pay(call: Call, order: Order, pan: string): Promise<Json> {
  const { account } = call;
  const behaviour = findBehaviour(micuentawebCards, pan);
  const transaction = createTransaction(order, pan, behaviour, account.settings.now());
  order.transactions.push(transaction);
  const tries = order.transactions.filter(({ detailedStatus }) => detailedStatus === 'REFUSED').length;
  order.isClosed = transaction.detailedStatus !== 'REFUSED' || tries > order.retries;
  const clientAnswer = describePayment(account, order, [transaction]);
  recordNotification(account, order, transaction, 'PAY');
  loseIfFaulty(behaviour === 'undecided' ? { fault: 'lost' } : call);
  const rawClientAnswer = JSON.stringify(clientAnswer);
  const hash = await sign(rawClientAnswer, account.faults.hashKey ?? account.settings.hashKey);
  const signature = { hash, hashAlgorithm: 'sha256_hmac', hashKey: 'sha256_hmac', serverDate: clientAnswer.serverDate };
  return { clientAnswer, rawClientAnswer, ...signature, _type: 'V4/Charge/ProcessPaymentAnswer' };
}

function createTransaction(order: Order, pan: string, behaviour: MicuentawebBehaviour, createdAtMs: number): Transaction {
  const isRegistration = order.formAction === 'REGISTER';
  const approved = isRegistration ? 'ACCEPTED' : order.isValidatedByMerchant ? 'AUTHORISED_TO_VALIDATE' : 'AUTHORISED';
  const detailedStatus = statuses[behaviour] ?? approved;
  const uuid = createUuid();
  const isRefused = detailedStatus === 'REFUSED';
  return {
    ...{ uuid, pan: maskNumber(pan), createdAtMs, detailedStatus, refunded: 0, isDisputed: false },
    amount: behaviour === 'partial' ? Math.floor(order.amount / 2) : order.amount,
    ...(isApproved(detailedStatus) && { authorizationNumber: createAuthorizationNumber(uuid) }),
    ...{ currency: order.currency, operationType: isRegistration ? 'VERIFICATION' : 'DEBIT' },
    paymentMethodToken: !isRefused && order.formAction !== 'PAYMENT' ? createUuid() : null,
    ...{ errorCode: isRefused ? 'ACQ_001' : null, detailedErrorCode: isRefused ? '51' : null },
  };
}
