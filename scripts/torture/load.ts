import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { requestOf } from '../../__tests__/commands/container/request.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { silent } from '../../__tests__/fixtures/silent.ts';
import { header } from '../../__tests__/fixtures/tar.ts';
import { bareEnvironment, node, program } from '../../__tests__/support/alba.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { readTagWhole } from './load-read.ts';
import { type Order, type Outcome, Tally, type Torture } from './torture.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };

interface Measured {
  readonly code: number | null;
  readonly stderr: string;
  readonly seconds: number;
  /** In MB, at its highest; 0 where the system does not tell. */
  readonly peak: number;
}

/** Runs alba to its end, and sees how much memory it ever had. */
function measure(words: readonly string[], cwd: string, env: object = {}): Promise<Measured> {
  const began = performance.now();
  let [peak, stderr] = [0, ''];
  const child = spawn(node, [program, ...words], {
    cwd,
    env: { ...bareEnvironment(cwd), ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 20);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(timer);
      resolve({ code, stderr, peak, seconds: Math.round((performance.now() - began) / 1000) });
    });
  });
}

function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** One thing that is large, pushed and read back; it fits in so many MB. */
function large(most: number, run: (folder: string) => Promise<readonly Measured[]>) {
  return {
    tools: [],
    async run({ folder }: Order): Promise<Outcome> {
      const tally = new Tally();
      await tally.check(1, async () => {
        for (const { code, stderr, seconds, peak } of await run(folder)) {
          if (code !== 0) throw new Error(`it ended with ${code}: ${stderr.slice(-500)}`);
          tally.count('seconds', seconds);
          tally.counts['peak MB'] = Math.max(tally.counts['peak MB'] ?? 0, peak);
          if (peak > most) throw new Error(`it took ${peak} MB of memory, more than ${most}`);
        }
      });
      return tally;
    },
  };
}

async function platforms(folder: string): Promise<Measured[]> {
  const images = Array.from({ length: 200 }, (_, at) =>
    makeImage(
      { os: 'linux', architecture: 'arm64', variant: `v${at + 10}` },
      { seed: `${at}`, layers: Array.from({ length: 20 }, (_, layer) => 1000 + layer) },
    ),
  );
  await writeFile(join(folder, 'app.tar'), dockerArchive(images));
  const pushed = await measure(['container', 'push', '-t', 'app:1', 'app.tar', 'file://./out'], folder);
  const { manifests, blobs } = readTagWhole(join(folder, 'out/v2/app'), '1');
  if (manifests !== 200 || blobs !== 4200)
    throw new Error(`${manifests} manifests and ${blobs} blobs are there`);
  return [pushed];
}

async function tags(folder: string): Promise<Measured[]> {
  await writeFile(join(folder, 'app.tar'), dockerArchive([makeImage(amd64)]));
  const names = Array.from({ length: 5000 }, (_, at) => ['-t', `app:1.0.${at}`]).flat();
  const pushed = await measure(['container', 'push', ...names, 'app.tar', 'file://./out'], folder);
  const { tags: listed } = JSON.parse(readFileSync(join(folder, 'out/v2/app/tags/list'), 'utf8'));
  if (listed.length !== 5000) throw new Error(`${listed.length} tags are listed`);
  return [pushed, await measure(['container', 'ls', 'file://./out#app'], folder)];
}

async function files(folder: string): Promise<Measured[]> {
  const tree = join(folder, 'tree/linux/amd64');
  for (let at = 0; at < 30_000; at += 1) {
    const own = join(tree, `${at % 100}`);
    if (at < 100) await mkdir(own, { recursive: true });
    await writeFile(join(own, `${at}.txt`), `${at}`);
  }
  const pushed = await measure(['static', 'push', '-t', 'app:1', 'tree', 'file://./out'], folder);
  const pulled = await measure(
    ['static', 'pull', '--platform', 'linux/amd64', 'file://./out', 'app:1', './back'],
    folder,
  );
  const there = readdirSync(join(folder, 'back'), { recursive: true }).length;
  if (pulled.code === 0 && there < 30_000) throw new Error(`${there} files came back`);
  return [pushed, pulled];
}

/** An archive with a layer of 10 GB of zeros, which takes no room on the disk. */
async function sparse(folder: string): Promise<Measured[]> {
  const size = 10 * 1024 ** 3;
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  const head = header('zeros', size, '0', '', 0o644, (block) => {
    // A number of more digits than fit is binary (GNU).
    block.fill(0, 124, 136).writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  });
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
  for (const [name, text] of [
    ['manifest.json', manifest],
    ['config.json', config],
  ] as const) {
    await file.write(header(name, text.length, '0'), 0, 512, at);
    await file.write(text, at + 512);
    at += 512 + Math.ceil(text.length / 512) * 512;
  }
  const outer = header('layer.tar', layerSize, '0', '', 0o644, (block) => {
    block.fill(0, 124, 136).writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(layerSize), 128);
  });
  await file.write(outer, 0, 512, at);
  await file.write(head, 0, 512, at + 512);
  await file.truncate(at + 512 + layerSize + 1024);
  return [
    await measure(
      ['container', 'push', '-t', 'app:1', '--compression-level', '1', 'app.tar', 'file://./out'],
      folder,
    ),
  ];
}

