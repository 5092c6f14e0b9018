// Peak resident size of a push of four archives of 500 MB: node bench/memory.js [directory|registry|s3 …]
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { dist, node } from '../__tests__/support/alba.ts';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../__tests__/support/servers/s3.ts';
import { gzipFile, makePool, writeArchive } from './corpus.js';

const limit = 250;
const MB = 1_000_000;
const layers = [200, 150, 100, 50].map((size) => size * MB);

/** What opens a target: its URL, the environment that it needs, and how it ends. */
const targets = {
  directory: async (folder) => ({ url: `file://${join(folder, 'site')}` }),
  registry: async () => {
    const registry = await startRegistry();
    return { url: `docker://${registry.host}/bench:1`, server: registry };
  },
  s3: async () => {
    const server = await startS3();
    await server.createBucket('bench');
    return { url: s3Url(server, 'bench'), env: s3Environment(server), server };
  },
};

/** Two archives as tars, two as Nix gzips them. */
async function makeArtifacts(folder) {
  await mkdir(folder);
  const pool = makePool('memory');
  for (const [index, architecture] of ['386', 'amd64', 'arm64', 'riscv64'].entries()) {
    const path = join(folder, `linux.${architecture}.tar`);
    await writeArchive(path, { os: 'linux', architecture }, layers, { pool });
    if (index % 2 === 1) await gzipFile(path);
  }
}

/** Runs alba to its end; gives seconds and the peak of its resident size in MB, as the kernel counted it. */
async function measure(args, env) {
  const begin = performance.now();
  const child = spawn(node, [dist, ...args], { env: { ...process.env, ...env }, stdio: 'ignore' });
  let peak = 0;
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000);
  }, 50);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`alba ${args.join(' ')}: exit ${code}`);
  return { peak, seconds: (performance.now() - begin) / 1000 };
}

async function run(name, folder) {
  const { url, env, server } = await targets[name](folder);
  try {
    return await measure(
      ['container', 'push', '--no-cache', '-t', 'bench:1', join(folder, 'docker'), url],
      env,
    );
  } finally {
    await server?.stop();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'alba-memory-'));
try {
  await makeArtifacts(join(folder, 'docker'));
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(targets);
  for (const name of names) {
    const { peak, seconds } = await run(name, folder);
    console.log(`${name.padEnd(10)} ${peak.toFixed(0).padStart(4)} MB  ${seconds.toFixed(1).padStart(5)} s`);
    if (peak > limit) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
