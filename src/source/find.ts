import { readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { AlbaError, Problems } from '../errors.ts';
import { formatPlatform } from '../oci/platform.ts';
import { withoutPassword } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { expandPaths, type PathTaker } from './expand-paths.ts';
import { hintForMissing } from './missing.ts';
import { tellPassedOver } from './passed-over.ts';
import { platformInName } from './platform-name.ts';
import { kindOf, looksLikeArchive } from './sniff.ts';

/** The address that a line may mean; undefined if it is only a path. */
type Guess = (line: string) => string | undefined;

/**
 * The artifacts that these lines name, a path or a glob each, `!` before those to leave out: absolute
 * paths in the order of their names, each real file once. A folder stands for the archives and layouts in
 * it. All that is wrong with the lines is in one error; `guess` tells what published image a missing path may mean.
 * What is passed over and looks like an image or a platform is a warning.
 */
export async function findArtifacts(
  lines: readonly string[],
  cwd: string,
  progress: Progress,
  guess: Guess = () => undefined,
): Promise<string[]> {
  const problems = new Problems();
  const passedOver = new Set<string>();
  const taker: PathTaker = {
    entriesOf: async (path) => ((await kindOf(path)) === 'folder' ? entriesOf(path) : undefined),
    check: (path, line) => checkArtifact(path, line, cwd, guess),
    sift: async (paths) => {
      const kept = await keepArtifacts(paths);
      for (const path of paths) if (!isWithin(path, kept)) passedOver.add(path);
      return kept;
    },
    explain: (line, paths, isGlob) =>
      isGlob
        ? `${line} matches no image archive and no OCI layout in ${cwd}: ${notBuilt}`
        : explainFolder(line, paths),
  };
  const { paths, isExcluded } = await expandPaths(lines, cwd, taker, problems, progress);
  const unique = await uniqueFiles(paths, problems);
  await tellPassedOver([...passedOver], paths, { directory: cwd, isExcluded, progress });
  problems.throwIfAny('source');
  return unique;
}

async function entriesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  return names.sort().map((name) => join(folder, name));
}

async function checkArtifact(path: string, line: string, cwd: string, guess: Guess): Promise<void> {
  const kind = await kindOf(path);
  if (kind === 'dangling') throw dangling(line);
  if (kind === 'other')
    throw new AlbaError(
      'source',
      `${line} is neither a file nor a folder: pipe an image in by the name -, or save it to a file`,
    );
  if (kind === 'missing') throw missing(line, cwd, guess(line));
}

const notBuilt = 'is the path right, and was it built before this?';

function explainFolder(line: string, paths: readonly string[]): string {
  if (paths.length === 0) return `${line} is an empty folder: did the build that fills it fail?`;
  const names = paths.slice(0, 5).map((path) => path.split(sep).at(-1));
  const url = `file://${/^\.{0,2}\//.test(line) ? '' : './'}${line}#name:tag`;
  const published = names.includes('v2') ? `; if images were published to it, name one as ${url}` : '';
  return `${line} holds no image archive and no OCI layout, but ${names.join(', ')}; what lies further down is named by a glob such as ${join(line, '**', '*.tar.gz')}; from-files makes images of files${published}`;
}

/** What is published already needs its scheme, to be told from a path. */
function missing(line: string, cwd: string, url: string | undefined): AlbaError {
  const where = isAbsolute(line) ? '' : ` in ${cwd}`;
  const hint = url ? `is a published image meant, ${url}?` : hintForMissing(line);
  const remedy = hint ?? notBuilt;
  return new AlbaError('source', `${withoutPassword(line)} does not exist${where}: ${remedy}`);
}

/** The archives and layouts among these paths; what lies in a layout belongs to it. */
async function keepArtifacts(paths: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const path of [...paths].sort()) {
    const kind = await kindOf(path);
    if (kind === 'dangling') throw dangling(path);
    if (isWithin(path, kept)) continue;
    if (kind === 'layout' || (kind === 'file' && (await looksLikeArchive(path)))) kept.push(path);
  }
  return kept;
}

function isWithin(path: string, kept: readonly string[]): boolean {
  return kept.some((artifact) => path === artifact || path.startsWith(artifact + sep));
}

/** The first name of each real file; two names of one file must not tell two platforms. */
async function uniqueFiles(paths: readonly string[], problems: Problems): Promise<string[]> {
  const names = new Map<string, string>();
  for (const path of paths) {
    const real = await realpath(path);
    const first = names.get(real) ?? path;
    names.set(real, first);
    if (!isSameName(first, path))
      problems.add(
        `${first} and ${path} are named for two platforms, but are one file: name the one that is right`,
      );
  }
  return [...names.values()];
}

function isSameName(a: string, b: string): boolean {
  const [left, right] = [platformInName(a), platformInName(b)];
  return !left || !right || formatPlatform(left) === formatPlatform(right);
}

function dangling(path: string): AlbaError {
  return new AlbaError(
    'source',
    `${path} is a symbolic link to something that is missing: copy what it leads to (cp -L) while that is there`,
  );
}
