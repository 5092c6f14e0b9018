import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Problems } from '../../src/errors.ts';
import type { Progress } from '../../src/progress/progress.ts';
import { parseTagList, parseTagManifest } from '../../src/release/documents.ts';
import { type Draft, draftRelease } from '../../src/release/draft.ts';
import { listKey, parseRelease, tagKey } from '../../src/release/keys.ts';
import { measureFiles } from '../../src/release/measure.ts';
import { publishTag } from '../../src/release/publish.ts';
import { publishPage } from '../../src/release/publish-page.ts';
import { sendFiles } from '../../src/release/send.ts';
import { readObject } from '../../src/release/store.ts';
import type { ReleaseFile } from '../../src/source/tree/file.ts';
import { readTrees } from '../../src/source/tree/tree.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';

/** The tree of the first example: one program for four platforms. */
export const albatros: Readonly<Record<string, string>> = {
  'linux/386/albatros': '#!386',
  'linux/amd64/albatros': '#!amd64',
  'linux/arm/albatros': '#!arm',
  'linux/arm64/albatros': '#!arm64',
};

/** Writes files by path, with these texts; those that begin with `#!` are executable. */
export async function writeTree(root: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, content.startsWith('#!') ? 0o755 : 0o644);
  }
  return root;
}

/** A symbolic link at `name` below the root. */
export async function writeLink(root: string, name: string, target: string): Promise<void> {
  const link = path.join(root, name);
  await mkdir(path.dirname(link), { recursive: true });
  await symlink(target, link);
}

/** The files of a tree, or one error with all that is wrong with it. */
export async function readFiles(...roots: readonly string[]): Promise<ReleaseFile[]> {
  const problems = new Problems();
  const found = await readTrees(roots, roots[0] ?? '', problems);
  const files = await measureFiles(found, problems, silent);
  problems.throwIfAny('source');
  return files;
}

/** Publishes files as the command does, without a page. */
export async function publishFiles(
  storage: Storage,
  tag: string,
  files: readonly ReleaseFile[],
  name = 'albatros',
  told: Partial<Progress> = {},
): Promise<Draft> {
  const { signal } = new AbortController();
  const progress = { ...silent, ...told };
  const draft = await draftRelease(storage, parseRelease(name, tag), files, progress);
  const options = { concurrency: 4, attachment: false, signal, progress };
  return publishTag(await sendFiles(draft, options), options);
}

/** Publishes files as the command does. */
export async function publish(...what: Parameters<typeof publishFiles>): Promise<void> {
  const { storage, release } = await publishFiles(...what);
  await publishPage(storage, release.name, undefined, silent);
}

/** The tags of a name; an error where one of them lists a file that is missing or has another size. */
export async function checkedTags(storage: Storage, name = 'albatros'): Promise<string[]> {
  const list = await readObject(storage, listKey(name));
  const { tags } = list ? parseTagList(list, 'list') : { tags: [] };
  for (const tag of tags) await checkTag(storage, name, tag);
  return tags;
}

async function checkTag(storage: Storage, name: string, tag: string): Promise<void> {
  const key = tagKey({ name, tag });
  const document = await readObject(storage, key);
  if (!document) throw new Error(`${tag} is listed and missing`);
  for (const { platform, resources } of parseTagManifest(document, key).flavors) {
    for (const resource of resources) {
      const file = `${key}/${platform.os}/${platform.architecture}/${resource.path}`;
      const size = (await storage.head(file))?.size;
      if (size !== resource.size) throw new Error(`${file}: ${size} bytes, listed with ${resource.size}`);
    }
  }
}
