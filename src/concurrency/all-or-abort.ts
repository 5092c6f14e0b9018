/**
 * Waits for work that goes on side by side. The first failure aborts the rest, and is thrown when nothing is
 * under way any more, so that files and connections can be let go.
 */
export async function allOrAbort<T>(work: readonly Promise<T>[], abort: AbortController): Promise<T[]> {
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

/** Things that were opened side by side, and are closed together when this is disposed of. */
export interface Opened<T> extends AsyncDisposable {
  readonly all: readonly T[];
}

/**
 * Waits for all of these to be opened. If one fails: aborts, closes those that were opened, and throws that failure.
 */
export async function openAll<T>(
  opening: readonly Promise<T>[],
  close: (opened: T) => Promise<void> | undefined,
  abort: AbortController,
): Promise<Opened<T>> {
  const closeAll = async (): Promise<void> => {
    await Promise.allSettled(opening.map(async (opened) => close(await opened)));
  };
  try {
    return { all: await allOrAbort(opening, abort), [Symbol.asyncDispose]: closeAll };
  } catch (failure) {
    await closeAll();
    throw failure;
  }
}

/** Things that are opened when they are asked for first, and closed, if they were, when this is disposed of. */
export interface OpenedWhenAsked<T> extends AsyncDisposable {
  all(): Promise<readonly T[]>;
}

/** Puts off opening. */
export function openWhenAsked<T>(open: () => Promise<Opened<T>>): OpenedWhenAsked<T> {
  let opening: Promise<Opened<T>> | undefined;
  return {
    async all() {
      opening ??= open();
      return (await opening).all;
    },
    async [Symbol.asyncDispose]() {
      const opened = await opening?.catch(() => undefined);
      await opened?.[Symbol.asyncDispose]();
    },
  };
}
