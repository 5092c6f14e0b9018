import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RetryContext } from '../concurrency/retry.ts';
import { AlbaError } from '../errors.ts';
import type { Connection } from '../place/connection.ts';
import type { Address, Place, StoragePlace } from '../place/scheme.ts';
import { assertWritable } from '../place/writable.ts';
import { formatCount } from '../progress/format.ts';
import { type Checked, type Examination, type Finding, Findings } from '../repository/finding.ts';
import { examineStorage } from './examine-storage.ts';

/** Finds out what the target of an address can do; nothing is left behind. A usage error where it names nothing that can be asked. */
export async function examine(
  { url, place, storage, tag, digest }: Address,
  connection: Connection,
  context: RetryContext,
  asked: Examination,
): Promise<readonly Finding[]> {
  if (place?.examine) return place.examine(connection, context, asked);
  if (storage) {
    const found = new Findings();
    await examineOpened(storage, connection, context, asked, found);
    if (place) await found.check('pull', () => lookUp(place, tag ?? digest, connection, context));
    return found.all;
  }
  if (place) return examineLayout(place, connection, context);
  throw new AlbaError('usage', `${url} names nothing that can be asked`);
}

async function examineOpened(
  place: StoragePlace,
  connection: Connection,
  context: RetryContext,
  { writes }: Examination,
  found: Findings,
): Promise<void> {
  const storage = await place.openStorage(connection, context);
  try {
    if (storage.isUnlisted) {
      throw new AlbaError('usage', `${place.url} names no repository: expected such as ${place.url}/app`);
    }
    if (place.directory === undefined) return await examineStorage(storage, writes, found);
    const directory = resolve(connection.directory, place.directory);
    await checkImages(place, found);
    await found.check('push', () => look(directory));
    const isThere = await stat(directory).then(
      () => true,
      () => false,
    );
    if (isThere && writes && found.isYes('push')) await examineStorage(storage, writes, found);
  } finally {
    await storage.close();
  }
}

/** Where the way in which a directory is served leaves no image that clients pull, that is a no. */
async function checkImages(place: StoragePlace, found: Findings): Promise<void> {
  try {
    place.repository('alba-doctor');
  } catch (refusal) {
    await found.check('content types', () => Promise.reject(refusal));
  }
}

/** What a tag or a digest leads to there; without one, how many tags there are. */
async function lookUp(
  place: Place,
  named: string | undefined,
  connection: Connection,
  context: RetryContext,
): Promise<Checked> {
  const repository = await place.openRepository(connection, context, 'pull');
  try {
    const { storedName } = place;
    if (named === undefined)
      return `${formatCount((await repository.tags()).length, 'tag')} of ${storedName}`;
    const found = await repository.resolve(named);
    const what = `${storedName}${named.includes(':') ? '@' : ':'}${named}`;
    if (found) return `${what} is ${found.digest}`;
    return {
      outcome: 'no',
      detail: `${what} is not there`,
      remedy: 'publish it, or name one that is: alba container ls',
    };
  } finally {
    await repository.close();
  }
}

async function examineLayout(
  place: Place,
  connection: Connection,
  context: RetryContext,
): Promise<readonly Finding[]> {
  const found = new Findings();
  const { directory } = place;
  if (directory !== undefined)
    await found.check('push', () => look(resolve(connection.directory, directory)));
  const repository = await place.openRepository(connection, context, 'pull');
  try {
    await found.check('listing', async () => formatCount((await repository.tags()).length, 'tag'));
  } finally {
    await repository.close();
  }
  return found.all;
}

/** Nothing is written to know it. */
async function look(directory: string): Promise<string> {
  await assertWritable([directory]);
  return 'the folder can be written to, or made';
}
