import process from 'node:process';
import { AlbaError } from '../../src/errors.ts';

/** In bytes: what reading one document may add to the memory that the process ever had. */
const mostGrowth = 256 * 1024 * 1024;
/** In ms of this thread's work, for one document: a machine may have other things to do. What only waits is found by who runs this. */
const longest = 5_000;

/** What reading came to. */
export type Verdict<T> =
  | { readonly value: T; readonly refusal?: undefined }
  | { readonly value?: undefined; readonly refusal: AlbaError };

/** Reads something hostile: a value or an AlbaError comes out, in bounded time and memory. All else is thrown. */
export async function judge<T>(work: () => T | Promise<T>): Promise<Verdict<T>> {
  const before = { memory: peakMemory(), time: workDone() };
  const verdict = await attempt(work);
  const [memory, time] = [peakMemory() - before.memory, workDone() - before.time];
  if (memory > mostGrowth) throw new Error(`it took ${Math.round(memory / 2 ** 20)} MiB of memory`);
  if (time > longest) throw new Error(`it took ${Math.round(time)} ms`);
  return verdict;
}

async function attempt<T>(work: () => T | Promise<T>): Promise<Verdict<T>> {
  try {
    return { value: await work() };
  } catch (thrown) {
    if (thrown instanceof AlbaError) return { refusal: thrown };
    throw new Error('something else than an AlbaError was thrown', { cause: thrown });
  }
}

/** In ms, of this thread. */
function workDone(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** In bytes, of the whole process, ever. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

const inherited: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Throws where an object that stands for a map has a key that means something to every object, or another prototype. */
export function assertMap(map: object | undefined, what: string): void {
  if (map === undefined) return;
  const found = Reflect.ownKeys(map).find((key) => typeof key === 'string' && inherited.includes(key));
  if (found !== undefined) throw new Error(`${what} has a key ${String(found)}`);
  assertPlain(map, what);
}

/** Throws where an object, or one within it, has another prototype than those that it is born with. */
export function assertPlain(value: unknown, what: string): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  const usual: readonly unknown[] = [Object.prototype, Array.prototype, Map.prototype, null];
  if (!usual.includes(Object.getPrototypeOf(value))) throw new Error(`${what} has another prototype`);
  const children: Iterable<unknown> = value instanceof Map ? value.values() : Object.values(value);
  for (const child of children) assertPlain(child, what);
}
