import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaTypes } from '../oci/media-type.ts';
import { isName } from '../oci/reference.ts';
import { formatReferrers, parseReferrers } from '../oci/referrer.ts';
import { folders, rootFolder, tagListName } from '../repository/static/keys.ts';
import { findFile } from './find-file.ts';
import { findNames, images, readTags } from './names.ts';

/** An answer that is made of files, where none is it. */
export interface MadeAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

const tagsOf = new RegExp(`^${rootFolder}/(.+)/${tagListName}$`);
const referrersOf = new RegExp(`^${rootFolder}/(.+)/${folders.referrers}/(sha(?:256|512):[0-9a-f]+)$`);
const catalogKey = `${rootFolder}/_catalog`;

/**
 * What a registry answers besides files (distribution-spec 1.1): parts of a tag list (`n`, `last`), a list of referrers for
 * every subject, also by `artifactType`, and the catalog of its repositories. Undefined: a file is the answer, or nothing.
 */
export async function answerAsRegistry(
  root: string,
  key: string,
  query: URLSearchParams,
): Promise<MadeAnswer | undefined> {
  const [, name, subject] = referrersOf.exec(key) ?? [];
  if (name && subject && isName(name)) return answerReferrers(root, key, query.get('artifactType'));
  if (key === catalogKey) {
    const names = (await findNames(root, images)).map(({ name }) => name);
    return answerList('repositories', names, `/${key}`, query);
  }
  const [, repository] = tagsOf.exec(key) ?? [];
  if (!repository || !isName(repository) || !(query.has('n') || query.has('last'))) return undefined;
  const tags = await readTags(join(root, key));
  return tags && answerList('tags', tags, `/${key}`, query, { name: repository });
}

/** One part of a list in lexical order: `n` entries at most, those after `last`; a link leads to the next. */
function answerList(
  field: string,
  all: readonly string[],
  path: string,
  query: URLSearchParams,
  others: Readonly<Record<string, string>> = {},
): MadeAnswer {
  const last = query.get('last');
  const after = [...all].sort().filter((entry) => last === null || entry > last);
  const asked = query.get('n') ?? '';
  const entries = /^\d{1,9}$/.test(asked) ? after.slice(0, Number(asked)) : after;
  const end = entries.at(-1);
  const next = new URLSearchParams({ n: asked, last: end ?? '' });
  const isCut = end !== undefined && entries.length < after.length;
  return {
    headers: {
      'Content-Type': 'application/json',
      ...(isCut && { Link: `<${path}?${next}>; rel="next"` }),
    },
    bytes: Buffer.from(JSON.stringify({ ...others, [field]: entries })),
  };
}

async function answerReferrers(
  root: string,
  key: string,
  type: string | null,
): Promise<MadeAnswer | undefined> {
  const found = await findFile(root, key);
  const isThere = found !== undefined && 'file' in found;
  if (isThere && type === null) return undefined;
  const { manifests } = isThere ? parseReferrers(await readFile(found.file), key) : { manifests: [] };
  const wanted = manifests.filter(({ artifactType }) => type === null || artifactType === type);
  return {
    headers: {
      'Content-Type': mediaTypes.oci.index,
      ...(type !== null && { 'OCI-Filters-Applied': 'artifactType' }),
    },
    bytes: formatReferrers(wanted),
  };
}
