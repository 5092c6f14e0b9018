/** Chunks of a source until a signal is aborted: then its reason is thrown at once, whatever the source is waiting for. */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  signal.throwIfAborted();
  const chunks = source[Symbol.asyncIterator]();
  let stopWaiting: (reason: unknown) => void = () => {};
  const abort = (): void => stopWaiting(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    for (;;) {
      const { done, value } = await new Promise<IteratorResult<T>>((resolve, reject) => {
        stopWaiting = reject;
        chunks.next().then(resolve, reject);
      });
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    const ended = chunks.return?.();
    // What waits ends in its own time.
    if (signal.aborted) ended?.catch(() => {});
    else await ended;
  }
}
