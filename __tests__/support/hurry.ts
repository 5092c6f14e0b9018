import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';

const timers = createRequire(import.meta.url)(
  'node:timers/promises',
) as typeof import('node:timers/promises');

/** In ms: what is shorter is a matter of the machine, not of a server's patience. */
const short = 250;

/**
 * Lets this process wait so many times shorter, until it is disposed of: between attempts (`delay`) and for servers that keep
 * silent (`patience`). What it waits for is real.
 */
export function hurry({
  delay,
  patience,
}: {
  readonly delay: number;
  readonly patience: number;
}): Disposable {
  const { setTimeout: wait } = timers;
  const { setTimeout: start } = globalThis;
  const { setTimeout: limit } = Socket.prototype;
  const quick: typeof wait = (milliseconds, ...more) => wait((milliseconds ?? 0) / delay, ...more);
  Object.assign(timers, { setTimeout: Object.assign(quick, wait) });
  const shorter = (milliseconds = 0): number =>
    milliseconds < short ? milliseconds : milliseconds / patience;
  Object.assign(globalThis, {
    setTimeout: Object.assign(
      (work: () => void, milliseconds?: number, ...given: []) => start(work, shorter(milliseconds), ...given),
      start,
    ),
  });
  Socket.prototype.setTimeout = function (milliseconds, ...given) {
    return limit.call(this, shorter(milliseconds), ...given);
  };
  syncBuiltinESMExports();
  return {
    [Symbol.dispose]() {
      Object.assign(timers, { setTimeout: wait });
      Object.assign(globalThis, { setTimeout: start });
      Socket.prototype.setTimeout = limit;
      syncBuiltinESMExports();
    },
  };
}
