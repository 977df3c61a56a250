/** Keeps a text for each payment of an order. */
export interface OutcomeStore {
  set(order: string, payment: string, text: string): Promise<void>;
  delete(order: string, payment: string): Promise<void>;
  /** Returns the texts of an order, by payment. */
  list(order: string): Promise<Readonly<Record<string, string>>>;
}

/** Creates a store in the memory of the process. */
export function createMemoryOutcomeStore(): OutcomeStore {
  const orders = new Map<string, Readonly<Record<string, string>>>();
  const get = (order: string) => orders.get(order) ?? {};
  return {
    set(order, payment, text) {
      orders.set(order, { ...get(order), [payment]: text });
      return Promise.resolve();
    },
    delete(order, payment) {
      const { [payment]: _, ...others } = get(order);
      if (Object.keys(others).length > 0) orders.set(order, others);
      else orders.delete(order);
      return Promise.resolve();
    },
    list: (order) => Promise.resolve(get(order)),
  };
}
