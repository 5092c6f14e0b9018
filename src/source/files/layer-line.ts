import { AlbaError } from '../../errors.ts';
import { type FileGlob, parseFileGlob } from './file-glob.ts';
import { shellWords } from './shell-words.ts';

/** One layer as a person asks for it. */
export interface LayerLine {
  /** As it was written. */
  readonly text: string;
  readonly glob: FileGlob;
  /** An absolute path, below which goes what the glob takes, below its fixed part; undefined: each file keeps its path. */
  readonly destination?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** The permission bits of files; folders get an x for each r. */
  readonly mode?: number;
}

const form = 'GLOB [=> DESTINATION] [chown=UID:GID] [chmod=0755]';

/** `lib/** => /opt/lib chown=1000:1000 chmod=0755`; throws a usage error for anything else. */
export function parseLayerLine(text: string): LayerLine {
  const [glob, ...rest] = shellWords(text, 'layer');
  if (glob === undefined || glob === '' || glob === '=>') throw unfit(text, 'it names no files');
  if (partsOf(glob).includes('..')) throw unfit(text, 'its glob leads out of the folder of a platform');
  const hasDestination = rest[0] === '=>';
  const destination = hasDestination ? rest[1] : undefined;
  if (hasDestination && !destination) throw unfit(text, 'nothing follows =>');
  const options = rest.slice(hasDestination ? 2 : 0).map((word) => parseOption(word, text));
  return {
    text,
    glob: parseFileGlob(glob),
    ...(destination !== undefined && { destination: parseImagePath(destination, `layer "${text}"`) }),
    ...Object.assign({}, ...options),
  };
}

/** An absolute path in an image, without doubled slashes; one at its end stays. A usage error, which begins with `what`, for anything else. */
export function parseImagePath(path: string, what: string): string {
  const parts = partsOf(path);
  if (parts.includes('..')) {
    throw new AlbaError(
      'usage',
      `${what}: ${path} has a "..", which leads nowhere in an image: write the path without`,
    );
  }
  if (!path.startsWith('/')) {
    throw new AlbaError(
      'usage',
      `${what}: ${path} is no path from the root of the image: did you mean /${path}?`,
    );
  }
  const end = parts.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${parts.join('/')}${end}`;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function parseOption(word: string, text: string): Partial<LayerLine> {
  const [, uid, gid = uid] = /^chown=(\d{1,10})(?::(\d{1,10}))?$/.exec(word) ?? [];
  if (uid !== undefined && Number(uid) <= mostId && Number(gid) <= mostId) {
    return { uid: Number(uid), gid: Number(gid) };
  }
  const [, mode] = /^chmod=([0-7]{3,4}|0[0-7]{4})$/.exec(word) ?? [];
  if (mode !== undefined) return { mode: Number.parseInt(mode, 8) };
  if (word.startsWith('chown=')) throw unfit(text, `${word} is not chown=UID:GID, in numbers`);
  if (word.startsWith('chmod=')) throw unfit(text, `${word} is not chmod=MODE, in octal digits such as 0755`);
  throw unfit(text, `"${word}" is unknown; what has a blank in it is quoted`);
}

/** Of Linux: the largest number means none. */
const mostId = 2 ** 32 - 2;

function unfit(text: string, why: string): AlbaError {
  return new AlbaError('usage', `layer "${text}": ${why}; expected ${form}`);
}
