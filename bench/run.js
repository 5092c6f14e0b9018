// npm run bench [scenario …]: alba from dist beside skopeo, crane and regctl; see README.md in this folder.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { format, interleave, measure } from './measure.js';
import { makeCorpora, scenarios, sizeOf } from './publish.js';

const rounds = Number(process.env.ROUNDS ?? 5);
const named = process.argv.slice(2);
const names = named.length > 0 ? named : Object.keys(scenarios);
const unknown = names.find((name) => !(name in scenarios));
if (unknown) throw new Error(`no scenario ${unknown}: ${Object.keys(scenarios).join(', ')}`);

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'alba-bench-'));
process.env.TMPDIR = folder;
try {
  await makeCorpora(folder, names);
  console.log(
    `${rounds} rounds, Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}\n`,
  );
  for (const name of names) {
    const results = await interleave(scenarios[name], rounds, (contestant) => publish(name, contestant));
    const size = name === 'layout' || name === 'zstd' ? 0 : await sizeOf(folder, name);
    const note = size > 0 ? ` (${(size / 1_000_000).toFixed(1)} MB)` : '';
    console.log(format(`${name}${note}`, results, 'alba'));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * One cold push to a registry of its own: skopeo remembers across processes which registry has which layer, and
 * would only ask an old one to mount it.
 */
async function publish(scenario, { script }) {
  await using registry = await startRegistry();
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  try {
    const lines = script(folder, `${registry.host}/${scenario}:1`, scratch);
    const sample = await measure(lines, { scratch, env: { TMPDIR: scratch } });
    return { ...sample, bytes: await bytesIn(`${registry.url}/v2/${scenario}`) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Blobs that a release consists of, in bytes: a cold repository was sent each of them. */
async function bytesIn(repository) {
  const read = async (reference) => {
    const response = await fetch(`${repository}/manifests/${reference}`, {
      headers: {
        accept: [
          'application/vnd.oci.image.index.v1+json',
          'application/vnd.oci.image.manifest.v1+json',
          'application/vnd.docker.distribution.manifest.list.v2+json',
          'application/vnd.docker.distribution.manifest.v2+json',
        ].join(', '),
      },
    });
    if (!response.ok) throw new Error(`${repository} has no ${reference}: ${response.status}`);
    return response.json();
  };
  const { manifests } = await read('1');
  if (manifests?.length !== 4) throw new Error(`${repository} is no index of four manifests`);
  const blobs = new Map();
  for (const { digest } of manifests) {
    const { config, layers } = await read(digest);
    for (const blob of [config, ...layers]) blobs.set(blob.digest, blob.size);
  }
  return [...blobs.values()].reduce((sum, size) => sum + size, 0);
}
