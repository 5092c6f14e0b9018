import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Index, Manifest } from '../../src/oci/manifest.ts';

/** Counts what a tag of an index in a directory leads to; throws where any of it is not there, or is of another size. */
export function readTagWhole(folder: string, tag: string): { manifests: number; blobs: number } {
  const index: Index = JSON.parse(readFileSync(join(folder, 'manifests', tag), 'utf8'));
  const blobs = new Set<string>();
  for (const { digest, size } of index.manifests) {
    const bytes = readFileSync(join(folder, 'manifests', digest));
    if (bytes.length !== size) throw new Error(`${digest} has ${bytes.length} bytes`);
    const { config, layers }: Manifest = JSON.parse(bytes.toString());
    for (const blob of [config, ...layers]) {
      blobs.add(blob.digest);
      const found = statSync(join(folder, 'blobs', blob.digest)).size;
      if (found !== blob.size) throw new Error(`${blob.digest} has ${found} bytes`);
    }
  }
  return { manifests: index.manifests.length, blobs: blobs.size };
}
