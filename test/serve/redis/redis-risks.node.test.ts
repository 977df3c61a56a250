import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { findRedisRisks } from '../../../src/serve/redis/redis-risks.js';

const find = (info: () => Promise<string>) => findRedisRisks({ info } as unknown as Redis);
const describeRedis = (policy: string, aof: string) => `# Memory\r\nmaxmemory_policy:${policy}\r\n# Persistence\r\naof_enabled:${aof}\r\n`;

describe('findRedisRisks', () => {
  it('finds none in a Redis that forgets nothing', async () => {
    expect(await find(() => Promise.resolve(describeRedis('noeviction', '1')))).toEqual([]);
  });

  it('names eviction and memory without a file', async () => {
    expect(await find(() => Promise.resolve(describeRedis('allkeys-lru', '0')))).toEqual([
      expect.stringContaining('`maxmemory-policy noeviction`'),
      expect.stringContaining('`appendonly yes`'),
    ]);
  });

  it('finds none in a Redis that does not say', async () => {
    expect(await find(() => Promise.reject(new Error('NOPERM')))).toEqual([]);
  });
});
