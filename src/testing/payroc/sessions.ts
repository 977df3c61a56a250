import { formFields, hosts, modes, type PayrocMode } from '../../providers/payroc/contract.js';
import { isFaultDue } from '../faults.js';
import { asText, refuseUnless, json } from '../http.js';
import { requireBearer } from '../tokens.js';
import { describeNumber, surcharge, type NumberDetails } from './cards.js';
import { createRandomHex, sessionToken } from './gateway.js';
import { requireTerminal, type Call, type Session } from './account.js';

/** `POST /authorize`: the backend's bearer. */
export function authorize({ account, request }: Call): Response {
  refuseUnless(request.headers.get('x-api-key') === account.settings.apiKey, 401, 'The API key is missing or wrong.');
  const { bearerLifetime, now } = account.settings;
  const access_token = `eyJhbGciOiJIUzI1NiJ9.${createRandomHex(16)}`;
  account.bearers.set(access_token, { expiresAtMs: now() + bearerLifetime * 1000 });
  return json({ access_token, expires_in: bearerLifetime, scope: 'service_a service_b', token_type: 'Bearer' });
}

/** `POST /v1/processing-terminals/{id}/hosted-fields-sessions` (seed, "Generate a session token"). */
export function createSession(call: Call): Response {
  const { account, body, fault, path } = call;
  const [terminal] = path;
  requireBearer(call);
  requireTerminal(call, terminal);
  refuseUnless(modes.includes(body.scenario as PayrocMode), 400, '`scenario` should be payment or tokenization.');
  const { libVersion } = hosts[account.environment];
  refuseUnless(body.libVersion === libVersion && fault !== 'libVersion', 400, `Invalid libVersion: ${asText(body.libVersion)}`);
  const { sessionLifetime, now } = account.settings;
  const token = sessionToken(account.environment);
  const expiresAtMs = now() + sessionLifetime * 1000;
  account.sessions.set(token, { terminal, scenario: body.scenario as PayrocMode, expiresAtMs, fields: new Map() });
  const answer = { processingTerminalId: terminal, token, expiresAt: new Date(expiresAtMs).toISOString() };
  return json(answer, 201, {
    location: `${hosts[account.environment].api}/v1/processing-terminals/${terminal}/hosted-fields-sessions/${token}`,
  });
}

/** `GET …/configuration`, the library's first request. The response's shape is ours, because the real one is not published. */
export function readConfiguration(call: Call): Response {
  requireSession(call, isFaultDue(call.account.faults, 'deadSessions'));
  const { bankTransfers, tokenization } = call.account.settings;
  return json({ isCvvMandatory: true, isCardholderNameMandatory: true, bankTransfers, tokenization });
}

/** `POST …/fields`, which an iframe sends with each valid value. */
export function takeField(call: Call): Response {
  const { field, value } = call.body;
  requireSession(call).fields.set(asText(field), describeNumber(asText(value)));
  const isSurcharged = field === 'cardNumber' && describeNumber(asText(value)).behaviour === 'surcharge';
  return json({ surcharging: isSurcharged ? surcharge : null });
}

/** `POST …/single-use-tokens`, which the library sends when the shopper pays. */
export function createSingleUseToken(call: Call): Response {
  const { fields } = requireSession(call);
  const details = completeDetails(fields);
  refuseUnless(details, 400, 'Fields are missing.');
  const { singleUseLifetime, now } = call.account.settings;
  const [token, expiresAtMs] = [createRandomHex(64), now() + singleUseLifetime * 1000];
  call.account.singleUse.set(token, { details, isBank: !fields.has('cardNumber'), expiresAtMs, used: false });
  return json({ token, expiresAt: new Date(expiresAtMs).toISOString() }, 201);
}

function completeDetails(fields: Session['fields']): NumberDetails | undefined {
  const numbers = ['cardNumber', 'achAccountNumber', 'padAccountNumber'];
  const form = Object.values(formFields).find((names) => names.every((name) => name === 'submit' || fields.has(name)));
  return form && fields.get(form.find((name) => numbers.includes(name)) ?? '');
}

/** @throws {Refusal} 400 for an unknown session, 401 for an expired one; the real response to that is not known */
function requireSession({ account, path }: Call, dead = false): Session {
  const session = account.sessions.get(path[0] ?? '');
  refuseUnless(session, 400, "'hostedFieldsSessionId' supplied is invalid");
  refuseUnless(!dead && account.settings.now() < session.expiresAtMs, 401, 'The session has expired.');
  return session;
}
