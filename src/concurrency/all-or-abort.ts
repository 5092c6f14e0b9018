/**
 * Waits for work that goes on side by side. The first failure aborts the rest, and is thrown when nothing is
 * under way any more, so that files and connections can be let go.
 */
export async function together<T>(work: readonly Promise<T>[], abort: AbortController): Promise<T[]> {
  await Promise.allSettled(
    work.map(async (promise) => {
      try {
        await promise;
      } catch (failure) {
        abort.abort(failure);
      }
    }),
  );
  abort.signal.throwIfAborted();
  return Promise.all(work);
}
