import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Of the whole process, in kB: what is fuzzed here is small, so much memory means that a number was believed. */
const mostMemory = 2 * 1024 * 1024;

/** More than any of this has open at once: what is never closed comes to it. */
const mostOpen = 500;

/** What all objects of a kind have: whoever writes there has written into every one of them. */
const shared: readonly object[] = [
  ...[Object, Array, Function, String, Number, Boolean, Map, Set, Promise, RegExp, Error, Date, URL],
  ...[Buffer, Uint8Array],
].flatMap((made) => [made, made.prototype as object]);

/** Paths that hostile documents name besides those relative to a round's folder. */
const elsewhere: readonly string[] = ['/etc/x', '/x'];

/** Remembers what is shared, and gives what throws where that, or something outside of the given folder, has changed. */
export function watchSurroundings(): (outer: string, given: string) => void {
  const before = shared.map((object) => keysOf(object));
  const there = elsewhere.filter((path) => existsSync(path));
  return (outer, given) => {
    for (const key in {}) throw new Error(`every object has a key ${key} from now on`);
    shared.forEach((object, at) => {
      if (keysOf(object) !== before[at]) throw new Error(`${String(object)} has other keys than before`);
    });
    const strangers = readdirSync(outer).filter((name) => name !== given);
    if (strangers.length > 0) throw new Error(`there are files outside: ${strangers.join(', ')}`);
    const made = elsewhere.find((path) => !there.includes(path) && existsSync(path));
    if (made !== undefined) throw new Error(`there is a file outside: ${join(made)}`);
    const open = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
    if (open > mostOpen) throw new Error(`there are ${open} open files`);
    const { maxRSS } = process.resourceUsage();
    if (maxRSS > mostMemory) throw new Error(`the process took ${Math.round(maxRSS / 1024)} MiB of memory`);
  };
}

function keysOf(object: object): string {
  return Reflect.ownKeys(object).map(String).join(' ');
}
