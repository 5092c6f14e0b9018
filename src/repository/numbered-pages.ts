import { AlbaError } from '../errors.ts';

/** More than any list of tags or versions has. */
const mostPages = 10_000;

/** One page of a list. */
interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly isLast: boolean;
}

/**
 * All items of a list whose pages are asked for by number, from 1, each once: what is added meanwhile moves some to the next page. An
 * AlbaError where a page tells nothing new and another one is to follow, as a server that does not count is never done; `what` is a
 * plural.
 */
export async function readNumberedPages<T>(
  what: string,
  read: (page: number) => Promise<NumberedPage<T>>,
  keyOf: (item: T) => string | number,
): Promise<T[]> {
  const found = new Map<string | number, T>();
  for (let page = 1; ; page += 1) {
    const known = found.size;
    const { items, isLast } = await read(page);
    for (const item of items) found.set(keyOf(item), item);
    if (isLast) return [...found.values()];
    if (found.size === known || page === mostPages) {
      throw new AlbaError('target', `${what} do not end after ${page} pages`);
    }
  }
}
