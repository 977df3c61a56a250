import type { Redis } from 'ioredis';

const evicting = 'Redis may evict keys, which loses outcome calls and refunds. Set `maxmemory-policy noeviction`.';
const volatile = 'Redis keeps its data in memory only, and loses outcome calls and refunds when it ends. Set `appendonly yes`.';

/** Returns a sentence for each way in which this Redis may lose what it should keep. A managed Redis may not say. */
export async function findRedisRisks(redis: Redis): Promise<string[]> {
  const info = await redis.info().catch(() => '');
  const read = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const policy = read('maxmemory_policy');
  return [...(policy !== undefined && policy !== 'noeviction' ? [evicting] : []), ...(read('aof_enabled') === '0' ? [volatile] : [])];
}
