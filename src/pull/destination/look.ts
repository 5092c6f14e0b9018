import { constants } from 'node:fs';
import { access, lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { AlbaError, systemCode } from '../../errors.ts';
import { diskFailure } from '../../image/rootfs/disk-failure.ts';
import { shownPath } from '../../progress/format.ts';
import type { DestinationOptions } from '../destination.ts';
import { type DestinationLayout, innerFolder } from './layout.ts';
import { mountBelow } from './mounts.ts';
import { type DestinationRecord, readRecord } from './record.ts';
import { assertExpendable, assertSpares } from './spare.ts';

/** What is at a destination that may be filled. */
export interface FoundDestination {
  readonly kind: 'absent' | 'folder' | 'link';
  /** Whether it is a folder, or a link to one, that has something in it. */
  readonly isFull: boolean;
  /** The tree, links followed; undefined where there is none. */
  readonly tree: string | undefined;
  readonly record: DestinationRecord | undefined;
}

/** Looks at a destination. An AlbaError where it is none that this pull may fill, which says what would help. */
export async function lookAtDestination(
  layout: DestinationLayout,
  options: DestinationOptions,
): Promise<FoundDestination> {
  const { path } = layout;
  const shown = shownPath(path, options.directory);
  const stats = await lstat(path).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return undefined;
    throw diskFailure(`look at ${shown}`, thrown);
  });
  const record = await recordOf(layout);
  if (!stats) return { kind: 'absent', isFull: false, tree: undefined, record };
  if (stats.isSymbolicLink()) return lookAtLink(layout, options, record);
  if (!stats.isDirectory()) {
    throw new AlbaError(
      'target',
      `${shown} is a file, expected a folder, or nothing: files are pulled into one`,
    );
  }
  if (options.current && layout.inPlace !== undefined) {
    throw new AlbaError('usage', `${shown} cannot become a symbolic link: ${layout.inPlace}`);
  }
  const mounted = mountBelow(path);
  if (mounted !== undefined) {
    throw new AlbaError('target', `${shown} cannot be replaced, as something is mounted in it: ${mounted}`);
  }
  const names = await readdir(path);
  const isFull = names.some((name) => layout.inPlace === undefined || name !== innerFolder);
  if (isFull && !record && !options.replace) throw notEmpty(shown);
  if (isFull) {
    if (names.includes('.git') && record?.entries?.get('.git') === undefined) throw hasRepository(shown);
    if (!record) await assertExpendable(path, shown, options.directory);
    await assertSpares(path, shown, options.needed ?? []);
    await ensureRemovable(path, shown);
  }
  return { kind: 'folder', isFull, tree: path, record };
}

async function recordOf({ record, otherRecord }: DestinationLayout): Promise<DestinationRecord | undefined> {
  return (await readRecord(record)) ?? (otherRecord === undefined ? undefined : readRecord(otherRecord));
}

/** Of another user's folder the old files could be neither moved nor removed. */
async function ensureRemovable(path: string, shown: string): Promise<void> {
  const { uid } = await stat(path);
  const user = process.getuid?.();
  if (user === undefined || user === 0 || user === uid) return;
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw new AlbaError('target', `${shown} cannot be replaced: it is another user's`, { cause });
  });
}

/** A link that a pull made leads into its folder of trees; nobody else's is swapped without a word. */
async function lookAtLink(
  layout: DestinationLayout,
  { current, replace, directory }: DestinationOptions,
  record: DestinationRecord | undefined,
): Promise<FoundDestination> {
  const shown = shownPath(layout.path, directory);
  const target = await readlink(layout.path);
  const isOurs = leadsInto(layout.trees, resolve(dirname(layout.path), target));
  if (!current) {
    const help = isOurs
      ? 'a pull with current made it: give current again, or remove the link'
      : 'name the folder itself';
    throw new AlbaError('target', `${shown} is a symbolic link to ${target}: ${help}`);
  }
  if (!isOurs && !replace) {
    throw new AlbaError(
      'target',
      `${shown} is a symbolic link to ${target} that no pull made: give replace to have it swapped, which leaves what it leads to alone`,
    );
  }
  const tree = await realpath(layout.path).catch(() => undefined);
  const isFull = tree !== undefined && isOurs;
  return { kind: 'link', isFull: true, tree: isFull ? tree : undefined, record: isOurs ? record : undefined };
}

/** Whether a path lies in a folder, by its name alone. */
function leadsInto(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** What was committed there and not pushed is nowhere else. */
function hasRepository(shown: string): AlbaError {
  return new AlbaError(
    'target',
    `${shown} is not replaced, as it has .git in it, which no pull wrote: name another folder, such as one in it`,
  );
}

function notEmpty(shown: string): AlbaError {
  return new AlbaError(
    'target',
    `${shown} is not empty, and no pull wrote it: give replace to have all of it replaced, or name another folder`,
  );
}
