/** Milliseconds. Pay-me waits as long for an answer. */
const timeout = 10_000;

/** Returns the status of the response, or `undefined` if there is none. Follows no redirect, as no provider is known to do. */
export async function postNotification(request: Request): Promise<number | undefined> {
  try {
    const { status, body } = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(timeout) });
    await body?.cancel();
    return status;
  } catch {
    return undefined;
  }
}
