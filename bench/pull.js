// Pulls: alba beside `crane export | tar x`, umoci after skopeo and podman for a folder, beside crane, skopeo and regctl for a
// layout, whole commands from a registry on loopback that is filled once. `npm exec -- node bench/pull.js [large small
// layout …]`; ROUNDS for more or fewer than five, BENCH_FOLDER for where files go (a disk that writes back makes noise: RAM
// does not), ALBA for another program than dist/index.js.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { findTool, requireTool } from '../__tests__/support/tools.ts';
import { generator, makePool } from './corpus.js';
import { format, interleave, measure } from './measure.js';

const rounds = Number(process.env.ROUNDS ?? 5);
const alba = `${process.execPath} ${process.env.ALBA ?? join(import.meta.dirname, '..', 'dist', 'index.js')}`;
const platforms = ['amd64', 'arm64', 'ppc64le', 's390x'];
const [crane, regctl, umoci] = ['crane', 'regctl', 'umoci'].map(requireTool);
/** podman with all that it keeps in a folder that goes away. */
const podman = (out) => `podman --root ${out}/p --runroot ${out}/run --storage-driver overlay`;
const hasPodman = process.getuid?.() === 0 && findTool('podman') !== undefined;

/** A folder from one platform of an image. */
const unpacking = [
  {
    name: 'alba',
    script: ({ reference, out }) =>
      `${alba} container pull -q --platform linux/amd64 docker://${reference} ${out}/o`,
  },
  {
    name: 'crane export, tar x',
    script: ({ reference, out }) =>
      `mkdir ${out}/o && ${crane} export --insecure --platform linux/amd64 ${reference} - | tar x -C ${out}/o`,
  },
  {
    name: 'skopeo, umoci',
    script: ({ reference, out }) =>
      `skopeo copy -q --override-os linux --override-arch amd64 --src-tls-verify=false docker://${reference} oci:${out}/l:1 && ${umoci} raw unpack --image ${out}/l:1 ${out}/o`,
  },
  ...(hasPodman
    ? [
        {
          name: 'podman pull, mount',
          script: ({ reference, out }) =>
            `${podman(out)} pull -q --tls-verify=false --os linux --arch amd64 ${reference} && ${podman(out)} image mount ${reference}`,
          // Its storage is mounted on itself.
          tidy: ({ out }) =>
            `${podman(out)} image unmount -a && ${podman(out)} rmi -fa && (umount ${out}/p/overlay 2>&1 || true)`,
        },
      ]
    : []),
];

/** All platforms into a layout. */
const copying = [
  {
    name: 'alba',
    script: ({ reference, out }) => `${alba} container pull -q docker://${reference} oci:${out}/o`,
  },
  {
    name: 'crane',
    script: ({ reference, out }) => `${crane} pull --insecure --format=oci ${reference} ${out}/o`,
  },
  {
    name: 'skopeo',
    script: ({ reference, out }) =>
      `skopeo copy -q --all --src-tls-verify=false docker://${reference} oci:${out}/o:1`,
  },
  {
    name: 'regctl',
    script: ({ reference, host, out }) =>
      `${regctl} --host reg=${host},tls=disabled image copy ${reference} ocidir://${out}/o:1`,
  },
];

const scenarios = {
  large: ['one of four platforms of 190 MB in four layers, unpacked', 'large', unpacking],
  small: ['40,000 files of 4 KB in one layer, unpacked', 'small', unpacking],
  layout: ['four platforms of 190 MB into a layout', 'large', copying],
};
const named = process.argv.slice(2);
const wanted = Object.entries(scenarios).filter(([name]) => named.length === 0 || named.includes(name));

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'alba-bench-'));
try {
  await using registry = await startRegistry();
  console.log(
    `${rounds} rounds, Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}, in ${folder}\n`,
  );
  for (const input of new Set(wanted.map(([, [, name]]) => name))) await publish(input, registry.host);
  for (const [, [title, input, contestants]] of wanted) {
    const reference = `${registry.host}/${input}:1`;
    const results = await interleave(contestants, rounds, (contestant) =>
      pull(contestant, reference, registry.host),
    );
    console.log(format(title, results, 'alba'));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function pull({ script, tidy }, reference, host) {
  const out = join(folder, 'scratch');
  await mkdir(out);
  try {
    const measured = await measure(script({ reference, host, out }), {
      scratch: folder,
      env: { TMPDIR: out },
    });
    if (tidy) await measure(tidy({ out }), { scratch: folder });
    return measured;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** Makes the files of an image, and publishes it. */
async function publish(input, host) {
  const tree = join(folder, input);
  await (input === 'large' ? writeLarge(tree) : writeSmall(tree));
  const layers = input === 'large' ? [0, 1, 2].map((layer) => `--layer 'l${layer}/**'`).join(' ') : '';
  const lines = `${alba} container push -q --no-cache --from-files ${layers} -t ${input}:1 ${tree} docker://${host}/${input}`;
  await measure(lines, { scratch: folder });
  await rm(tree, { recursive: true });
}

/** Four folders a platform, each with twelve files of 4 MB: pieces of 1 MiB from anywhere in the pool. */
async function writeLarge(tree) {
  const pool = makePool('large');
  const random = generator('large');
  const piece = () => {
    const at = Math.floor(random() * (pool.length - 1024 * 1024));
    return pool.subarray(at, at + 1024 * 1024);
  };
  for (const platform of platforms) {
    for (let layer = 0; layer < 4; layer += 1) {
      const parent = join(tree, 'linux', platform, `l${layer}`);
      await mkdir(parent, { recursive: true });
      for (let file = 0; file < 12; file += 1) {
        await writeFile(join(parent, `f${file}`), Buffer.concat([piece(), piece(), piece(), piece()]));
      }
    }
  }
}

async function writeSmall(tree) {
  const pool = makePool('small');
  for (let index = 0; index < 40_000; index += 1) {
    const parent = join(tree, 'linux', 'amd64', `d${index % 200}`);
    if (index < 200) await mkdir(parent, { recursive: true });
    const at = (index * 3001) % (pool.length - 4096);
    await writeFile(join(parent, `f${index}`), pool.subarray(at, at + 4096));
  }
}
