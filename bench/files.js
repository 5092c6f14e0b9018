// Images of plain files: alba beside `crane append` and `podman build` (FROM scratch, COPY), whole commands up to the image
// in a registry. `npm exec -- node bench/files.js [many large …]`; ROUNDS for more or fewer than three, BENCH_LARGE for
// another size than 2048 MB, ALBA for another program than dist/index.js.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { requireTool } from '../__tests__/support/tools.ts';
import { generator, makePool } from './corpus.js';
import { format, interleave, measure } from './measure.js';

const rounds = Number(process.env.ROUNDS ?? 3);
const alba = process.env.ALBA ?? join(import.meta.dirname, '..', 'dist', 'index.js');
const chunkSize = 1024 * 1024;

const inputs = {
  many: ['10,000 files of 4 KB', writeMany],
  large: ['one file of 2 GB', writeLarge],
};
const named = process.argv.slice(2);

const contestants = [
  {
    name: 'alba',
    script: (folder, reference) =>
      `${process.execPath} ${alba} container push --no-cache --from-files --platforms linux/amd64 ${folder} docker://${reference}`,
  },
  {
    name: 'alba, nothing changed',
    isAgain: true,
    script: (folder, reference, scratch) =>
      `${process.execPath} ${alba} container push --cache-dir ${scratch}/../cache --from-files --platforms linux/amd64 ${folder} docker://${reference}`,
  },
  {
    name: 'crane append',
    script: (folder, reference, scratch) =>
      `tar -cf ${scratch}/layer.tar -C ${folder} . && ${requireTool('crane')} append --insecure -f ${scratch}/layer.tar -t ${reference}`,
  },
  {
    name: 'podman build',
    script(folder, reference, scratch) {
      const podman = `podman --root ${scratch}/root --runroot ${scratch}/run --tmpdir ${scratch}/tmp --storage-driver vfs --cgroup-manager cgroupfs --events-backend none`;
      return `printf 'FROM scratch\\nCOPY . /\\n' > ${scratch}/Containerfile
${podman} build -q --isolation chroot -f ${scratch}/Containerfile -t ${reference} ${folder}
${podman} push -q --tls-verify=false ${reference}`;
    },
  },
];

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'alba-bench-'));
try {
  console.log(
    `${rounds} rounds, Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}\n`,
  );
  for (const [name, [title, write]] of Object.entries(inputs)) {
    if (named.length > 0 && !named.includes(name)) continue;
    const input = join(folder, name);
    await mkdir(input);
    await write(input);
    const results = await interleave(contestants, rounds, (contestant) => push(input, contestant));
    console.log(format(title, results, 'alba'));
    await rm(input, { recursive: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** One push to a registry of its own; the second one there where it is told what a second one costs. */
async function push(input, { script, isAgain }) {
  await using registry = await startRegistry();
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  try {
    const lines = script(input, `${registry.host}/bench:1`, scratch);
    if (isAgain) await measure(lines, { scratch });
    const sample = await measure(lines, { scratch, env: { TMPDIR: scratch } });
    return { ...sample, bytes: await bytesIn(`${registry.url}/v2/bench`) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rm(join(folder, 'cache'), { recursive: true, force: true });
  }
}

/** Blobs of the one image that is there, in bytes. */
async function bytesIn(repository) {
  const accept = ['oci.image.index.v1', 'oci.image.manifest.v1', 'docker.distribution.manifest.v2']
    .map((type) => `application/vnd.${type}+json`)
    .join(', ');
  const read = async (reference) =>
    (await fetch(`${repository}/manifests/${reference}`, { headers: { accept } })).json();
  const root = await read('1');
  const { config, layers } = root.manifests ? await read(root.manifests[0].digest) : root;
  return [config, ...layers].reduce((sum, { size }) => sum + size, 0);
}

async function writeMany(input) {
  const pool = makePool('many');
  for (let index = 0; index < 10_000; index += 1) {
    const parent = join(input, `d${index % 100}`);
    await mkdir(parent, { recursive: true });
    const at = (index * 3001) % (pool.length - 4096);
    await writeFile(join(parent, `f${index}`), pool.subarray(at, at + 4096));
  }
}

/** Pieces of 1 MiB from anywhere in the pool, so that none is found again within the reach of gzip. */
async function writeLarge(input) {
  const pool = makePool('large');
  const random = generator('large');
  const file = createWriteStream(join(input, 'large.bin'));
  for (let count = Number(process.env.BENCH_LARGE ?? 2048); count > 0; count -= 1) {
    const at = Math.floor(random() * (pool.length - chunkSize));
    if (!file.write(pool.subarray(at, at + chunkSize))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
