import { json, type Refusal } from '../http.js';

const titles: Readonly<Record<number, readonly [slug: string, title: string]>> = {
  400: ['bad-request', 'Bad request'],
  401: ['not-authorized', 'Not authorized'],
  403: ['forbidden', 'Forbidden'],
  404: ['not-found', 'Not found'],
  406: ['not-acceptable', 'Not acceptable'],
  409: ['idempotency-key-in-use', 'Idempotency key in use'],
  415: ['unsupported-media-type', 'Unsupported media type'],
  500: ['api-error', 'API error'],
};

/** Creates an RFC 7807 problem with the fields of the documentation, "Errors". The items of `errors` are those of a live response. */
export function refuse({ status, message, slug }: Refusal): Response {
  const [known, title] = titles[status] ?? ['api-error', 'Error'];
  const errors = [{ parameter: '', detail: message, message }];
  const body = { type: `https://docs.payroc.com/api/errors#${slug ?? known}`, title, status, detail: message, errors };
  return json(body, status, { 'content-type': 'application/problem+json' });
}