/** A disk that is full in the middle, for each thing that is written: told in one sentence that names it, and no tag has moved. */
const fullDisk = {
  tools: [],
  async run({ folder }: Order): Promise<Outcome> {
    const tally = new Tally();
    const small = join(folder, 'small');
    mkdirSync(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      tally.count('left out, as nothing can be mounted');
      return tally;
    }
    try {
      await fillEach(folder, small, tally);
    } finally {
      execFileSync('umount', ['-l', small]);
    }
    return tally;
  },
};

async function fillEach(folder: string, small: string, tally: Tally): Promise<void> {
  const write = (name: string, seed: string, size: number) =>
    writeFile(join(folder, name), dockerArchive([makeImage(amd64, { seed, layers: [size, size] })]));
  await write('old.tar', 'old', 1000);
  await write('new.tar', 'new', 12_000_000);
  await mkdir(join(folder, 'tree/linux/amd64'), { recursive: true });
  for (const name of ['a', 'b', 'c'])
    await writeFile(join(folder, 'tree/linux/amd64', name), Buffer.alloc(4_000_000, name));
  const push = (archive: string, ...targets: string[]) => [
    'container',
    'push',
    '--no-cache',
    '-t',
    'app:1',
    archive,
    ...targets,
  ];
  const cases: Readonly<Record<string, { words: string[]; env?: object; before?: string[]; site?: string }>> =
    {
      spool: {
        words: push('new.tar', 'file://./out', 'oci:./layout:1'),
        env: { TMPDIR: small },
        before: push('old.tar', 'file://./out'),
        site: 'out',
      },
      directory: {
        words: push('new.tar', 'file://./small/out'),
        before: push('old.tar', 'file://./small/out'),
        site: 'small/out',
      },
      layout: { words: push('new.tar', 'oci:./small/layout:1') },
      archive: { words: push('new.tar', 'oci-archive:./small/app.tar:1') },
      tree: {
        words: ['container', 'pull', 'file://./whole#app:1', './small/tree'],
        before: push('new.tar', 'file://./whole'),
      },
      store: { words: ['container', 'pull', '--store', './small/store', 'file://./whole#app:1', './pulled'] },
      'static files': { words: ['static', 'push', '-t', 'files:1', 'tree', 'file://./small/out'] },
    };
  for (const [name, { words, env, before, site }] of Object.entries(cases)) {
    await tally.check(1, async () => {
      for (const left of readdirSync(small)) await rm(join(small, left), { recursive: true, force: true });
      const prepared = before && (await measure(before, folder));
      if (prepared && prepared.code !== 0) throw new Error(`${name}: before: ${prepared.stderr}`);
      const tag =
        site === undefined ? undefined : readFileSync(join(folder, site, 'v2/app/manifests/1'), 'utf8');
      const { code, stderr } = await measure(words, folder, env);
      tally.count(name);
      if (code === 0) throw new Error(`${name}: it did not notice`);
      if (!/disk|space|full|free/i.test(stderr) || /ENOSPC|\n +at /.test(stderr))
        throw new Error(`${name}: it says ${stderr.slice(-400)}`);
      if (site === undefined) return;
      const now = readFileSync(join(folder, site, 'v2/app/manifests/1'), 'utf8');
      if (now !== tag) throw new Error(`${name}: the tag has moved`);
      readTagWhole(join(folder, site, 'v2/app'), '1');
    });
  }
  const { code } = await measure(
    ['container', 'push', '--cache-dir', '/proc/alba', '-t', 'app:1', 'old.tar', 'file://./cached'],
    folder,
  );
  tally.count('cache that cannot be written');
  if (code !== 0) tally.findings.push(`a cache that cannot be written ends a push with ${code}`);
}

/** Pushes in one process, which has no more memory or open files after the last than after the first hundred. */
const pushes = {
  tools: [],
  async run({ folder, rounds }: Order): Promise<Outcome> {
    const tally = new Tally();
    const count = Math.max(rounds, 500);
    await writeFile(join(folder, 'app.tar'), dockerArchive([makeImage(amd64)]));
    const look = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      globalThis.gc?.();
      const open = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
      return {
        heap: process.memoryUsage().heapUsed / 2 ** 20,
        rss: process.memoryUsage().rss / 2 ** 20,
        open,
      };
    };
    let first = await look();
    const targets = [`file://${mkdtempSync(join(folder, 'out-'))}`];
    for (let at = 1; at <= count; at += 1) {
      await containerPush(
        await requestOf({ artifacts: ['app.tar'], targets, tags: [`app:${at}`] }, folder),
        silent,
      );
      if (at === 100) first = await look();
    }
    const last = await look();
    tally.count('pushes', count);
    tally.count('heap MB, after 100', Math.round(first.heap));
    tally.count('heap MB, at the end', Math.round(last.heap));
    tally.count('RSS MB, after 100', Math.round(first.rss));
    tally.count('RSS MB, at the end', Math.round(last.rss));
    tally.count('files more', last.open - first.open);
    if (last.open > first.open + 5) tally.findings.push(`${last.open - first.open} files stay open`);
    if (globalThis.gc && last.heap > first.heap * 1.5 + 10) tally.findings.push('the heap grows');
    return tally;
  },
};

/** What is large or many, and disks that are full. */
export const load: Torture = {
  about:
    'what is large or many fits in memory, a full disk is told and moves no tag, and a process does not grow',
  places: {
    platforms: large(700, platforms),
    tags: large(700, tags),
    files: large(700, files),
    sparse: large(700, sparse),
    'full-disk': fullDisk,
    pushes,
  },
};
