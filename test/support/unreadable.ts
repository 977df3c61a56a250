/** Creates a payload that throws an error with a secret when a property is read. */
export function unreadable(): object {
  const refuse = (): never => {
    throw new Error('S3CR3T');
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse });
}
