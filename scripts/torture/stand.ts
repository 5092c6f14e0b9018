import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as v from 'valibot';
import type { Site } from '../../__tests__/retention/sites.ts';
import type { Get } from './read-tag.ts';

/** A site as a place of many repositories: how alba is told of one, and how strangers read it. */
export interface Stand {
  /** What is deleted in, or pushed to, without a tag. */
  target(name: string): Said;
  /** A tag to push to. */
  tagged(name: string, tag: string): Said;
  /** A tag to pull from, or all of a repository. */
  reference(name: string, tag?: string): string;
  /** Reads a repository with nothing of alba's; a tag list is `tags/list`. */
  get(name: string): Get;
  readonly isRegistry: boolean;
}

/** Inputs, in the singular: `{ target: 's3://…', tag: 'org/app:1' }`. */
export type Said = Readonly<Record<'target', string>> & Readonly<Partial<Record<'tag', string>>>;

/** The words of a command line that say the same. */
export function wordsOf({ target, tag }: Said): string[] {
  return [...(tag === undefined ? [] : ['-t', tag]), target];
}

/** What a site is besides its `org/app`. */
export function standOn({ target, env }: Pick<Site, 'target' | 'env'>): Stand {
  if (target.startsWith('oci:')) {
    const folder = (name: string) => `${target}-${name.replaceAll('/', '-')}`;
    return {
      target: (name) => ({ target: folder(name) }),
      tagged: (name, tag) => ({ target: `${folder(name)}:${tag}` }),
      reference: (name, tag) => `${folder(name)}${after(':', tag)}`,
      get: (name) => (path) => getFromLayout(folder(name).slice('oci:'.length), path),
      isRegistry: false,
    };
  }
  if (target.startsWith('docker:')) {
    const { host } = new URL(target);
    const place = (name: string) => `docker://${host}/${name}`;
    return {
      target: (name) => ({ target: place(name) }),
      tagged: (name, tag) => ({ target: `${place(name)}:${tag}` }),
      reference: (name, tag) => `${place(name)}${after(':', tag)}`,
      get: (name) => (path) => getFromRegistry(`http://${host}/v2/${name}/${path}`),
      isRegistry: true,
    };
  }
  const read = target.startsWith('file:')
    ? readerOfFolder(fileURLToPath(target))
    : readerOfBucket(target, env);
  return {
    target: (name) => ({ target, tag: name }),
    tagged: (name, tag) => ({ target, tag: `${name}:${tag}` }),
    reference: (name, tag) => `${target}#${name}${after(':', tag)}`,
    get: (name) => (path) => read(`v2/${name}/${path}`),
    isRegistry: false,
  };
}

function after(mark: string, text: string | undefined): string {
  return text === undefined ? '' : mark + text;
}

/** Reads what a directory or a bucket has under a key. */
export function keyReader({ target, env }: Pick<Site, 'target' | 'env'>): Get {
  return target.startsWith('file:') ? readerOfFolder(fileURLToPath(target)) : readerOfBucket(target, env);
}

const listSchema = v.object({ tags: v.nullish(v.array(v.string()), []) });

/** The tags that a repository tells of. */
export async function listedTags(get: Get): Promise<string[]> {
  const bytes = await get('tags/list');
  return bytes ? v.parse(listSchema, JSON.parse(bytes.toString())).tags : [];
}

function readerOfFolder(folder: string): Get {
  return (path) => orNothing(readFile(join(folder, path)), ['ENOENT', 'ENOTDIR', 'EISDIR']);
}

function readerOfBucket(target: string, env: Site['env']): Get {
  const { hostname: bucket, searchParams } = new URL(target);
  const client = new S3Client({
    endpoint: searchParams.get('endpoint') ?? '',
    region: searchParams.get('region') ?? '',
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    },
    forcePathStyle: true,
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return async (path) => {
    const asked = client.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
    const found = await orNothing(asked, ['NoSuchKey']);
    return found?.Body && Buffer.from(await found.Body.transformToByteArray());
  };
}

const manifests = ['index', 'manifest'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ');

/** As any client does it: what a registry fails at, it is asked for again. */
async function getFromRegistry(url: string, attempts = 4): Promise<Buffer | undefined> {
  const response = await fetch(url, { headers: { accept: manifests } });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.ok) return bytes;
  if (response.status === 404) return undefined;
  if (response.status >= 500 && attempts > 1) {
    await setTimeout(20);
    return getFromRegistry(url, attempts - 1);
  }
  throw new Error(`${url} is answered with ${response.status}`);
}

const layoutSchema = v.object({
  manifests: v.array(
    v.object({ digest: v.string(), annotations: v.optional(v.record(v.string(), v.string())) }),
  ),
});

async function getFromLayout(folder: string, path: string): Promise<Buffer | undefined> {
  const [kind, name = ''] = path.split('/');
  if (name.includes(':')) return orNothing(readFile(join(folder, 'blobs', ...name.split(':'))), ['ENOENT']);
  const bytes = await orNothing(readFile(join(folder, 'index.json')), ['ENOENT']);
  if (!bytes) return undefined;
  const named = v
    .parse(layoutSchema, JSON.parse(bytes.toString()))
    .manifests.map(({ digest, annotations }) => ({
      digest,
      tag: annotations?.['org.opencontainers.image.ref.name'],
    }));
  if (kind === 'tags') return Buffer.from(JSON.stringify({ tags: named.flatMap(({ tag }) => tag ?? []) }));
  const found = named.find(({ tag }) => tag === name);
  return found && readFile(join(folder, 'blobs', ...found.digest.split(':')));
}

async function orNothing<T>(work: Promise<T>, names: readonly string[]): Promise<T | undefined> {
  return work.catch((failure: { readonly name?: string; readonly code?: string }) => {
    if (names.includes(failure.code ?? '') || names.includes(failure.name ?? '')) return undefined;
    throw failure;
  });
}
