/**
 * Chunks of a source, each of which somebody else reads, too, before the next one is asked for. Ends when both are done; throws
 * what the source or the other throws.
 */
export async function* readBeside(
  source: AsyncIterable<Uint8Array>,
  read: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): AsyncGenerator<Uint8Array, void, void> {
  let given: Uint8Array | undefined;
  let isOver = false;
  let [wake, letGo] = [(): void => {}, (): void => {}];
  const side = async function* (): AsyncGenerator<Uint8Array, void, void> {
    while (given || !isOver) {
      if (given) {
        yield given;
        given = undefined;
        letGo();
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  };
  const reading = read(side());
  let isRead = false;
  const end = (): void => {
    isRead = true;
    letGo();
  };
  // A failure is thrown below, unless this is given up before.
  reading.then(end, end);
  try {
    for await (const chunk of source) {
      const taken = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      given = chunk;
      wake();
      yield chunk;
      // The other need not read all of it.
      if (!isRead) await taken;
      if (isRead) await reading;
    }
    isOver = true;
    wake();
    await reading;
  } finally {
    isOver = true;
    wake();
  }
}
