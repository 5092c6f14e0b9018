import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openBytes } from '../../../content/content.ts';
import { AlbaError, systemCode } from '../../../errors.ts';
import type { Digest } from '../../../oci/digest.ts';
import { mediaTypes } from '../../../oci/media-type.ts';
import { formatBytes } from '../../../progress/format.ts';
import { readBytes, whereIs } from '../../../storage/bytes.ts';
import { fileError } from '../../../storage/file-error.ts';
import { withLock } from '../../../storage/file-lock.ts';
import { FilesystemStorage } from '../../../storage/filesystem.ts';
import { temporaryPrefix } from '../../../storage/key-path.ts';
import type { ObjectHeaders, Upload } from '../../../storage/storage.ts';
import { assertWithin } from '../../../storage/within.ts';
import { embeddedMediaType } from '../embedded-media-type.ts';
import { kindOfKey, rootFolder } from '../keys.ts';

/** What Cloudflare Pages takes at most: rules of `_headers`, and bytes of a file. */
const most = { rules: 100, bytes: 25 * 1024 * 1024 };

const headersName = '_headers';
const begin = '# What follows is written by alba: the media types of v2/';
const end = '# What precedes is written by alba';

/**
 * A directory that is deployed to Cloudflare Pages, where `_headers` tells the media type of each manifest and index by a
 * rule. What does not fit is an error before any tag is written.
 */
export class CloudflareFiles extends FilesystemStorage {
  readonly #directory: string;

  constructor(directory: string) {
    super(directory);
    this.#directory = directory;
  }

  override async put(key: string, upload: Upload, headers: ObjectHeaders = {}): Promise<void> {
    this.assertFits(key, upload);
    if (kindOfKey(key) !== 'manifest') return super.put(key, upload);
    await this.#locked(async () => {
      await this.#writeRules(await this.#rules(key, headers.contentType));
      await super.put(key, upload);
    });
  }

  /** Throws where a file is too large for Cloudflare Pages. */
  assertFits(key: string, { size }: Pick<Upload, 'size'>): void {
    if (size <= most.bytes) return;
    const why = `Cloudflare Pages takes files of ${formatBytes(most.bytes)} at most`;
    throw new AlbaError('target', `${whereIs(this, key)} has ${formatBytes(size)}: ${why}`);
  }

  /** Writes the rules of all documents that are there, and of one that another writer is about to write. */
  async announce(key: string, mediaType: string | undefined): Promise<void> {
    await this.#locked(async () => this.#writeRules(await this.#rules(key, mediaType)));
  }

  /** Brings the rules up to date with the documents that another writer wrote or deleted. */
  async followDocuments(): Promise<void> {
    await this.#locked(async () => this.#writeRules(await this.#rules()));
  }

  /** Documents are always put, so that their rules are written. */
  override async copy(from: string, to: string, headers: ObjectHeaders, digest: Digest): Promise<boolean> {
    return kindOfKey(to) === 'manifest' ? false : super.copy(from, to, headers, digest);
  }

  override async delete(key: string): Promise<void> {
    await super.delete(key);
    if (kindOfKey(key) === 'manifest') await this.followDocuments();
  }

  async #locked(work: () => Promise<void>): Promise<void> {
    await super.put(`${rootFolder}/`, { size: 0, open: openBytes(Buffer.alloc(0)) });
    await withLock(join(this.#directory, rootFolder, `${temporaryPrefix}headers`), async () => {
      // Who writes without rules meanwhile, and has looked before, finds them after his document.
      if (!(await isForCloudflare(this.#directory))) await this.#writeRules([]);
      await work();
    });
  }

  /** A rule for each document that is there, and for one that is to come; types are read in them. */
  async #rules(coming?: string, mediaType?: string): Promise<string[]> {
    const types = new Map<string, string>();
    for await (const key of super.keys(`${rootFolder}/`)) {
      const bytes = isAskedFor(key) && (await readBytes(this, key));
      if (bytes) types.set(key, embeddedMediaType(bytes, whereIs(this, key)));
    }
    if (coming !== undefined) types.set(coming, mediaType ?? mediaTypes.oci.index);
    const repositories = new Set([...types.keys()].map((key) => key.replace(/\/manifests\/[^/]+$/, '')));
    const rules = [
      ...[...types].map(([key, type]) => ruleOf(key, type)),
      ...[...repositories].flatMap((repository) => [
        ruleOf(`${repository}/referrers/*`, mediaTypes.oci.index),
        ruleOf(`${repository}/tags/list`, 'application/json'),
      ]),
    ];
    if (rules.length <= most.rules) return rules;
    throw new AlbaError(
      'target',
      `${this.url}: Cloudflare Pages takes ${most.rules} rules in ${headersName}, and each tag, index and manifest needs one: remove tags by "container gc", or publish to a bucket such as R2`,
    );
  }

  /** The rest of the file is the user's. */
  async #writeRules(rules: readonly string[]): Promise<void> {
    await assertWithin(this.#directory, join(this.#directory, headersName));
    const present = await readHeaders(this.#directory);
    const bytes = Buffer.from(`${withoutOurs(present)}${begin}\n${rules.join('')}${end}\n`);
    if (bytes.toString() !== present)
      await super.put(headersName, { size: bytes.length, open: openBytes(bytes) });
  }
}

/** Whether alba has written rules for Cloudflare Pages there. */
export async function isForCloudflare(directory: string): Promise<boolean> {
  return (await readHeaders(directory)).includes(begin);
}

/** Others may have put files there whose names would be rules of their own: no client asks for those. */
function isAskedFor(key: string): boolean {
  return kindOfKey(key) === 'manifest' && /^[\w./:-]+$/.test(key);
}

function ruleOf(key: string, mediaType: string): string {
  if (/[^!-~]/.test(mediaType)) {
    throw new AlbaError(
      'target',
      `${key} says that it is of the media type ${JSON.stringify(mediaType)}: delete it`,
    );
  }
  return `/${key}\n  Content-Type: ${mediaType}\n`;
}

function withoutOurs(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  return from < 0 || to < from ? text : text.slice(0, from) + text.slice(to + end.length + 1);
}

async function readHeaders(directory: string): Promise<string> {
  const path = join(directory, headersName);
  try {
    if (!(await stat(path)).isFile()) throw new AlbaError('target', `${path} is no file`);
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof AlbaError) throw thrown;
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(thrown) ?? '')) return '';
    throw fileError('read', path, thrown);
  }
}
