/**
 * Whose fault a failure is:
 * `usage` the words of the call, `source` what the build left, `target` where it should go,
 * `auth` who we are there.
 */
export type ErrorCode = 'usage' | 'source' | 'target' | 'auth';

/** A failure to be read by a person: what failed, on what, what was expected, what to do about it. */
export class AlbaError extends Error {
  override readonly name = 'AlbaError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** That a person or the machine asked for an end; what had come of the run by then is in the message. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals, what: string) {
    super(`stopped by ${signal}: ${what}`);
    this.signal = signal;
  }
}

/** How many problems are told; who has mended these will see the others. */
const most = 20;

/** What is wrong with something: collected, so that a person reads all of it at once, a line each. */
export class Problems {
  readonly #found = new Set<string>();

  add(problem: string): void {
    this.#found.add(problem);
  }

  throwIfAny(code: ErrorCode): void {
    if (this.#found.size === 0) return;
    const lines = [...this.#found].slice(0, most);
    if (this.#found.size > most) lines.push(moreThan(this.#found.size - most));
    throw new AlbaError(code, lines.join('\n'));
  }
}

function moreThan(count: number): string {
  return `and ${count} ${count === 1 ? 'problem' : 'problems'} more`;
}

/** One sentence about anything that was thrown, an Error or not. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ');
  }
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}

/** The system's code of a failed call (`ENOENT`, `ECONNRESET`), if there is one. */
export function systemCode(thrown: unknown): string | undefined {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long for this file system',
  EEXIST: 'there is a file, expected a directory',
  EISDIR: 'it is a folder, expected a file',
  ENOTDIR: 'a part of the path is a file, expected a directory',
  ELOOP: 'its symbolic links lead back to themselves',
  EMFILE: 'too many files are open',
  EIO: 'the disk has a fault',
};

/** Why a call to the file system failed, without the system's code, for a sentence that names the path by itself. */
export function reasonOf(thrown: unknown): string {
  return reasons[systemCode(thrown) ?? ''] ?? messageOf(thrown);
}
