import { Queue } from 'bullmq';
import { atEnd } from './support.js';

/** Opens the queue of kept outcome calls with BullMQ's own tools, as an operator does. */
export function openKeptOutcomes(redisUrl: string): Queue {
  const { hostname: host, port } = new URL(redisUrl);
  const queue = new Queue('outcomes', { connection: { host, port: Number(port) }, prefix: 'pay-checkout' });
  queue.on('error', () => {});
  atEnd(() => queue.close());
  return queue;
}

/** Lets the processes send every kept call now instead of after its wait. */
export async function promoteOutcomes(redisUrl: string): Promise<void> {
  await openKeptOutcomes(redisUrl).promoteJobs();
}
