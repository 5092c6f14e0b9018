import { AlbaError } from '../../errors.ts';
import { formatBytes } from '../../progress/format.ts';

/** How much all layers of a pull may have, and what they have had. Plain data: threads count in the same place. */
export interface SizeBudget {
  /** In bytes. */
  readonly most: number;
  readonly spent: SharedArrayBuffer;
}

/** A budget of so many bytes, of which nothing is spent. */
export function sizeBudget(most: number): SizeBudget {
  return { most, spent: new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT) };
}

/** Takes so many bytes from a budget; an AlbaError that begins with `origin` when there are not as many. */
export function spend({ most, spent }: SizeBudget, bytes: number, origin: string): void {
  const before = Atomics.add(new BigInt64Array(spent), 0, BigInt(bytes));
  if (before + BigInt(bytes) > BigInt(most)) throw tooLarge(origin, most);
}

/** The one sentence about contents that are larger than they may be. */
export function tooLarge(origin: string, most: number): AlbaError {
  const limit = `${formatBytes(most)} (${most} bytes)`;
  return new AlbaError('source', `${origin}: the files in its layers come to more than max-size, ${limit}`);
}
