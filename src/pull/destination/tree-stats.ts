import { isUtf8 } from 'node:buffer';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeName, encodeName } from '../../content/tar/tar-name.ts';

/** In bytes, or characters: so much of them is text at once. */
const pieceSize = 64 * 1024;
/** In bytes: what a larger tree has beyond is kept compressed, where its entries are added: they are, beside its plan. */
const largeTree = 8 * 1024 * 1024;

/** More than there are in the largest tree whose stats are kept. */
export const mostEntries = 2_000_000;

/** Whole entries. */
interface Piece {
  readonly bytes: Buffer;
  readonly isPacked: boolean;
}

/**
 * The entries of a tree by path, with slashes, `.` for its root, which comes first: what stat says of each, as one text. Two of
 * the same text are taken for the same entry: kind, mode, time in ms, the size in bytes of all but folders, inode. A byte of a name that
 * is no UTF-8 is a lone surrogate, as in tars.
 *
 * They are kept as the bytes that a record has of them, some 60 each, and made anew when they are gone through: a tree may have a
 * million. Each is its path, a NUL, what stat says of it, a NUL: no path has one. An inode that follows the one before is `+`.
 */
export class TreeStats implements Iterable<readonly [path: string, text: string]> {
  readonly #pieces: Piece[] = [];
  #text = '';
  #inode = '';
  #count = 0;
  #size = 0;

  /** From what {@link pieces} gave, cut anywhere; throws where that is something else, or of more entries than a tree has. */
  static async read(pieces: AsyncIterable<Buffer>): Promise<TreeStats> {
    const stats = new TreeStats();
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of pieces) {
      const bytes = Buffer.concat([rest, piece]);
      const { end, count } = wholeEntries(bytes);
      stats.#count += count;
      rest = bytes.subarray(end);
      if (rest.length > pieceSize || stats.#count > mostEntries) throw new Error('it is not of a tree');
      if (end > 0) stats.#push(bytes.subarray(0, end));
    }
    if (rest.length > 0) throw new Error('it is cut off');
    return stats;
  }

  /** All that is read. */
  static from(entries: Iterable<readonly [path: string, text: string]>): TreeStats {
    const stats = new TreeStats();
    for (const [path, text] of entries) stats.add(path, text);
    return stats;
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** In bytes, of all of them. */
  get size(): number {
    return this.#size + this.#text.length;
  }

  add(path: string, text: string): void {
    const at = text.lastIndexOf(' ') + 1;
    const inode = text.slice(at);
    const row = `\0${text.slice(0, at)}${inode === follower(this.#inode) ? '+' : inode}\0`;
    this.#inode = inode;
    this.#count += 1;
    const name = encodeName(path);
    if (typeof name === 'string') this.#text += name + row;
    else {
      this.#flush();
      this.#push(Buffer.concat([name, Buffer.from(row)]));
    }
    if (this.#text.length >= pieceSize) this.#flush();
  }

  /** The bytes of all of them. */
  *pieces(): Generator<Buffer, void, void> {
    this.#flush();
    for (const { bytes, isPacked } of this.#pieces) yield isPacked ? inflateRawSync(bytes) : bytes;
  }

  /** What stat said of a path, looked for from the first on; undefined where it is not among them. */
  get(path: string): string | undefined {
    for (const [found, text] of this) if (found === path) return text;
    return undefined;
  }

  *[Symbol.iterator](): Generator<readonly [path: string, text: string], void, void> {
    let inode = '';
    for (const piece of this.pieces()) {
      for (const [path, row] of rowsOf(piece)) {
        const end = row.lastIndexOf(' ') + 1;
        inode = row.endsWith('+') ? follower(inode) : row.slice(end);
        yield [path, `${row.slice(0, end)}${inode}`];
      }
    }
  }

  #flush(): void {
    if (this.#text !== '') this.#push(Buffer.from(this.#text), this.#size > largeTree);
    this.#text = '';
  }

  #push(piece: Buffer, isPacked = false): void {
    // A copy, as what comes out of zlib keeps more than itself.
    const bytes = isPacked ? Buffer.from(deflateRawSync(piece, { level: 1 })) : piece;
    this.#pieces.push({ bytes, isPacked });
    this.#size += piece.length;
  }
}

/** Where the last whole entry ends, and how many there are up to there; throws for a path without a letter. */
function wholeEntries(bytes: Buffer): { readonly end: number; readonly count: number } {
  let [end, count] = [0, 0];
  for (;;) {
    const path = bytes.indexOf(0, end);
    const stats = path < 0 ? -1 : bytes.indexOf(0, path + 1);
    if (path === end) throw new Error('it has an entry without a path');
    if (stats < 0) return { end, count };
    [end, count] = [stats + 1, count + 1];
  }
}

/** Paths, and what follows each, of which few are text at once. */
function* rowsOf(bytes: Buffer): Generator<readonly [path: string, row: string], void, void> {
  for (let at = 0; at < bytes.length; ) {
    const some = bytes.subarray(at, at + pieceSize);
    const end = some.lastIndexOf(0) + 1;
    // No path is as long, unless somebody has written the record.
    if (end === 0) return;
    const whole = some.subarray(0, end);
    const parts = isUtf8(whole) ? whole.toString('utf8').split('\0') : namesOf(whole);
    parts.length -= 1;
    const odd = parts.length % 2 === 1 ? parts.pop() : undefined;
    if (parts.length === 0) return;
    for (let part = 0; part < parts.length; part += 2) yield [parts[part] ?? '', parts[part + 1] ?? ''];
    at += odd === undefined ? end : end - Buffer.from(encodeName(odd)).length - 1;
  }
}

/** As `split` gives them: with what is behind the last NUL. */
function namesOf(bytes: Buffer): string[] {
  const names: string[] = [];
  let at = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, at)) {
    names.push(decodeName(bytes.subarray(at, end)));
    at = end + 1;
  }
  return [...names, decodeName(bytes.subarray(at))];
}

function follower(inode: string): string {
  const number = Number(inode);
  return Number.isSafeInteger(number) ? `${number + 1}` : '';
}
