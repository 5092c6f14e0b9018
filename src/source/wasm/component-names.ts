import { AlbaError } from '../../errors.ts';

/** What a component asks for, or offers, by its name: `wasi:cli/run@0.2.0`. */
export type NameKind = 'import' | 'export';

/**
 * The names in a section of imports or of exports (component-model, design/mvp/Binary.md). `origin` begins the source error of
 * one that is damaged, or of a form that is not known.
 */
export function componentNames(section: Buffer, kind: NameKind, origin: string): string[] {
  const cursor = new Cursor(section, `${origin}: its section of ${kind}s`);
  const names: string[] = [];
  for (let left = cursor.number(); left > 0; left -= 1) {
    // Both mean a name; compilers have written either.
    cursor.oneOf([0, 1], 'a name');
    names.push(cursor.text());
    if (kind === 'import') passType(cursor);
    else passExport(cursor);
  }
  cursor.assertAtEnd();
  return names;
}

/** `export ::= name sortidx externdesc?` */
function passExport(cursor: Cursor): void {
  if (cursor.oneOf([0, 1, 2, 3, 4, 5], 'a sort') === 0) cursor.byte();
  cursor.number();
  if (cursor.oneOf([0, 1], 'a type') === 1) passType(cursor);
}

/** `externdesc`: a core module, a function, a value, a type, a component or an instance. */
function passType(cursor: Cursor): void {
  const sort = cursor.oneOf([0, 1, 2, 3, 4, 5], 'a type');
  if (sort === 0) cursor.oneOf([0x11], 'a core type');
  const isBound = sort === 2 || sort === 3;
  const bound = isBound ? cursor.oneOf([0, 1], 'a bound') : 0;
  // That a type is some resource goes without an index.
  if (sort !== 3 || bound === 0) cursor.number();
}

class Cursor {
  readonly #bytes: Buffer;
  readonly #origin: string;
  #at = 0;

  constructor(bytes: Buffer, origin: string) {
    this.#bytes = bytes;
    this.#origin = origin;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.#refuse('ends too early');
    this.#at += 1;
    return byte;
  }

  oneOf(known: readonly number[], what: string): number {
    const byte = this.byte();
    if (known.includes(byte)) return byte;
    throw this.#refuse(`has ${what} of a kind that is not known, ${byte}`);
  }

  /** LEB128 of at most 33 bits; of a negative one only the length counts. */
  number(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw this.#refuse('has a number of more than 32 bits');
  }

  text(): string {
    const size = this.number();
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    if (bytes.length < size) throw this.#refuse('ends too early');
    this.#at += size;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (cause) {
      throw new AlbaError('source', `${this.#origin} has a name that is not UTF-8`, { cause });
    }
  }

  assertAtEnd(): void {
    if (this.#at < this.#bytes.length) throw this.#refuse('is longer than what is in it');
  }

  #refuse(how: string): AlbaError {
    return new AlbaError('source', `${this.#origin} ${how}`);
  }
}
