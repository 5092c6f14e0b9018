import { AlbaError } from '../../errors.ts';

/**
 * The words of a line, parted by blanks and quoted as in a shell (POSIX.1-2017, "Shell Command Language", 2.2), but for
 * expansions: `$HOME` and `*` are words like any other. Throws a usage error, which begins with `what`, for a quote that
 * nothing ends.
 */
export function shellWords(line: string, what: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (sign === "'" || sign === '"') {
      const { text, end } = readQuoted(line, at, what);
      word = (word ?? '') + text;
      at = end;
    } else if (sign === '\\') {
      at += 1;
      if (at === line.length) throw new AlbaError('usage', `${what} ends in a backslash: ${line}`);
      word = (word ?? '') + line[at];
    } else {
      word = (word ?? '') + sign;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** What stands between quotes, and where the last of them is. Within double ones a backslash quotes these four. */
function readQuoted(line: string, start: number, what: string): { text: string; end: number } {
  const quote = line[start];
  let text = '';
  for (let at = start + 1; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === quote) return { text, end: at };
    const next = line[at + 1] ?? '';
    const isEscape = quote === '"' && sign === '\\' && /[$`"\\]/.test(next);
    text += isEscape ? next : sign;
    if (isEscape) at += 1;
  }
  throw new AlbaError('usage', `${what} has a ${quote} that nothing ends: ${line}`);
}
