import { setTimeout as wait } from 'node:timers/promises';
import type { ProxyServer } from './proxy.ts';
import { type ProxiedTarget, proxySilent, proxyUnreachable } from './proxy-error.ts';

/**
 * Opens a way through a proxy, within so many milliseconds; the signal tells `open` when they are over. Whatever
 * fails on the way there is an error of the proxy (HttpError), not of what lies behind it.
 */
export async function openWay<T>(
  proxy: ProxyServer,
  target: ProxiedTarget,
  milliseconds: number,
  open: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  const limit = async (): Promise<never> => {
    await wait(milliseconds, undefined, { signal: done.signal });
    late.abort();
    throw proxySilent(proxy, target, milliseconds);
  };
  try {
    return await Promise.race([open(late.signal), limit()]);
  } catch (cause) {
    throw proxyUnreachable(proxy, target, cause);
  } finally {
    done.abort();
  }
}
