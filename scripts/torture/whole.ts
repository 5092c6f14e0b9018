import type { Descriptor } from '../../src/oci/descriptor.ts';
import type { Digest } from '../../src/oci/digest.ts';
import { parseSuccessors } from '../../src/oci/manifest.ts';
import { isDocument } from '../../src/oci/media-type.ts';
import type { Repository } from '../../src/repository/repository.ts';

/** Throws where a tag, or something that it leads to, is not there. */
export async function assertWhole(repository: Repository, tag: string): Promise<void> {
  const seen = new Set<Digest>();
  const visit = async (descriptor: Descriptor): Promise<void> => {
    if (seen.has(descriptor.digest)) return;
    seen.add(descriptor.digest);
    const bytes = Buffer.concat(await (await repository.fetch(descriptor)).toArray());
    if (!isDocument(descriptor.mediaType)) return;
    for (const child of parseSuccessors(descriptor.mediaType, bytes, tag)) await visit(child);
  };
  const root = await repository.resolve(tag);
  if (!root) throw new Error(`${tag} is not there`);
  try {
    await visit(root);
  } catch (cause) {
    throw new Error(`${tag} is not whole: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
