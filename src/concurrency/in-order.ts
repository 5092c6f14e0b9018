/** Gives the results in the order of the items, working on `ahead` items more than the one that is waited for. */
export async function* inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<Awaited<R>, void, void> {
  const working: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Awaited in its turn: until then a failure must not count as unhandled.
    result.catch(() => undefined);
    working.push(result);
    const [first] = working;
    if (working.length <= ahead || !first) continue;
    yield await first;
    working.shift();
  }
  for (const result of working) yield await result;
}
