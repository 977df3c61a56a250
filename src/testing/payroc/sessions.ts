import { formFields, hosts, modes, type PayrocMode } from '../../providers/payroc/contract.js';
import { happens } from '../faults.js';
import { asText, demand, json } from '../http.js';
import { demandBearer } from '../tokens.js';
import { detailsOf, surcharge, type PayrocDetails } from './cards.js';
import { randomHex, sessionToken } from './gateway.js';
import { demandTerminal, type Call, type Session } from './realm.js';

/** `POST /authorize`: the backend's bearer. */
export function authorize({ realm, request }: Call): Response {
  demand(request.headers.get('x-api-key') === realm.settings.apiKey, 401, 'The API key is missing or wrong.');
  const { bearerLifetime, now } = realm.settings;
  const access_token = `eyJhbGciOiJIUzI1NiJ9.${randomHex(16)}`;
  realm.bearers.set(access_token, { diesAt: now() + bearerLifetime * 1000 });
  return json({ access_token, expires_in: bearerLifetime, scope: 'service_a service_b', token_type: 'Bearer' });
}

/** `POST /v1/processing-terminals/{id}/hosted-fields-sessions` (seed, "Generate a session token"). */
export function createSession(call: Call): Response {
  const { realm, body, fault, path } = call;
  const [terminal] = path;
  demandBearer(call);
  demandTerminal(call, terminal);
  demand(modes.includes(body.scenario as PayrocMode), 400, '`scenario` should be payment or tokenization.');
  const { libVersion } = hosts[realm.environment];
  demand(body.libVersion === libVersion && fault !== 'libVersion', 400, `Invalid libVersion: ${asText(body.libVersion)}`);
  const { sessionLifetime, now } = realm.settings;
  const token = sessionToken(realm.environment);
  const diesAt = now() + sessionLifetime * 1000;
  realm.sessions.set(token, { terminal, scenario: body.scenario as PayrocMode, diesAt, fields: new Map() });
  const answer = { processingTerminalId: terminal, token, expiresAt: new Date(diesAt).toISOString() };
  return json(answer, 201, {
    location: `${hosts[realm.environment].api}/v1/processing-terminals/${terminal}/hosted-fields-sessions/${token}`,
  });
}

/** `GET …/configuration`: what the library asks first. The shape of the answer is ours: the real one is not published. */
export function readConfiguration(call: Call): Response {
  sessionOf(call, happens(call.realm.faults, 'deadSessions'));
  const { bankTransfers, tokenization } = call.realm.settings;
  return json({ isCvvMandatory: true, isCardholderNameMandatory: true, bankTransfers, tokenization });
}

/** `POST …/fields`: what an iframe sends of each field that is right. */
export function takeField(call: Call): Response {
  const { field, value } = call.body;
  sessionOf(call).fields.set(asText(field), detailsOf(asText(value)));
  const isSurcharged = field === 'cardNumber' && detailsOf(asText(value)).course === 'surcharge';
  return json({ surcharging: isSurcharged ? surcharge : null });
}

/** `POST …/single-use-tokens`: what the library sends when the shopper pays. */
export function createSingleUseToken(call: Call): Response {
  const { fields } = sessionOf(call);
  const details = completeDetails(fields);
  demand(details, 400, 'Fields are missing.');
  const { singleUseLifetime, now } = call.realm.settings;
  const [token, diesAt] = [randomHex(64), now() + singleUseLifetime * 1000];
  call.realm.singleUse.set(token, { details, isBank: !fields.has('cardNumber'), diesAt, used: false });
  return json({ token, expiresAt: new Date(diesAt).toISOString() }, 201);
}

function completeDetails(fields: Session['fields']): PayrocDetails | undefined {
  const numbers = ['cardNumber', 'achAccountNumber', 'padAccountNumber'];
  const form = Object.values(formFields).find((names) => names.every((name) => name === 'submit' || fields.has(name)));
  return form && fields.get(form.find((name) => numbers.includes(name)) ?? '');
}

/** @throws {Refusal} 400 for one that is unknown here, 401 for one that is dead: how the real one answers that is not known */
function sessionOf({ realm, path }: Call, dead = false): Session {
  const session = realm.sessions.get(path[0] ?? '');
  demand(session, 400, "'hostedFieldsSessionId' supplied is invalid");
  demand(!dead && realm.settings.now() < session.diesAt, 401, 'The session has expired.');
  return session;
}
