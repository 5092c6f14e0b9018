import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { requestOf } from '../../../__tests__/commands/container/request.ts';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { contentsOf } from '../../../__tests__/fixtures/read.ts';
import { silent } from '../../../__tests__/fixtures/silent.ts';
import { containerPush } from '../../../src/commands/container/push.ts';
import { AlbaError } from '../../../src/errors.ts';
import { readArtifact } from '../../../src/source/open.ts';
import { readPublishedLayout } from '../published-layout.ts';
import { imageLine, type SampleArchive, sampleArchive } from '../sample-archive.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Archives in a round. */
const perRound = 20;

/**
 * Archives and layouts of every kind, most of them damaged. They are refused with an AlbaError that blames them and
 * leaves no trace at the target, or published with layers that are those that were given. Some are only read.
 */
export const target: FuzzTarget = {
  about: 'damaged archives and layouts are refused, or published with the layers that they were given',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      const sample = await sampleArchive(seed, random);
      const own = join(folder, `${i}`);
      try {
        const isSent = sample.damage === undefined || random(4) === 0;
        all.push(isSent ? await tryPush(sample, own, random(3) === 0) : await tryReading(sample, own));
      } catch (cause) {
        throw new Error(`archive ${i}, damaged in: ${sample.damage ?? 'nothing'}`, { cause });
      }
    }
    return addCounts(...all);
  },
};

/** Reads an archive; to publish it, too, takes four times as long. */
async function tryReading(sample: SampleArchive, folder: string): Promise<Counts> {
  const path = join(folder, await write(sample, folder));
  return (await isReadable(path)) ? { read: 1 } : { refused: 1 };
}

function isReadable(path: string): Promise<boolean> {
  return isDone(async () => {
    const { images } = await readArtifact(path, { progress: silent });
    await contentsOf(images);
  });
}

async function tryPush(sample: SampleArchive, folder: string, dryRun: boolean): Promise<Counts> {
  const name = await write(sample, folder);
  const layout = join(folder, 'published');
  const isRead = await isReadable(join(folder, name));
  const input = { artifacts: [name], targets: ['oci:./published:1'], dryRun: `${dryRun}` };
  const isPushed = await isDone(async () => containerPush(await requestOf(input, folder), silent));
  if (isPushed !== isRead) throw new Error(`readArtifact: ${isRead}, containerPush: ${isPushed}`);
  if (sample.damage === undefined && !isPushed) throw new Error('it is whole, but was refused');
  if (existsSync(layout) !== (isPushed && !dryRun)) throw new Error('the target is not as it has to be');
  if (!isPushed) return { refused: 1 };
  if (dryRun) return { dryRuns: 1 };
  await checkPublished(sample, layout);
  return sample.damage === undefined ? { whole: 1 } : { published: 1 };
}

/** Writes an archive or a folder; the name of it. */
async function write({ bytes, members }: SampleArchive, folder: string): Promise<string> {
  const name = bytes ? 'artifact.tar' : 'layout';
  await mkdir(folder, { recursive: true });
  if (bytes) await writeFile(join(folder, name), bytes);
  for (const member of bytes ? [] : members) {
    const path = join(folder, name, member.name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, member.content ?? '');
  }
  return name;
}

/** False where it was refused; nobody but the source may be blamed for that. */
async function isDone(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    if (thrown instanceof AlbaError && thrown.code === 'source') return false;
    throw thrown;
  }
}

async function checkPublished({ damage, given, images }: SampleArchive, layout: string): Promise<void> {
  const published = await readPublishedLayout(layout);
  for (const { digest, diffId } of published.flatMap(({ layers }) => layers)) {
    const isGiven = given.has(digest) || (diffId !== undefined && given.has(diffId));
    if (!isGiven) throw new Error(`layer ${digest} (${diffId}) was not given`);
  }
  if (damage !== undefined) return;
  const found = published.map(({ platform, layers }) =>
    imageLine(
      platform,
      layers.map(({ diffId }) => diffId ?? 'damaged'),
    ),
  );
  if (found.sort().join('\n') !== images.toSorted().join('\n')) {
    throw new Error(`published:\n${found.join('\n')}\ngiven:\n${images.join('\n')}`);
  }
}
