import { Readable } from 'node:stream';
import type { GetObjectCommandInput, GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { AlbaError, messageOf } from '../errors.ts';

/** Asks for an object, or the rest of it; undefined where it is missing. */
type Ask = (
  rest?: Pick<GetObjectCommandInput, 'Range' | 'IfMatch'>,
) => Promise<GetObjectCommandOutput | undefined>;

/** Waits before another attempt at what failed in this one; throws its failure where there is to be none. */
type BeforeRetry = (failure: unknown, attempt: number) => Promise<void>;

/** In bytes: a connection that brought as much counts as a good one, and the next that breaks as the first. */
const goodEnough = 8 * 1024 * 1024;

/** The bytes of an object, taken up by Range where its connection breaks, if it is the same still; undefined where it is missing. */
export async function readObjectBytes(ask: Ask, beforeRetry: BeforeRetry): Promise<Readable | undefined> {
  const first = await ask();
  return first && Readable.from(resumed(first, ask, beforeRetry), { objectMode: false });
}

async function* resumed(
  first: GetObjectCommandOutput,
  ask: Ask,
  beforeRetry: BeforeRetry,
): AsyncGenerator<Buffer> {
  let answer: GetObjectCommandOutput | undefined = first;
  let done = 0;
  for (let attempt = 1; ; attempt += 1) {
    // A server that knows of no ranges gives all of it.
    let skip = answer.ContentRange === undefined ? done : 0;
    let came = 0;
    try {
      for await (const chunk of (answer.Body ?? []) as AsyncIterable<Buffer>) {
        const rest = skip > 0 ? chunk.subarray(skip) : chunk;
        skip -= chunk.length - rest.length;
        if (rest.length === 0) continue;
        done += rest.length;
        came += rest.length;
        yield rest;
      }
      return;
    } catch (cause) {
      if (came >= goodEnough) attempt = 1;
      await beforeRetry(cause, attempt);
    }
    const range = { Range: `bytes=${done}-`, ...(first.ETag && { IfMatch: first.ETag }) };
    answer = await ask(range);
    if (!answer) throw new AlbaError('target', 'what was being read is gone: try again');
  }
}

/** The failure of a connection that broke within a body, told as such. */
export function brokenOff(cause: unknown): Error {
  return new Error(`the connection broke: ${messageOf(cause)}`, { cause });
}
