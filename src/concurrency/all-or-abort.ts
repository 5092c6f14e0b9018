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

/** Things that are being opened: who wants one waits for it. All that were opened are closed when this is disposed of. */
export interface Opening<T> extends AsyncDisposable {
  readonly all: readonly Promise<T>[];
}

/** Watches over things that are being opened side by side: the first that fails aborts. */
export function openBeside<T>(
  all: readonly Promise<T>[],
  close: (opened: T) => Promise<void> | undefined,
  abort: AbortController,
): Opening<T> {
  for (const opening of all) opening.catch((failure: unknown) => abort.abort(failure));
  return {
    all,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(all.map(async (opening) => close(await opening)));
    },
  };
}

/**
 * Waits for all of these to be opened. If one fails: aborts, closes those that were opened, and throws that failure.
 */
export async function openAll<T>(
  opening: readonly Promise<T>[],
  close: (opened: T) => Promise<void> | undefined,
  abort: AbortController,
): Promise<Opened<T>> {
  const beside = openBeside(opening, close, abort);
  try {
    return {
      all: await allOrAbort(opening, abort),
      [Symbol.asyncDispose]: () => beside[Symbol.asyncDispose](),
    };
  } catch (failure) {
    await beside[Symbol.asyncDispose]();
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
