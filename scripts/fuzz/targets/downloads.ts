import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { silent } from '../../../__tests__/fixtures/silent.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { checksumsIn } from '../../../src/release/checksums.ts';
import { parseTagList, parseTagManifest } from '../../../src/release/documents.ts';
import { listKey, pageKey, tagKey } from '../../../src/release/keys.ts';
import { publishPage } from '../../../src/release/publish-page.ts';
import { claimsOf, readTagDocument } from '../../../src/release/published.ts';
import { publishTagList, readTagList } from '../../../src/release/tags.ts';
import { readBytes } from '../../../src/storage/bytes.ts';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { damageText } from '../damage-text.ts';
import { assertPlain, judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Trees in a round. */
const perRound = 20;
const release = { name: 'org/app', tag: '1.0' };
const resource = { path: 'bin/app', size: 3, digest: digestOf(Buffer.from('app')), executable: true };
const list = { name: release.name, tags: ['1.0', '0.9', 'next'], more: { a: 1 } };
const manifest = {
  flavors: [
    { resources: [resource], platform: { architecture: 'amd64', os: 'linux' } },
    {
      resources: [resource, { path: 'größe <b>' }],
      platform: { architecture: 'arm', os: 'linux', variant: 'v7' },
    },
  ],
  note: 'x',
};
const marker = '<script>alert(1)';

/** Documents of df-dist-v1, in a directory: they lead to no file outside of it, and no page has a script of theirs. */
export const target: FuzzTarget = {
  about: 'documents of downloads are read or refused, lead out of no folder, and put no script into a page',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      const documents = [list, manifest].map((document) => {
        const text = JSON.stringify(document).replaceAll('<b>', random(2) ? marker : '<b>');
        return random(4) > 0 ? damageText(text, random) : text;
      });
      all.push(await tryTree(join(folder, `${i}`), documents));
    }
    return addCounts(...all);
  },
};

async function tryTree(folder: string, [tags = '', document = '']: readonly string[]): Promise<Counts> {
  const storage = new FilesystemStorage(join(folder, 'given'));
  // A key that is a folder, too, is kept in a file of its own there.
  const files = { [`${listKey(release.name)}/_self.json`]: tags, [tagKey(release)]: document };
  for (const [key, text] of Object.entries(files)) {
    const path = join(folder, 'given', key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const works: readonly (() => unknown)[] = [
    () => assertPlain(parseTagList(Buffer.from(tags), 'a list'), 'a list of tags'),
    () =>
      assertPlain(
        parseTagManifest(Buffer.from(document), 'a manifest').flavors.map(({ platform }) => platform),
        'platforms',
      ),
    () => checksumsIn(parseTagManifest(Buffer.from(document), 'a manifest')),
    () => readTagList(storage, release.name),
    async () => {
      const found = await readTagDocument(storage, release);
      if (found) claimsOf(release, found.manifest);
    },
    () => publishPage(storage, release.name, 'https://download.example', silent),
    () => publishTagList(storage, release, true, silent),
  ];
  const counts: Counts[] = [];
  for (const work of works) {
    const { refusal } = await judge(work);
    counts.push(refusal ? { refused: 1 } : { done: 1 });
  }
  const page = await readBytes(storage, pageKey(release.name), 64 * 1024 * 1024);
  if (page?.includes(marker)) throw new Error('a page has a script of a document');
  return addCounts(...counts);
}
