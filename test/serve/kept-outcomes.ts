import { Queue } from 'bullmq';
import { identifyShop } from '../../src/serve/delivery/shop-id.js';
import { atEnd, backendSecret } from './support.js';

const [shopOfTests = ''] = identifyShop({ backendSecret: [backendSecret], environment: 'sandbox' });

/** Opens the queue of kept outcome calls with BullMQ's own tools, as an operator does. */
export function openKeptOutcomes(redisUrl: string, shop = shopOfTests): Queue {
  const { hostname: host, port } = new URL(redisUrl);
  const queue = new Queue(`outcomes-${shop}`, { connection: { host, port: Number(port) }, prefix: 'pay-checkout' });
  queue.on('error', () => {});
  atEnd(() => queue.close());
  return queue;
}

/** Lets the processes send every kept call now instead of after its wait. */
export async function promoteOutcomes(redisUrl: string): Promise<void> {
  await openKeptOutcomes(redisUrl).promoteJobs();
}
