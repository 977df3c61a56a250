import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOperationNumber } from '../../../../src/providers/payme/server/operation-number.js';
import { payme, type PaymentOutcome } from '../../../../src/server.js';
import {
  createEndpoints,
  createRequest,
  credentials,
  fakePayme,
  order,
  readResponse,
  skipDelays,
  tokenBody,
  type FakePayme,
  type ScriptedResponse,
} from '../../../server/fake-payme.js';
import { createCharge, createOutcomeBody, summarize, transactionId } from './fake-charge.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const [newest, old] = ['the-newest-secret', 'the-old-secret'];

function open(upstream: FakePayme, clientSecret: string | readonly string[]) {
  const reported: PaymentOutcome[] = [];
  const onOutcome = (one: PaymentOutcome) => void reported.push(one);
  const { token, outcome } = createEndpoints(upstream, { providers: { payme: payme({ ...credentials, clientSecret }) }, onOutcome });
  return {
    reported,
    requestToken: () => readResponse(token(createRequest(tokenBody))),
    report: async (operation: string) => (await readResponse(outcome(createRequest(createOutcomeBody(operation))))).json,
  };
}

const readSecrets = (upstream: FakePayme) => upstream.callsTo('token').map(({ body }) => (body as { client_secret: string }).client_secret);

describe('clientSecret as a list', () => {
  it.each([
    [newest, 'paid'],
    [old, 'paid'],
  ])('accepts an operation number made with %s', async (secret, outcome) => {
    const operation = await createOperationNumber(secret, order.reference);
    const { report } = open(fakePayme({ charges: [createCharge(operation)] }), [newest, old]);
    expect(await report(operation)).toEqual({ outcome });
  });

  it('makes new operation numbers with the newest secret', async () => {
    const upstream = fakePayme();
    const { json } = await open(upstream, [newest, old]).requestToken();
    const operation = (json.config as { payload: { merchant_operation_number: string } }).payload.merchant_operation_number;
    const { report, reported } = open(fakePayme({ charges: [createCharge(operation)] }), newest);
    expect(await report(operation)).toEqual({ outcome: 'paid' });
    expect(summarize(reported[0]!)).toEqual({ outcome: 'paid', reference: transactionId });
  });

  it('reports a number of a removed secret as forged, and does not call Pay-me', async () => {
    const operation = await createOperationNumber('removed', order.reference);
    const upstream = fakePayme({ charges: [createCharge(operation)] });
    const { report, reported } = open(upstream, [newest, old]);
    expect(await report(operation)).toEqual({ outcome: 'pending' });
    expect(summarize(reported[0]!)).toEqual({ outcome: 'forged', reason: 'order' });
    expect(upstream.calls).toEqual([]);
  });

  it('requests bearers with the newest secret', async () => {
    const upstream = fakePayme();
    expect((await open(upstream, [newest, old]).requestToken()).status).toBe(200);
    expect(readSecrets(upstream)).toEqual([newest]);
  });

  it('requests a bearer with the next secret if Pay-me refuses the newest', async () => {
    const upstream = fakePayme({ token: [401] });
    expect((await open(upstream, [newest, old]).requestToken()).status).toBe(200);
    expect(readSecrets(upstream)).toEqual([newest, old]);
  });

  it.each<[string, ScriptedResponse[], string[], string]>([
    ['Pay-me refuses all', [401, 401], [newest, old], 'upstream-credentials'],
    ['Pay-me lacks the permission', [403], [newest], 'upstream-scope'],
    ['Pay-me fails', [500, 500], [newest, newest], 'upstream-failed'],
  ])('reports the problem if %s', async (_, answers, secrets, kind) => {
    skipDelays();
    const upstream = fakePayme({ token: answers });
    const { status, json } = await open(upstream, [newest, old]).requestToken();
    expect([status, json.type]).toEqual([502, `urn:pay-checkout:problem:${kind}`]);
    expect(readSecrets(upstream)).toEqual(secrets);
  });

  it.each([[[]], [['']], [[newest, '']], [[newest, undefined]], [7]])('rejects %j, with an error that names the option', (clientSecret) => {
    const start = () => payme({ ...credentials, clientSecret: clientSecret as never });
    expect(start).toThrow('payme(): `clientSecret');
    expect(start).toThrow(expect.not.stringContaining(newest) as string);
  });
});
