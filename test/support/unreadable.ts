/** A payload that throws, with a secret in its words, whatever is read of it. */
export function unreadable(): object {
  const refuse = (): never => {
    throw new Error('S3CR3T');
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse });
}
