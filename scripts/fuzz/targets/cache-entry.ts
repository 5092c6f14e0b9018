import { join } from 'node:path';
import process from 'node:process';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { startCacheService } from '../../../__tests__/action/cache-service.ts';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { type TarMember, tar } from '../../../__tests__/fixtures/tar.ts';
import { readCacheEntry } from '../../../src/action/cache-entry.ts';
import { maxKnowledgeSize } from '../../../src/cache/knowledge.ts';
import { damageBytes, damageTarHeader, type Random } from '../damage.ts';
import { judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Entries in a round. */
const perRound = 20;
const name = 'alba-cache/alba-knowledge.json';
const content = '{"version":3}';

const honest: TarMember = { name, content };
const members: readonly TarMember[] = [
  honest,
  { name: '../../x', content },
  { name: '/etc/x', content },
  { name: '../x', content },
  { name, symlink: '../../x' },
  { name, link: '/etc/passwd' },
  { name: 'x/' },
  { name, type: '3' },
];
/** Large once it is unpacked; of few entries, as it takes as long as hundreds of others. */
const bomb: TarMember = { name, content: Buffer.alloc(8 * maxKnowledgeSize) };

/** Entries of the Actions cache: whoever may write one may pack anything. Nothing of it reaches the disk. */
export const target: FuzzTarget = {
  about: 'an entry of the Actions cache gives the bytes of its one file, or is refused, and writes nothing',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    await using service = await startCacheService();
    // Without a PATH no zstd is started, only to ask for its version.
    Object.assign(process.env, service.env, { GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder, PATH: folder });
    // The client of the service tells a runner of each request.
    process.stdout.write = () => true;
    const path = join(folder, name);
    const version = await versionOf(path);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      service.entries.clear();
      const { bytes, chosen, isWhole } = packed(random);
      service.entries.set('key', { version, bytes, isFinal: true });
      const { value, refusal } = await judge(() => readCacheEntry(path, ['key']));
      if (value && value.length > maxKnowledgeSize + 64 * 1024)
        throw new Error(`it has ${value.length} bytes`);
      const isHonest = chosen.length === 1 && chosen[0] === honest;
      if (isWhole && isHonest !== (value?.toString() === content)) {
        throw new Error(`of ${chosen.map(({ name }) => name)} it took ${value?.length} bytes`, {
          cause: refusal,
        });
      }
      all.push(refusal ? { refused: 1 } : { read: 1 });
    }
    return addCounts(...all);
  },
};

async function versionOf(path: string): Promise<string> {
  const { getCacheVersion, getCompressionMethod } = await import(
    '../../../node_modules/@actions/cache/lib/internal/cacheUtils.js'
  );
  return getCacheVersion([path], await getCompressionMethod(), true);
}

/** An entry, what it was made of, and whether it is as it was made. */
function packed(random: Random) {
  const chosen = random(3) === 0 ? [honest] : members.filter(() => random(4) === 0);
  if (random(500) === 0) chosen.push(bomb);
  const made = tar(chosen);
  let bytes = made;
  if (random(3) === 0) bytes = damageTarHeader(bytes, random);
  if (random(4) === 0) bytes = damageBytes(bytes, random);
  const compressed = random(2) ? zstdCompressSync(bytes) : random(2) ? gzipSync(bytes) : bytes;
  const sent = random(5) === 0 ? damageBytes(compressed, random) : compressed;
  return { bytes: sent, chosen, isWhole: sent === compressed && bytes.equals(made) };
}
