import { requestLimit } from '../../../endpoint/post-json.js';
import { ok, wrong, type Finding } from '../finding.js';
import { sendWithin } from '../send-request.js';

/**
 * Checks whether the process is ready, if the token endpoint is on a loopback host: `serve` has `/readyz` beside its base path, and a
 * shop's proxy does not forward it.
 *
 * @throws {NoResponseError}
 */
export async function checkReadiness(endpoint: URL): Promise<Finding[]> {
  // http is accepted on a loopback host only.
  if (endpoint.protocol !== 'http:') return [];
  const { status, type } = await sendWithin(requestLimit, new URL('/readyz', endpoint), { method: 'GET' });
  if (type !== 'text/plain') return [];
  if (status === 200) return [ok('ready', 'the process says that it is ready.')];
  return status === 503 ? [wrong('ready', 'the process says that it is not ready; its `/readyz` and its log name the reason.')] : [];
}
