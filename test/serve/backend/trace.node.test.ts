import { context, propagation, type TextMapPropagator } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { createBackendCaller } from '../../../src/serve/backend/call-backend.js';
import { atEnd, backendSecret, serveShop } from '../support.js';

/** Writes a fixed header, as the propagator of an SDK writes the current trace. */
const propagator: TextMapPropagator = {
  inject: (_, carrier, setter) => setter.set(carrier, 'traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
  extract: () => context.active(),
  fields: () => ['traceparent'],
};

it('continues the trace in the calls to the shop', async () => {
  propagation.setGlobalPropagator(propagator);
  atEnd(() => Promise.resolve(propagation.disable()));
  const shop = await serveShop();
  await createBackendCaller([backendSecret])({ name: 'outcome', url: `${shop.url}/outcome`, body: {} });
  expect(shop.calls.map(({ headers }) => headers.get('traceparent'))).toEqual([expect.stringMatching(/^00-0af7/)]);
});
