import { Redis } from 'ioredis';

/** Milliseconds. */
const connectTimeout = 5_000;
/** Milliseconds. A shopper waits for these calls, and none is needed for a payment. */
const commandTimeout = 1_000;

/**
 * Connects to Redis, and keeps the connection alive.
 *
 * @throws {Error} if Redis cannot be reached now: a process that starts without it would lose what it should keep
 */
export async function connectRedis(url: string, onError: (error: unknown) => void): Promise<Redis> {
  // A request does not wait for a connection that is down.
  const options = { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout };
  const redis = new Redis(url, { lazyConnect: true, connectTimeout, ...options });
  // The promise of the connection does not have the reason.
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error;
    onError(error);
  });
  try {
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    const { code = 'an error' } = (reason ?? error) as NodeJS.ErrnoException;
    throw new Error(`REDIS_URL: Redis could not be reached (${code}). Check that it is running, and the address and the password.`, {
      cause: error,
    });
  }
}
