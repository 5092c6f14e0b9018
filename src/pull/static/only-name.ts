import { AlbaError } from '../../errors.ts';
import { isName } from '../../oci/reference.ts';
import { formatNames } from '../../progress/format.ts';
import { listKey } from '../../release/keys.ts';
import { selfName } from '../../storage/key-path.ts';
import type { Storage } from '../../storage/storage.ts';

/** Objects that are looked at; more are not searched for a name. */
const mostLooked = 10_000;

/** The one name under which plain files are published in a storage; a usage error where there are several, or it cannot tell. */
export async function findOnlyName(storage: Storage): Promise<string> {
  const names = storage.isUnlisted ? [] : await listNames(storage);
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return only;
  const there = names.length > 0 ? `: ${storage.url} has ${formatNames(names)}` : '';
  throw new AlbaError(
    'usage',
    `no tag: name the release to pull, such as name, name:1.2 or name:^1.2${there}`,
  );
}

/** A list of tags lies under its name, or where a key cannot be a folder, too, in the folder of that name. */
async function listNames(storage: Storage): Promise<string[]> {
  const root = listKey('');
  const names = new Set<string>();
  let count = 0;
  const add = (key: string): void => {
    const name = key.slice(root.length);
    if (isName(name)) names.add(name);
  };
  for await (const { key } of storage.list(root, { shallow: true })) add(key);
  if (names.size > 0) return [...names].sort();
  const end = `/${selfName}`;
  for await (const { key } of storage.list(root)) {
    count += 1;
    if (key.endsWith(end) && !key.slice(root.length, -end.length).includes('/'))
      add(key.slice(0, -end.length));
    if (count > mostLooked) break;
  }
  return [...names].sort();
}
