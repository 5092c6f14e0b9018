import { together } from './all-or-abort.ts';

/** Opens things side by side. When one cannot be opened, those that were are closed before that is thrown. */
export async function openAll<T>(
  opening: readonly Promise<T>[],
  close: (opened: T) => Promise<void> | undefined,
  abort: AbortController,
): Promise<T[]> {
  try {
    return await together(opening, abort);
  } catch (failure) {
    await Promise.allSettled(opening.map(async (opened) => close(await opened)));
    throw failure;
  }
}
