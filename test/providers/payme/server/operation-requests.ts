/** A request of an operation, field by field as Pay-me's documentation describes it. */
export interface DocumentedRequest {
  readonly title: string;
  readonly state: string;
  readonly run: 'query' | 'cancel' | 'refund';
  /** Minor units of a refund. */
  readonly amount?: number;
  /** Which of the requests, as method and start of the address. */
  readonly request: string;
  readonly url: string;
  readonly body?: object;
  /** The scope of the bearer that it was sent with. */
  readonly scope: string;
}

const api = 'https://api.preprod.alignet.io';
const usual = 'create:token post:charges get:charges';

/** Pay-me, "Consultar una operación", "Extornar o cancelar" and "Devoluciones". */
export const operationRequests: readonly DocumentedRequest[] = [
  {
    title: 'a query',
    state: 'PENDIENTE',
    run: 'query',
    request: `GET ${api}/charges`,
    url: `${api}/charges/your_merchant_code/239766012345/bko66gpi8czns4tcde93q96vd`,
    scope: usual,
  },
  {
    title: 'the list of refunds',
    state: 'LIQUIDADO',
    run: 'query',
    request: `GET ${api}/refund`,
    url: `${api}/refund/your_merchant_code/239766012345`,
    scope: usual,
  },
  {
    title: 'a reversal',
    state: 'AUTORIZADO',
    run: 'cancel',
    request: `DELETE ${api}/charges`,
    url: `${api}/charges/your_merchant_code/239766012345`,
    scope: `${usual} delete:charges`,
  },
  {
    title: 'a cancellation',
    state: 'PENDIENTE',
    run: 'cancel',
    request: `DELETE ${api}/charges`,
    url: `${api}/charges/your_merchant_code/239766012345`,
    scope: `${usual} delete:charges`,
  },
  {
    title: 'a refund of the whole amount',
    state: 'LIQUIDADO',
    run: 'refund',
    request: `POST ${api}/refund`,
    url: `${api}/refund`,
    body: {
      merchant_code: 'your_merchant_code',
      operations: [
        {
          type: 'TOTAL',
          merchant_operation_number: '239766012345',
          transaction_id: 'bko66gpi8czns4tcde93q96vd',
          refund_amount: '1050',
          additional_fields: { key: 'r-1' },
        },
      ],
    },
    scope: usual,
  },
  {
    title: 'a refund of a part',
    state: 'DEPOSITADO',
    run: 'refund',
    amount: 50,
    request: `POST ${api}/refund`,
    url: `${api}/refund`,
    body: {
      merchant_code: 'your_merchant_code',
      operations: [
        {
          type: 'PARTIAL',
          merchant_operation_number: '239766012345',
          transaction_id: 'bko66gpi8czns4tcde93q96vd',
          refund_amount: '50',
          additional_fields: { key: 'r-1' },
        },
      ],
    },
    scope: usual,
  },
];
