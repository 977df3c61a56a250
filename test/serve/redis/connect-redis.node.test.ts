import { describe, expect, it, vi } from 'vitest';
import { connectRedis } from '../../../src/serve/redis/connect-redis.js';
import { itWithRedis } from '../../server/redis.js';
import { startRedis } from '../child.js';
import { startAll } from '../support.js';

describe('Redis that cannot be reached at the start', () => {
  it('is reported with the reason, and without its password', async () => {
    const failure = await connectRedis('redis://:a-password@127.0.0.1:1', vi.fn()).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ message: expect.stringMatching(/^REDIS_URL: Redis could not be reached \(ECONNREFUSED\)/) as string });
    expect((failure as Error).message).not.toContain('a-password');
  });

  it('keeps the process from starting', async () => {
    await expect(startAll({ REDIS_URL: 'redis://127.0.0.1:1' })).rejects.toThrow('REDIS_URL');
  });

  itWithRedis('is reported if it requires a password', async () => {
    const { url } = await startRedis();
    const wrong = url.replace('redis://', 'redis://nobody:wrong@');
    await expect(connectRedis(wrong, vi.fn())).rejects.toThrow(/^REDIS_URL: Redis could not be reached/);
  });
});
