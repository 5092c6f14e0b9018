import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { indexName } from '../oci/layout.ts';
import { manifestName } from './docker-archive.ts';
import { normalizeName } from './members.ts';
import type { Scan } from './scanned.ts';

/**
 * An error for an archive that others were appended to (`tar -A`): of files of one name the last one counts, so all images
 * but those of the last archive would be gone. A list that was only replaced by a longer one (`tar -r`) is none.
 */
export function refuseJoined(scan: Pick<Scan, 'files' | 'replaced'>, path: string): void {
  for (const [name, list] of Object.entries(lists)) {
    const last = scan.files.get(name)?.document;
    const left = new Set(last && list(last));
    for (const { document } of scan.replaced.get(name) ?? []) {
      const lost = document
        ? list(document).find((image) => !left.has(image) || scan.replaced.has(image))
        : name;
      if (lost === undefined) continue;
      throw new AlbaError(
        'source',
        `${path} holds several image archives in one: it has ${name} more than once, and of ${lost}, which an earlier one lists, the last knows nothing; docker load and skopeo read that alone: give each archive a file of its own`,
      );
    }
  }
}

/** The names of the images that a list at the root of an archive has; of a list that nobody can read, none. */
const lists: Readonly<Record<string, (document: Uint8Array) => string[]>> = {
  [manifestName]: (document) => parse(dockerList, document).map(({ Config }) => normalizeName(Config)),
  [indexName]: (document) => parse(index, document).flatMap(({ digest }) => digest),
};

const dockerList = v.array(v.looseObject({ Config: v.string() }));
const index = v.pipe(
  v.looseObject({ manifests: v.array(v.looseObject({ digest: v.string() })) }),
  v.transform(({ manifests }) => manifests),
);

function parse<T>(schema: v.GenericSchema<unknown, T[]>, document: Uint8Array): T[] {
  try {
    const result = v.safeParse(schema, JSON.parse(Buffer.from(document).toString()));
    return result.success ? result.output : [];
  } catch {
    return [];
  }
}
