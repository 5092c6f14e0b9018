import { AlbaError } from '../../errors.ts';
import { formatBytes } from '../../progress/format.ts';

/** How much all layers of a pull may have, and what they have had. Plain data: threads count in the same place. */
export interface SizeBudget {
  /** In bytes, of the contents of files. */
  readonly most: number;
  /** In bytes: of contents, and of headers. */
  readonly spent: SharedArrayBuffer;
}

/** In bytes: more than two million usual headers, which are held in memory until all layers are known. */
const mostHeaders = 256 * 1024 * 1024;

/** A budget for contents of so many bytes, unlimited unless told, of which nothing is spent. */
export function sizeBudget(most: number = Number.POSITIVE_INFINITY): SizeBudget {
  return { most, spent: new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT) };
}

/** What takes from a budget; each is an AlbaError that begins with `origin` when there is not as much. */
export interface Spender {
  content(bytes: number): void;
  header(bytes: number): void;
}

/** Takes from a budget for a layer. */
export function spender({ most, spent }: SizeBudget, origin: string): Spender {
  const counts = new BigInt64Array(spent);
  const add = (what: number, bytes: number) => Number(Atomics.add(counts, what, BigInt(bytes))) + bytes;
  return {
    content(bytes) {
      if (add(0, bytes) > most) throw tooLarge(origin, most);
    },
    header(bytes) {
      if (add(1, bytes) <= mostHeaders) return;
      throw new AlbaError(
        'source',
        `${origin} has more than ${formatBytes(mostHeaders)} of headers before it or in it`,
      );
    },
  };
}

/** The one sentence about contents that are larger than they may be. */
export function tooLarge(origin: string, most: number): AlbaError {
  const limit = `${formatBytes(most)} (${most} bytes)`;
  const usual = 'which is nine tenths of what is free there, and at most 64 GB, unless it is given';
  return new AlbaError(
    'source',
    `${origin}: the files in its layers come to more than max-size, ${limit}, ${usual}`,
  );
}
