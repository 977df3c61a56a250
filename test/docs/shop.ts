// What the snippets of the documentation call `./shop.js`: the merchant's own part. It is copied beside them.
const buyer = {
  firstName: 'Lucía',
  lastName: 'Quispe',
  email: 'lucia@example.com',
  phone: { countryCode: '51', number: '987654321' },
  address: { line1: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' },
};
/** What identifies a payment; the merchant stores it as JSON. */
interface Payment {
  readonly id?: string;
}

interface StoredOrder {
  readonly id: string;
  readonly cents: number;
  readonly visitor: string;
  readonly paid: boolean;
  readonly soldOut: boolean;
  readonly buyer: typeof buyer;
  /** The payment that paid the order, or that holds its amount. */
  readonly payment?: Payment;
}

const order: StoredOrder = { id: 'A-1001', cents: 1050, visitor: 'visitor-1', paid: false, soldOut: false, buyer };
const records = new Map<string, StoredOrder>(
  [order, { ...order, id: 'A-1002', soldOut: true }, { ...order, id: 'A-1003', paid: true }, { ...order, id: 'A-1004' }].map((one) => [
    one.id,
    one,
  ]),
);

export const orders = {
  find: (id = '') => Promise.resolve(records.get(id)),
  /** Ships the order once, and stores the payment that paid it. Over the network, as a database is, so that a test of any runtime sees it. */
  async fulfil(id: string, payment: Payment): Promise<void> {
    orders.update(id, { paid: true, payment });
    await fetch(`https://records.example.com/fulfilled/${id}`, { method: 'POST' });
  },
  /** Changes the record of an order. */
  update: (id: string, changes: object) => void records.set(id, { ...order, ...records.get(id), ...changes }),
};

const rows = new Map<string, { readonly payment: Payment; readonly outcome?: string }>();

export const payments = {
  find: (id: string) => Promise.resolve(rows.get(id)),
  /** Keeps one row for each `payment.id`. A payment without an ID replaces none. */
  save: (payment: Payment, outcome?: string) =>
    Promise.resolve(payment.id === undefined ? undefined : void rows.set(payment.id, { payment, outcome })),
};

export function visitorOf({ headers }: Request): string | undefined {
  return /(?:^|; )visitor=([\w-]+)/.exec(headers.get('Cookie') ?? '')?.[1];
}

type Query = (sql: string, values: readonly unknown[]) => Promise<{ rowCount: number }>;

export const database = { transaction: (work: (query: Query) => Promise<void>) => work(() => Promise.resolve({ rowCount: 1 })) };

export async function fulfil(reference: string, query: Query): Promise<void> {
  await query('insert into deliveries values ($1)', [reference]);
}

export function alertStaff(message: string, payment: object): void {
  console.warn(message, payment);
}
