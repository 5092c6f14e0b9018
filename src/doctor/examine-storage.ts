import { randomUUID } from 'node:crypto';
import { AlbaError } from '../errors.ts';
import { digestOf } from '../oci/digest.ts';
import { formatDuration } from '../progress/format.ts';
import type { Checked, Findings } from '../repository/finding.ts';
import { putBytes, readBytes } from '../storage/bytes.ts';
import type { Storage } from '../storage/storage.ts';

/** In milliseconds: AWS refuses requests that are a quarter of an hour off, locks of ours trust minutes. */
const mostSkew = 60_000;
const byWriting = ['push', 'delete', 'mount', 'conditional writes', 'clock'] as const;

/**
 * Finds out what a bucket, a directory or a web server can do for who publishes. With `writes` small objects are put below `alba-doctor/`,
 * under names that nobody has, once it is known that they can be deleted.
 */
export async function examineStorage(storage: Storage, writes: boolean, found: Findings): Promise<void> {
  await found.check('reach', async () => {
    await storage.head(`alba-doctor/${randomUUID()}`);
    return 'it answers, and lets us look at a key';
  });
  if (!found.isYes('reach')) {
    found.leave('it is not reached', 'listing', ...byWriting);
    return;
  }
  if (!writes) {
    await found.check('listing', () => list(storage, ''));
    found.leave('would write: give --write (write: true)', ...byWriting);
    return;
  }
  const folder = `alba-doctor/${randomUUID()}`;
  const keys = ['object', 'copy', 'exchanged', 'twin'].map((name) => `${folder}/${name}`);
  const deletes = await found.check('delete', async () => {
    await storage.assertDeletes?.();
    await storage.delete(`${folder}/object`);
    return 'keys';
  });
  if (!deletes) {
    await found.check('listing', () => list(storage, ''));
    found.leave('nothing was written: it could not be deleted again', ...byWriting, 'cleanup');
    return;
  }
  try {
    await write(storage, found, keys);
  } finally {
    await found.check('cleanup', async () => {
      for (const key of keys) await storage.delete(key);
      for (const key of keys) {
        if (await storage.head(key)) throw new AlbaError('target', `left: ${key}; delete it by hand`);
      }
      return 'all that was written is deleted; a bucket with versions keeps them until its rules say otherwise';
    });
  }
}

async function write(storage: Storage, found: Findings, keys: readonly string[]): Promise<void> {
  const [object = '', copy = '', exchanged = '', twin = ''] = keys;
  const bytes = Buffer.from(`alba doctor ${object}`);
  const headers = { contentType: 'application/vnd.oci.image.manifest.v1+json', cacheControl: 'no-store' };
  const isPut = await found.check('push', async () => {
    await putBytes(storage, object, bytes, headers);
    const stored = await readBytes(storage, object);
    if (stored?.equals(bytes)) return 'written and read back';
    throw new AlbaError(
      'target',
      `${object} holds other bytes right after it was written; is there a cache before it?`,
    );
  });
  if (!isPut) {
    await found.check('listing', () => list(storage, ''));
    found.leave('nothing can be written', 'mount', 'conditional writes', 'clock');
    return;
  }
  await found.check('listing', () => list(storage, object));
  await found.check('clock', async () => {
    const { modified } = (await storage.head(object)) ?? {};
    const skew = Math.abs((modified?.getTime() ?? Number.NaN) - Date.now());
    if (Number.isNaN(skew))
      return { outcome: 'unknown', detail: 'it does not tell when an object was written' };
    if (skew <= mostSkew) return 'as here';
    const remedy = 'set the clocks: signatures are good for minutes, and deletions go by time';
    return { outcome: 'no', detail: `${formatDuration(skew)} off`, remedy };
  });
  await found.check('mount', async () => {
    if (await storage.copy(object, copy, headers, digestOf(bytes)))
      return 'objects are copied within it, proved';
    return {
      outcome: 'no',
      detail: 'copies are not proved',
      remedy: 'nothing: files are sent again for a new tag',
    };
  });
  await found.check('conditional writes', () => exchange(storage, exchanged, twin, headers));
}

async function list(storage: Storage, prefix: string): Promise<Checked> {
  for await (const { key } of storage.list(prefix, prefix === '' ? { shallow: true } : {})) {
    return prefix === ''
      ? `it lists what it holds`
      : `it lists ${key.slice(0, 11)} right after it was written`;
  }
  if (prefix === '') return 'it lists, and holds nothing at its top';
  throw new AlbaError(
    'target',
    `${prefix} is not listed right after it was written; tags that meet could be lost`,
  );
}

/** Two writers of one tag: one of them has to learn that it came second. */
async function exchange(
  storage: Storage,
  key: string,
  twin: string,
  headers: { readonly contentType: string; readonly cacheControl: string },
): Promise<Checked> {
  const remedy = 'let one job at a time write a tag (concurrency: in the workflow)';
  if (!storage.exchange) return { outcome: 'no', detail: 'it has none', remedy };
  const bytes = Buffer.from(key);
  await putBytes(storage, twin, bytes, headers);
  const one = { key, bytes, headers, twin: { key: twin, headers } };
  const first = await storage.exchange({ ...one, before: undefined });
  const second = await storage.exchange({ ...one, before: digestOf(Buffer.from('another')) });
  if (first === 'done' && second === 'lost') return 'who comes second learns of it';
  return { outcome: 'no', detail: 'it writes whatever the condition', remedy };
}
