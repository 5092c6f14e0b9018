/** Bytes of a file, both ends counted in, as in Content-Range. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The single range that a header asks for (RFC 9110, "Range"). Undefined is the whole: without a header, for
 * several ranges at once, and for what cannot be read. None of it there is `unsatisfiable`.
 */
export function parseRange(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first === '') return within({ start: Math.max(0, size - Number(last)), end: size - 1 });
  const end = last === '' ? size - 1 : Number(last);
  if (last !== '' && end < Number(first)) return undefined;
  return within({ start: Number(first), end: Math.min(end, size - 1) });
}

function within(range: Range): Range | 'unsatisfiable' {
  return range.start <= range.end ? range : 'unsatisfiable';
}
