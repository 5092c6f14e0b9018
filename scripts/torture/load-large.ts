import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { header } from '../../__tests__/fixtures/tar.ts';
import { type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { type Recorder, startRecorder } from '../../__tests__/support/recorder.ts';
import { type MeasuredRun, measureRun } from './measured-run.ts';
import { readTag } from './read-tag.ts';
import { listedTags, type Stand, standOn } from './stand.ts';
import { type Order, type Outcome, Tally, type Torture } from './torture.ts';

/** Runs alba with the words of a command, and notes what it took under a name. */
type Measure = (name: string, words: readonly string[]) => Promise<void>;

/** Something large, sent to a site and looked at there. */
type Load = (measure: Measure, stand: Stand, folder: string) => Promise<void>;

/** In MB. */
const most = 700;
const amd64 = { os: 'linux', architecture: 'amd64' };
const name = 'org/app';

/** What is large, by name, and where it is sent: `tags-minio`. */
export const largePlaces: Torture['places'] = {
  ...placesOf('platforms', platforms, ['directory', 'minio', 'distribution3', 'olareg']),
  ...placesOf('tags', tags, ['directory', 'minio', 'distribution3', 'distribution2', 'olareg']),
  ...placesOf('files', files, ['directory', 'minio']),
  ...placesOf('packed-files', packedFiles, ['directory', 'distribution3']),
  ...placesOf('sparse', sparse, ['directory', 'distribution3']),
};

function placesOf(what: string, load: Load, kinds: readonly (keyof typeof siteKinds)[]): Torture['places'] {
  return Object.fromEntries(
    kinds.map((kind) => {
      const { tools, open: openKind } = siteKinds[kind];
      const run = async ({ folder }: Order): Promise<Outcome> => {
        const tally = new Tally();
        await tally.check(1, async () => {
          await using site = await openKind(join(folder, 'site'));
          await runOn(site, load, folder, tally);
        });
        return tally;
      };
      return [`${what}-${kind}`, { tools, run }];
    }),
  );
}

/** A run that takes too much memory, or fails, is a finding; requests are those that a proxy saw pass. */
async function runOn(site: Site, load: Load, folder: string, tally: Tally): Promise<void> {
  const server = serverOf(site.target);
  await using recorder = server === undefined ? undefined : await startRecorder(server);
  const stand = standOn({ ...site, target: throughRecorder(site.target, server, recorder) });
  const measure: Measure = async (what, words) => {
    recorder?.take();
    const run: MeasuredRun = await measureRun(words, folder, site.env);
    const taken = { s: run.seconds, 'CPU s': run.cpu, 'MB at most': run.peak };
    for (const [unit, amount] of Object.entries(taken)) tally.count(`${what}: ${unit}`, Math.round(amount));
    if (recorder) tally.count(`${what}: requests`, recorder.take().length);
    if (run.code !== 0) throw new Error(`${what} ended with ${run.code}: ${run.stderr.slice(-500)}`);
    if (run.peak > most) tally.findings.push(`${what} took ${Math.round(run.peak)} MB, more than ${most}`);
  };
  await load(measure, stand, folder);
}

/** `http://127.0.0.1:40123`; undefined where none is asked. */
function serverOf(target: string): string | undefined {
  const { protocol, host, searchParams } = new URL(target);
  return protocol === 'docker:' ? `http://${host}` : (searchParams.get('endpoint') ?? undefined);
}

function throughRecorder(target: string, server: string | undefined, recorder: Recorder | undefined): string {
  if (server === undefined || !recorder) return target;
  const url = new URL(target);
  if (url.protocol === 'docker:') return target.replace(url.host, recorder.host);
  url.searchParams.set('endpoint', `http://${recorder.host}`);
  return url.href;
}

/** 200 platforms of 20 layers each, from two archives, as one may list 128 images. */
async function platforms(measure: Measure, stand: Stand, folder: string): Promise<void> {
  const images = Array.from({ length: 200 }, (_, at) =>
    makeImage(
      { os: 'linux', architecture: 'arm64', variant: `v${at + 10}` },
      { seed: `${at}`, layers: Array.from({ length: 20 }, (_each, layer) => 1000 + layer) },
    ),
  );
  await writeFile(join(folder, 'one.tar'), dockerArchive(images.slice(0, 100)));
  await writeFile(join(folder, 'two.tar'), dockerArchive(images.slice(100)));
  const words = ['container', 'push', '--no-cache', 'one.tar', 'two.tar', ...pushedTo(stand, '1')];
  await measure('push', words);
  await measure('again', words);
  const seen = new Set<string>();
  await readTag(stand.get(name), '1', seen);
  if (seen.size !== 200 + 200 * 21) throw new Error(`${seen.size} manifests and blobs are there`);
}

/** 5,000 tags of one image. */
async function tags(measure: Measure, stand: Stand, folder: string): Promise<void> {
  await writeFile(join(folder, 'app.tar'), dockerArchive([makeImage(amd64)]));
  const all = Array.from({ length: 5000 }, (_, at) => `1.0.${at}`);
  const { target } = stand.target(name);
  const named = all.flatMap((tag) => ['-t', `${name}:${tag}`]);
  const words = ['container', 'push', '--no-cache', 'app.tar', ...named, target];
  await measure('push', words);
  await measure('again', words);
  const listed = await listedTags(stand.get(name));
  if (listed.length !== all.length) throw new Error(`${listed.length} tags are listed`);
  await measure('ls', ['container', 'ls', stand.isRegistry ? target : `${target}#${name}`]);
}

/** 30,000 plain files in a hundred folders. */
async function files(measure: Measure, stand: Stand, folder: string): Promise<void> {
  const { target } = stand.target(name);
  await makeFiles(join(folder, 'tree/linux/amd64'));
  const words = ['static', 'push', '-t', 'files:1', 'tree', target];
  await measure('push', words);
  await measure('again', words);
  await measure('pull', ['static', 'pull', '--platform', 'linux/amd64', '-t', 'files:1', target, './back']);
  countFiles(join(folder, 'back'));
}

/** The same as an artifact of one packed layer. */
async function packedFiles(measure: Measure, stand: Stand, folder: string): Promise<void> {
  await makeFiles(join(folder, 'tree/linux/amd64'));
  await measure('push', ['static', 'push', '--as', 'artifact', 'tree', ...pushedTo(stand, '1')]);
  const from = stand.reference(name, '1');
  await measure('pull', ['static', 'pull', '--platform', 'linux/amd64', from, './back']);
  countFiles(join(folder, 'back'));
}

async function makeFiles(tree: string): Promise<void> {
  for (let at = 0; at < 30_000; at += 1) {
    const own = join(tree, `${at % 100}`);
    if (at < 100) await mkdir(own, { recursive: true });
    await writeFile(join(own, `${at}.txt`), `${at}`);
  }
}

function countFiles(folder: string): void {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  if (found.length !== 30_000) throw new Error(`${found.length} files came back`);
}

function pushedTo(stand: Stand, tag: string): string[] {
  const { target, tag: named } = stand.tagged(name, tag);
  return named === undefined ? [target] : ['-t', named, target];
}

/** An archive with a layer of 10 GB of zeros, which takes no room on the disk. */
async function sparse(measure: Measure, stand: Stand, folder: string): Promise<void> {
  const size = 10 * 1024 ** 3;
  const hash = createHash('sha256');
  const head = longHeader('zeros', size);
  const end = Buffer.alloc(1024);
  hash.update(head);
  const zeros = Buffer.alloc(1024 ** 2);
  for (let at = 0; at < size; at += zeros.length) hash.update(zeros);
  const layerSize = head.length + size + end.length;
  const config = JSON.stringify({
    ...amd64,
    rootfs: { type: 'layers', diff_ids: [`sha256:${hash.update(end).digest('hex')}`] },
  });
  const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: ['app:1'], Layers: ['layer.tar'] }]);
  await using file = await open(join(folder, 'app.tar'), 'w');
  let at = 0;
  for (const [member, text] of [
    ['manifest.json', manifest],
    ['config.json', config],
  ] as const) {
    await file.write(header(member, text.length, '0'), 0, 512, at);
    await file.write(text, at + 512);
    at += 512 + Math.ceil(text.length / 512) * 512;
  }
  await file.write(longHeader('layer.tar', layerSize), 0, 512, at);
  await file.write(head, 0, 512, at + 512);
  await file.truncate(at + 512 + layerSize + 1024);
  const words = ['--no-cache', '--compression-level', '1', 'app.tar', ...pushedTo(stand, '1')];
  await measure('push', ['container', 'push', ...words]);
  await readTag(stand.get(name), '1');
}

/** A number of more digits than fit is binary (GNU). */
function longHeader(member: string, size: number): Buffer {
  return header(member, size, '0', '', 0o644, (block) => {
    block.fill(0, 124, 136).writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  });
}
