import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as v from 'valibot';
import { randomNumbers } from '../../__tests__/compression/samples.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { unattended } from '../../__tests__/fixtures/unattended.ts';
import { type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { type Ended, runAlba } from '../../__tests__/support/alba.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { placesOf } from './places.ts';
import { type Get, readTag } from './read-tag.ts';
import { type Order, Tally, type Torture } from './torture.ts';

const { directory, layout, versitygw, distribution3 } = siteKinds;
const kinds = { directory, layout, versitygw, distribution3 };
const tag = '1';

/** `container push` killed at random moments over a tag that stands, and run again. */
export const pushKills: Torture = {
  about:
    'container push, killed at any moment, leaves its tag whole, old or new; the next run completes and sweeps',
  places: placesOf(kinds, (site, order) => killPush(site, order, 'push')),
};

/** The same of `container copy` out of a directory. */
export const copyKills: Torture = {
  about:
    'container copy, killed at any moment, leaves its tag whole, old or new; the next run completes and sweeps',
  places: placesOf(kinds, (site, order) => killPush(site, order, 'copy')),
};

async function killPush(site: Site, { rounds, seed, folder }: Order, verb: 'push' | 'copy'): Promise<Tally> {
  const random = randomNumbers(seed);
  const tally = new Tally();
  const get = getIn(site);
  const temporary = join(folder, 'temporary');
  await mkdir(temporary, { recursive: true });
  const env = { ...site.env, TMPDIR: temporary, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const alba = (words: readonly string[], kill?: number): Promise<Ended> =>
    runAlba(['container', verb, ...words], {
      ...{ env, cwd: folder },
      watch: (child) => {
        if (kill !== undefined) setTimeout(() => child.kill('SIGKILL'), kill);
      },
    });
  const wordsOf = await (verb === 'push' ? pushed(site, folder) : copied(site, folder));
  const digests: (string | undefined)[] = [];
  let took = 0;
  for (const version of [0, 1, 0, 1]) {
    const began = performance.now();
    assertEnded(await alba(wordsOf(version)));
    took = performance.now() - began;
    digests[version] = await readTag(get, tag);
  }
  let stands = 1;
  for (let round = 1; round <= rounds; round += 1) {
    tally.count('rounds');
    const next = 1 - stands;
    const { code } = await alba(wordsOf(next), took * (0.25 + random(850) / 1_000));
    tally.count(code === null ? 'killed' : 'ended before');
    await tally.check(round, async () => {
      const found = await readTag(get, tag);
      if (found !== digests[stands] && found !== digests[next]) throw new Error(`the tag is ${found}`);
      tally.count(found === digests[next] ? 'new' : 'old');
      const left = (await readdir(temporary)).length;
      if (left > 0) tally.count('left in a folder for temporary files', left);
      assertEnded(await alba(wordsOf(next)));
      if ((await readTag(get, tag)) !== digests[next]) throw new Error('the next run did not complete');
      const kept = [...(await readdir(temporary)), ...(await leftIn(folder))];
      if (kept.length > 0) throw new Error(`this was not swept: ${kept.join(', ')}`);
    });
    stands = next;
  }
  return tally;
}

/** Words that push one of two versions. */
async function pushed(site: Site, folder: string): Promise<(version: number) => string[]> {
  for (const version of [0, 1]) {
    const images = ['amd64', 'arm64'].map((architecture) =>
      makeImage(
        { os: 'linux', architecture },
        { seed: `${version} ${architecture}`, layers: [900_000, 40_000] },
      ),
    );
    await writeFile(join(folder, `${version}.tar`), dockerArchive(images));
  }
  const { words, target } = site;
  const [, name = ''] = words;
  const tagged = name === '' ? [`${target}:${tag}`] : [target, '-t', `${name}:${tag}`];
  return (version) => ['--no-cache', `${version}.tar`, ...tagged];
}

/** Words that copy one of two versions, which are in a directory by then. */
async function copied(site: Site, folder: string): Promise<(version: number) => string[]> {
  const source = join(folder, 'source');
  const archives = await pushed({ ...site, target: `file://${source}`, words: ['-t', 'org/app'] }, folder);
  for (const version of [0, 1]) {
    const words = archives(version).map((word) =>
      word === `org/app:${tag}` ? `org/app-${version}:${tag}` : word,
    );
    assertEnded(await runAlba(['container', 'push', ...words], { cwd: folder }));
  }
  const { target, words } = site;
  const [, name = ''] = words;
  const to = name === '' ? `${target}:${tag}` : `${target}#${name}:${tag}`;
  return (version) => [`file://${source}#org/app-${version}:${tag}`, to];
}

/** What processes that were killed left beside what they wrote. */
async function leftIn(folder: string): Promise<string[]> {
  const all = await readdir(join(folder, 'site'), { recursive: true }).catch(() => []);
  return all.filter((path) => path.includes('.alba-'));
}

const layoutSchema = v.object({
  manifests: v.array(
    v.object({ digest: v.string(), annotations: v.optional(v.record(v.string(), v.string())) }),
  ),
});

/** Reads a site with nothing of alba's repositories. */
function getIn({ served, target }: Site): Get {
  if (target.startsWith('oci:')) return (path) => getFromLayout(target.slice(4), path);
  if (served !== undefined) {
    const [host = '', name = ''] = served.split(/\/(.*)/s);
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    return async (path) => {
      const response = await fetch(`http://${host}/v2/${name}/${path}`, { headers: { accept } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return response.ok ? bytes : undefined;
    };
  }
  return async (path) => {
    const storage = await parseFilesTarget(target).openStorage({ directory: '/' }, unattended);
    const found = await storage.get(`v2/org/app/${path}`);
    const bytes = found && (await buffer(found));
    await storage.close();
    return bytes;
  };
}

async function getFromLayout(folder: string, path: string): Promise<Buffer | undefined> {
  const [, name = ''] = path.split('/');
  const { manifests } = v.parse(layoutSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')));
  const named = manifests.find(
    ({ annotations }) => annotations?.['org.opencontainers.image.ref.name'] === name,
  );
  const digest = named?.digest ?? name;
  return digest.includes(':') ? readFile(join(folder, 'blobs', ...digest.split(':'))) : undefined;
}

function assertEnded({ code, stderr }: Ended): void {
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`);
}
