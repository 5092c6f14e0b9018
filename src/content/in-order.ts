/** Works on several items at once and gives the results in the order of the items; one item more than that waits. */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  concurrency: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<Awaited<R>, void, void> {
  const working: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Awaited in its turn: until then a failure must not count as unhandled.
    result.catch(() => undefined);
    working.push(result);
    const [first] = working;
    if (working.length <= concurrency || !first) continue;
    yield await first;
    working.shift();
  }
  for (const result of working) yield await result;
}
