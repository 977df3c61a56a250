// What the snippets of the documentation call `./shop.js`: the merchant's own part. It is copied beside them.
const buyer = {
  firstName: 'Lucía',
  lastName: 'Quispe',
  email: 'lucia@example.com',
  phone: { countryCode: '51', number: '987654321' },
  address: { line1: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' },
};
const order = { id: 'A-1001', cents: 1050, visitor: 'visitor-1', paid: false, soldOut: false, buyer };
const records = new Map(
  [order, { ...order, id: 'A-1002', soldOut: true }, { ...order, id: 'A-1003', paid: true }, { ...order, id: 'A-1004' }].map((one) => [
    one.id,
    one,
  ]),
);

export const orders = {
  find: (id = '') => Promise.resolve(records.get(id)),
  /** Over the network, as a database is: the one thing that is seen from outside of any runtime. */
  fulfil: async (id: string) => void (await fetch(`https://records.example.com/fulfilled/${id}`, { method: 'POST' })),
  /** Changes the record of an order. */
  update: (id: string, changes: object) => void records.set(id, { ...order, ...records.get(id), ...changes }),
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
