import { Problem } from '../problem.js';
import type { Send, UpstreamCall } from '../upstream.js';

interface WatchedContext<Context> {
  readonly context: Context;
  /** Whether money may have moved, although the work in this context failed. */
  mayHaveMoved(error: unknown): boolean;
}

/** Follows the calls that move money, so that a failure before the first one, and a refusal, are known to have moved none. */
export function watchMoney<Context extends { readonly send: Send }>(context: Context): WatchedContext<Context> {
  let isSent = false;
  let isRepeated = false;
  const send = <T>(call: UpstreamCall<T>): Promise<T> => {
    if (!call.money) return context.send(call);
    isSent = true;
    const onRetry = () => {
      isRepeated = true;
      call.onRetry?.();
    };
    return context.send({ ...call, onRetry });
  };
  const hadNoEffect = (error: unknown) => error instanceof Problem && error.hasNoEffect;
  // The first try may have moved money although the second one was refused.
  return { context: { ...context, send }, mayHaveMoved: (error) => isSent && (isRepeated || !hadNoEffect(error)) };
}
