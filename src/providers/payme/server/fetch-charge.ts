import { Problem } from '../../../server/problem.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { apiVersion, hosts } from '../contract.js';
import { createBearerGrant, type Account } from './calls.js';
import { chargeResponse, type Charge } from './charge-record.js';
import type { ChargeNumbers } from './reported-charge.js';

/** Requests Pay-me's own record of a charge. Returns `null` if Pay-me does not know it yet. */
export async function fetchCharge(
  account: Account,
  reported: ChargeNumbers,
  { send, withBearer }: ProviderContext,
): Promise<Charge | null> {
  const request = (bearer: string) => send(createChargeCall(account, reported, bearer));
  return withBearer(createBearerGrant(account), request).catch(ignoreAbsent);
}

/** Creates the call `GET /charges/…`. Pay-me documents it with all three numbers only. */
function createChargeCall(
  { environment, merchantCode }: Account,
  { operation, transactionId }: ChargeNumbers,
  bearer: string,
): UpstreamCall<Charge | null> {
  const path = [merchantCode, operation, transactionId].map(encodeURIComponent).join('/');
  return {
    name: 'Pay-me GET /charges',
    method: 'GET',
    url: `${hosts[environment].api}/charges/${path}`,
    headers: { 'ALG-API-VERSION': apiVersion, Authorization: `Bearer ${bearer}` },
    responseSchema: chargeResponse,
  };
}

/** Treats an unknown charge as one that Pay-me may know later. It is not *declined*, because money may have moved. */
function ignoreAbsent(error: unknown): null {
  if (error instanceof Problem && error.kind === 'upstream-absent') return null;
  throw error;
}
