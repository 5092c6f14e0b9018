import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Storage } from '../../src/storage/storage.ts';

interface Document {
  readonly flavors: readonly {
    readonly platform: { readonly os: string; readonly architecture: string };
    readonly resources: readonly {
      readonly path: string;
      readonly size: number;
      readonly digest: string;
    }[];
  }[];
}

/**
 * What someone finds who starts at the document of a tag and knows nothing of this project: the files that it names by
 * path, undefined where there is no document. Fails where it or SHA256SUMS names what is not there with that digest,
 * or the two name different files.
 */
export async function readAsClient(
  storage: Storage,
  tag: string,
): Promise<Record<string, string> | undefined> {
  const folder = `df-dist-v1/${tag.replace(':', '/')}`;
  const bytesOf = async (key: string): Promise<Buffer | undefined> => {
    const stream = await storage.get(key);
    return stream && buffer(stream);
  };
  const document = await bytesOf(folder);
  if (!document) return undefined;
  const named = new Map<string, string>();
  for (const { platform, resources } of (JSON.parse(document.toString()) as Document).flavors) {
    for (const { path, digest } of resources) {
      named.set(`${platform.os}/${platform.architecture}/${path}`, digest.replace('sha256:', ''));
    }
  }
  const sums = (await bytesOf(`${folder}/SHA256SUMS`))?.toString() ?? '(missing)\n';
  const lines = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => `${sum}  ${path}\n`);
  if (named.size > 0 && sums !== lines.join('')) throw new Error(`SHA256SUMS of ${tag} names other files`);
  const found: Record<string, string> = {};
  for (const [path, sum] of named) {
    const file = (await bytesOf(`${folder}/${path}`)) ?? Buffer.from('(missing)');
    if (createHash('sha256').update(file).digest('hex') !== sum)
      throw new Error(`${path} of ${tag} is wrong`);
    found[path] = file.toString();
  }
  return found;
}
