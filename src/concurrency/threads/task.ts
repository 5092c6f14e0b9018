/** What work comes to. */
export interface Done<Output> {
  readonly output: Output;
  /** Buffers of the output that go to who asked, and are gone here. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Work of one kind: with an input, and a way to tell something before it is done. */
export type Work<Input, Output, News> = (input: Input, tell: (news: News) => void) => Promise<Done<Output>>;

/**
 * A kind of work that a thread can do, known to who asks and to who does it: its name, and how the work is loaded
 * where it is done. Input, output and news are plain data (structured clone).
 */
export interface Task<Input, Output, News = never> {
  readonly name: string;
  readonly load: () => Promise<Work<Input, Output, News>>;
}

/** Any task at all, for who hands inputs through without a look at them. */
export type AnyTask = Task<never, unknown, unknown>;

/** A task by its name, which no other may have. */
export function task<Input, Output, News = never>(
  name: string,
  load: () => Promise<Work<Input, Output, News>>,
): Task<Input, Output, News> {
  return { name, load };
}
