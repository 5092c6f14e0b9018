import { readdir, realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { AlbaError, messageOf, Problems } from '../errors.ts';
import { formatPlatform } from '../oci/platform.ts';
import { globPaths } from './glob.ts';
import { platformInName } from './platform-name.ts';
import { kindOf, looksLikeArchive } from './sniff.ts';

/** The address that a line may mean; undefined if it is only a path. */
type Guess = (line: string) => string | undefined;

/**
 * The artifacts that these lines name, a path or a glob each, `!` before those to leave out: absolute
 * paths in the order of their names, each real file once. A folder stands for the archives and layouts in
 * it. All that is wrong with the lines is in one error; `guess` tells what published image a missing path may mean.
 */
export async function findArtifacts(
  lines: readonly string[],
  cwd: string,
  guess: Guess = () => undefined,
): Promise<string[]> {
  const wanted = lines.map((line) => line.trim()).filter((line) => line !== '');
  const excluded = await expandExcludes(wanted, cwd);
  const isExcluded = (path: string) =>
    excluded.some((prefix) => path === prefix || path.startsWith(prefix + sep));
  const problems = new Problems();
  const found = new Set<string>();
  const named = wanted.filter((line) => !line.startsWith('!'));
  if (named.length === 0) problems.add('no artifacts are named');
  for (const line of named) {
    try {
      const paths = (await expand(line, cwd, guess)).filter((path) => !isExcluded(path));
      if (paths.length === 0) problems.add(`${line}: all that it names is left out by a line with !`);
      for (const path of paths) found.add(path);
    } catch (error) {
      problems.add(messageOf(error));
    }
  }
  const unique = await uniqueFiles([...found].sort(), problems);
  problems.throwIfAny('source');
  return unique;
}

async function expandExcludes(lines: readonly string[], cwd: string): Promise<string[]> {
  const patterns = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
  const matches = await Promise.all(patterns.map((pattern) => globPaths(pattern, cwd)));
  return [...patterns.map((pattern) => resolve(cwd, pattern)), ...matches.flat()];
}

async function expand(line: string, cwd: string, guess: Guess): Promise<string[]> {
  const path = resolve(cwd, line);
  const kind = await kindOf(path);
  if (kind === 'file' || kind === 'layout') return [path];
  if (kind === 'folder') return expandFolder(line, path);
  if (kind === 'dangling') throw dangling(line);
  if (kind === 'other') throw new AlbaError('source', `${line} is neither a file nor a folder`);
  if (!isDynamicPattern(line)) throw missing(line, cwd, guess(line));
  const artifacts = await keepArtifacts(await globPaths(line, cwd));
  if (artifacts.length > 0) return artifacts;
  throw new AlbaError('source', `${line} matches no image archive and no OCI layout in ${cwd}`);
}

async function expandFolder(line: string, folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const artifacts = await keepArtifacts(names.map((name) => join(folder, name)));
  if (artifacts.length > 0) return artifacts;
  if (names.length === 0) throw new AlbaError('source', `${line} is an empty folder`);
  throw new AlbaError(
    'source',
    `${line} holds no image archive and no OCI layout, but ${names.slice(0, 5).join(', ')}; what lies further down is named by a glob such as ${join(line, '**', '*.tar.gz')}`,
  );
}

/** What is published already needs its scheme, to be told from a path. */
function missing(line: string, cwd: string, url: string | undefined): AlbaError {
  const hint = url ? `; is a published image meant, ${url}?` : '';
  return new AlbaError('source', `${line} does not exist in ${cwd}${hint}`);
}

/** The archives and layouts among these paths; what lies in a layout belongs to it. */
async function keepArtifacts(paths: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const path of [...paths].sort()) {
    const kind = await kindOf(path);
    if (kind === 'dangling') throw dangling(path);
    if (kept.some((layout) => path.startsWith(layout + sep))) continue;
    if (kind === 'layout' || (kind === 'file' && (await looksLikeArchive(path)))) kept.push(path);
  }
  return kept;
}

/** The first name of each real file; two names of one file must not tell two platforms. */
async function uniqueFiles(paths: readonly string[], problems: Problems): Promise<string[]> {
  const names = new Map<string, string>();
  for (const path of paths) {
    const real = await realpath(path);
    const first = names.get(real) ?? path;
    names.set(real, first);
    if (!isSameName(first, path))
      problems.add(`${first} and ${path} are named for two platforms, but are one file`);
  }
  return [...names.values()];
}

function isSameName(a: string, b: string): boolean {
  const [left, right] = [platformInName(a), platformInName(b)];
  return !left || !right || formatPlatform(left) === formatPlatform(right);
}

function dangling(path: string): AlbaError {
  return new AlbaError('source', `${path} is a symbolic link to something that is missing`);
}
