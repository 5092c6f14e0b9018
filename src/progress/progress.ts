/** What the core tells of its work while it is at it; the doors decide how that looks. */
export interface Progress {
  /** Begins a stage; the lines that follow belong to it. */
  group(title: string): void;
  line(text: string): void;
  warn(text: string): void;
  /** For those who look for a fault. */
  debug(text: string): void;
  /** So many bytes more are to be read, compressed or sent. */
  expect(bytes: number): void;
  /** So many bytes more are done. */
  advance(bytes: number): void;
}
