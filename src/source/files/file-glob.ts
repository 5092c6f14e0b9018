import { AlbaError } from '../../errors.ts';
import { GlobAutomaton, isNoSlash, type Pattern } from './glob-automaton.ts';

/** A glob over the paths of a folder, which have slashes between their parts and none at either end. */
export interface FileGlob {
  /** The parts before the first one with a wildcard, as a path; all of it where there is none. */
  readonly fixed: string;
  /** Whether it has no wildcard: then it names one file, or one folder. */
  readonly isPlain: boolean;
  /** Whether a path matches, or a folder that it lies in. */
  takes(path: string): boolean;
}

/** In letters, as Linux takes of a path. */
const longest = 4096;
/** Of braces in braces. */
const deepest = 100;

/**
 * Reads a glob: `*` and `?` stand for letters of one name, a part `**` for any folders, `[a-z]` and `[!a-z]` for one letter,
 * `{a,b}` for either, and a backslash takes the meaning from what follows. Names that begin with a dot are like all others. Throws a
 * usage error for one that is too long, or has letters from the later to the earlier.
 */
export function parseFileGlob(glob: string): FileGlob {
  const parts = glob.split('/').filter((part) => part !== '' && part !== '.');
  const first = parts.findIndex((part) => /(?<!\\)[*?[{]/.test(part));
  const fixed = (first < 0 ? parts : parts.slice(0, first)).map(plainText).join('/');
  if (glob.length > longest) throw unfit(`${glob.slice(0, 50)}…`, `it is longer than ${longest} letters`);
  const automaton = new GlobAutomaton(toPattern(parts.join('/')));
  return { fixed, isPlain: first < 0, takes: (path) => parts.length === 0 || automaton.takes(path) };
}

function plainText(part: string): string {
  return part.replace(/\\(.)/gsu, '$1');
}

const token = /\\(.)|(^|(?<=\/))\*\*(\/|$)|\*+|\?|\[([!^]?)((?:\\.|[^\]\\/])+)\]|[{},]|[\s\S]/gsu;

function toPattern(glob: string): Pattern[] {
  const all: Pattern[] = [];
  /** Of each brace that is open, the choices so far; the last one is not over. */
  const open: Pattern[][][] = [];
  const tokens = [...glob.matchAll(token)];
  const braces = closedBraces(tokens, glob);
  for (const [at, [text, escaped, , behind, not, set]] of tokens.entries()) {
    const [choices] = open.slice(-1);
    const parts = choices?.at(-1) ?? all;
    if (escaped !== undefined) parts.push(literal(escaped));
    else if (behind === '/') parts.push({ kind: 'folders' });
    else if (behind !== undefined)
      parts.push({ kind: 'letter', takes: isAny }, { kind: 'many', takes: isAny });
    else if (text.startsWith('*')) parts.push({ kind: 'many', takes: isNoSlash });
    else if (text === '?') parts.push({ kind: 'letter', takes: isNoSlash });
    else if (set !== undefined) parts.push({ kind: 'letter', takes: oneOf(set, Boolean(not), glob) });
    else if (text === ',' && choices) choices.push([]);
    else if (!braces.has(at)) parts.push(literal(text));
    else if (text === '{') {
      const own: Pattern[][] = [[]];
      parts.push({ kind: 'either', of: own });
      open.push(own);
    } else open.pop();
  }
  return all;
}

/** Where the braces stand that belong together; one alone is a letter like others. */
function closedBraces(tokens: readonly RegExpExecArray[], glob: string): ReadonlySet<number> {
  const closed = new Set<number>();
  const open: number[] = [];
  for (const [at, [text]] of tokens.entries()) {
    if (text === '{') open.push(at);
    const first = text === '}' ? open.pop() : undefined;
    if (first === undefined) continue;
    if (open.length >= deepest) throw unfit(glob, `it has more than ${deepest} braces in each other`);
    closed.add(first).add(at);
  }
  return closed;
}

function isAny(): boolean {
  return true;
}

function literal(text: string): Pattern {
  return { kind: 'letter', takes: (letter) => letter === text };
}

/** What stands between brackets: letters, and ranges of them. */
function oneOf(set: string, isNot: boolean, glob: string): (letter: string) => boolean {
  const code = (letter: string): number => plainText(letter).codePointAt(0) ?? 0;
  const ranges = [...set.matchAll(/(\\?.)(?:-(\\?.))?/gsu)].map(([, from = '', to = from]) => {
    return { first: code(from), last: code(to) };
  });
  if (ranges.some(({ first, last }) => first > last)) {
    throw unfit(glob, `[${set}] goes from a later letter to an earlier one`);
  }
  return (letter) => {
    const found = letter.codePointAt(0) ?? 0;
    const isIn = ranges.some(({ first, last }) => found >= first && found <= last);
    return isNoSlash(letter) && isIn !== isNot;
  };
}

function unfit(glob: string, why: string): AlbaError {
  return new AlbaError('usage', `glob "${glob}": ${why}`);
}
