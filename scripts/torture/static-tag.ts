import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { noise } from '../../__tests__/fixtures/image.ts';
import type { Get } from './read-tag.ts';

const documentSchema = v.object({
  flavors: v.array(
    v.object({
      platform: v.object({ os: v.string(), architecture: v.string() }),
      resources: v.array(v.object({ path: v.string(), digest: v.string() })),
    }),
  ),
});

/**
 * Reads all that the document of a release of plain files names, with nothing of alba's; gives the digest of what SHA256SUMS says,
 * undefined where there is no document, or one that names nothing yet. Throws what is missing or wrong.
 */
export async function readStaticTag(get: Get, name: string, tag: string): Promise<string | undefined> {
  const folder = `df-dist-v1/${name}/${tag}`;
  // Where a key cannot be a folder too, the document lies in it.
  const document = (await get(folder)) ?? (await get(`${folder}/_self.json`));
  if (!document) return undefined;
  const { flavors } = v.parse(documentSchema, JSON.parse(document.toString()));
  if (flavors.length === 0) return undefined;
  const lines: string[] = [];
  for (const { platform, resources } of flavors) {
    for (const { path, digest } of resources) {
      const key = `${platform.os}/${platform.architecture}/${path}`;
      const bytes = await get(`${folder}/${key}`);
      if (!bytes) throw new Error(`${key} is missing`);
      if (`sha256:${sha256(bytes)}` !== digest) throw new Error(`${key} is other bytes`);
      lines.push(`${sha256(bytes)}  ${key}\n`);
    }
  }
  const sums = (await get(`${folder}/SHA256SUMS`))?.toString() ?? '';
  const wanted = new Set(lines.map((line) => line.trim()));
  const told = sums.split('\n').filter((line) => line !== '');
  if (told.length !== wanted.size || told.some((line) => !wanted.has(line)))
    throw new Error(`SHA256SUMS of ${tag} names other files`);
  return sha256(Buffer.from(sums));
}

/** A tree of these platforms, or of two, `tree-<version>` in a folder, of which one file is large enough for something to happen meanwhile. */
export async function writeTree(
  folder: string,
  version: number,
  ...platforms: readonly string[]
): Promise<void> {
  const wanted = platforms.length > 0 ? platforms : ['linux/amd64', 'linux/arm64'];
  for (const [at, platform] of wanted.entries()) {
    const path = join(folder, `tree-${version}`, platform);
    await mkdir(path, { recursive: true });
    await writeFile(
      join(path, 'app'),
      noise(`${version} ${platform}`, (at === 0 ? 300_000 : 3_000) + version),
    );
    for (let file = 0; file < 4; file += 1) {
      await writeFile(join(path, `own-${file}.txt`), `${version} ${file}`.repeat(version + 1));
      await writeFile(join(path, `same-${file}.txt`), `${file}`);
    }
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
