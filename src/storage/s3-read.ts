import { Readable } from 'node:stream';
import type { GetObjectCommandInput, GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { resumed } from '../content/resumed.ts';
import { AlbaError, messageOf } from '../errors.ts';

/** What is read of an answer with an object, or with the rest of one. */
export type ObjectAnswer = Pick<GetObjectCommandOutput, 'ContentLength' | 'ETag' | 'ContentRange'> & {
  /** In Node a stream. */
  readonly Body?: unknown;
};

/** Asks for an object, or the rest of it; undefined where it is missing. */
type Ask = (rest?: Pick<GetObjectCommandInput, 'Range' | 'IfMatch'>) => Promise<ObjectAnswer | undefined>;

/** Waits before another attempt at what failed in this one; throws its failure where there is to be none. */
type BeforeRetry = (failure: unknown, attempt: number) => Promise<void>;

/** The bytes of an object, taken up by Range where its connection breaks, if it is the same still; undefined where it is missing. */
export async function readObjectBytes(ask: Ask, beforeRetry: BeforeRetry): Promise<Readable | undefined> {
  const first = await ask();
  if (!first) return undefined;
  const bytes = resumed(bodyOf(first), {
    size: first.ContentLength,
    beforeRetry,
    async rest(done) {
      const answer = await ask({ Range: `bytes=${done}-`, ...(first.ETag && { IfMatch: first.ETag }) });
      if (!answer) throw new AlbaError('target', 'what was being read is gone: try again');
      // A server that knows of no ranges gives all of it.
      return { bytes: bodyOf(answer), skip: answer.ContentRange === undefined ? done : 0 };
    },
  });
  return Readable.from(bytes, { objectMode: false });
}

function bodyOf({ Body }: ObjectAnswer): AsyncIterable<Uint8Array> {
  return (Body ?? []) as AsyncIterable<Uint8Array>;
}

/** The failure of a connection that broke within a body, told as such. */
export function brokenOff(cause: unknown): Error {
  return new Error(`the connection broke: ${messageOf(cause)}`, { cause });
}
