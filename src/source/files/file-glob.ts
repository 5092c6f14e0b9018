/** A glob over the paths of a folder, which have slashes between their parts and none at either end. */
export interface FileGlob {
  /** The parts before the first one with a wildcard, as a path; all of it where there is none. */
  readonly fixed: string;
  /** Whether it has no wildcard: then it names one file, or one folder. */
  readonly isPlain: boolean;
  /** Whether a path matches, or a folder that it lies in. */
  takes(path: string): boolean;
}

/**
 * Reads a glob: `*` and `?` stand for letters of one name, a part `**` for any folders, `[a-z]` and `[!a-z]` for one letter,
 * `{a,b}` for either, and a backslash takes the meaning from what follows. Names that begin with a dot are like all others.
 */
export function parseFileGlob(glob: string): FileGlob {
  const parts = glob.split('/').filter((part) => part !== '' && part !== '.');
  const first = parts.findIndex((part) => /(?<!\\)[*?[{]/.test(part));
  const fixed = (first < 0 ? parts : parts.slice(0, first)).map(plainText).join('/');
  const pattern = new RegExp(`^(?:${toPattern(parts.join('/'))})$`, 'su');
  const folders = new Map<string, boolean>();
  const takesFolder = (path: string): boolean => {
    const known = folders.get(path) ?? matches(path);
    folders.set(path, known);
    return known;
  };
  const matches = (path: string): boolean => {
    if (pattern.test(path)) return true;
    const slash = path.lastIndexOf('/');
    return slash > 0 && takesFolder(path.slice(0, slash));
  };
  return { fixed, isPlain: first < 0, takes: (path) => parts.length === 0 || matches(path) };
}

function plainText(part: string): string {
  return part.replace(/\\(.)/gsu, '$1');
}

function toPattern(glob: string): string {
  let depth = 0;
  const closes = glob.split('}').length - 1;
  return glob.replace(
    /\\(.)|(^|(?<=\/))\*\*(\/|$)|\*+|\?|\[([!^]?)((?:\\.|[^\]\\/])+)\]|[{},]|[\s\S]/gsu,
    (all, escaped?: string, _start?: string, behind?: string, not?: string, set?: string) => {
      if (escaped !== undefined) return literal(escaped);
      if (behind !== undefined) return behind === '/' ? '(?:[^/]+/)*' : '.+';
      if (all.startsWith('*')) return '[^/]*';
      if (all === '?') return '[^/]';
      if (set !== undefined) return `(?!/)[${not ? '^' : ''}${set.replace(/\\?([[\]^\\])/gu, '\\$1')}]`;
      if (all === '{' && closes > depth) {
        depth += 1;
        return '(?:';
      }
      if (all === '}' && depth > 0) {
        depth -= 1;
        return ')';
      }
      if (all === ',' && depth > 0) return '|';
      return literal(all);
    },
  );
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
