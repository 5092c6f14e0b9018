import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

/** In milliseconds: who asks for an end, a person or a runner, sees it within two seconds. */
const longestCleaning = 1_500;

const endings = ['SIGINT', 'SIGTERM'] as const;

/**
 * Has `clean` called when a person or the machine asks this process for an end, which then comes by the same signal, as if
 * nobody had waited for it: when the cleaning is done, or takes too long. No longer once it is disposed of.
 */
export function beforeSignal(clean: () => Promise<void>): Disposable {
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await Promise.race([clean().catch(() => {}), delay(longestCleaning)]);
    stop();
    process.kill(process.pid, signal);
  };
  const once = new Map(endings.map((signal) => [signal, (): void => void end(signal)]));
  const stop = (): void => {
    for (const [signal, listener] of once) process.off(signal, listener);
  };
  for (const [signal, listener] of once) process.on(signal, listener);
  return { [Symbol.dispose]: stop };
}
