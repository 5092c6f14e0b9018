// The corpora of the benchmark, and the commands that publish each of them as one index.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { dist, node } from '../__tests__/support/alba.ts';
import { requireTool } from '../__tests__/support/tools.ts';
import { gzipFile, makePool, writeArchive } from './corpus.js';

const MB = 1_000_000;
const architectures = ['386', 'amd64', 'arm64', 'riscv64'];

/** In MB; BENCH_LAYERS=20,2 for a quick look. */
const layers = (process.env.BENCH_LAYERS ?? '160,20').split(',').map((size) => Number(size) * MB);

const run = (tool, ...args) => execFileSync(requireTool(tool), args, { stdio: 'pipe' });
const [skopeo, crane, regctl] = ['skopeo', 'crane', 'regctl'].map(requireTool);

/** The machine's own libraries where there are enough of them: made-up content flatters compressors, or wrongs them. */
function realisticPool() {
  const size = 256 * 1024 * 1024;
  const pool = Buffer.alloc(size);
  let filled = 0;
  for (const path of largeFiles('/usr/lib')) {
    if (filled === size) break;
    filled += readFileSync(path)
      .subarray(0, 4 * MB)
      .copy(pool, filled);
  }
  return filled === size ? pool : makePool('bench');
}

/** In an order that mixes folders and is the same every time; what Google's SDK has there is mostly text. */
function largeFiles(folder) {
  const filter = ['-type', 'f', '-size', '+128', '-not', '-path', '*google*'];
  const found = execFileSync('find', [folder, ...filter], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return found
    .trimEnd()
    .split('\n')
    .sort((a, b) => rank(a).localeCompare(rank(b)));
}

const rank = (path) => createHash('sha256').update(path).digest('hex');

/** The archives of every scenario, below `folder`. */
export async function makeCorpora(folder, names) {
  const pool = realisticPool();
  await mkdir(join(folder, 'tar'));
  for (const architecture of architectures) {
    await writeArchive(pathOf(folder, 'tar', architecture), { os: 'linux', architecture }, layers, { pool });
  }
  for (const name of names.filter((name) => name !== 'tar')) await makers[name](folder, name);
}

const pathOf = (folder, name, architecture, end = '.tar') =>
  join(folder, name, `linux.${architecture}${end}`);

const makers = {
  pigz: derive((path) => gzipFile(path)),
  gzip: derive((path) => run('gzip', '-n', path)),
  members: derive((path) =>
    execFileSync('sh', ['-ec', `split -b 40000000 --filter='gzip -n' ${path} > ${path}.gz; rm ${path}`]),
  ),
  zstd: async () => {},
  layout: async (folder, name) => {
    await mkdir(join(folder, name));
    for (const architecture of architectures) {
      const from = `docker-archive:${pathOf(folder, 'tar', architecture)}`;
      run('skopeo', '--insecure-policy', 'copy', from, `oci:${pathOf(folder, name, architecture, '')}:1`);
    }
  },
};

function derive(pack) {
  return async (folder, name) => {
    await mkdir(join(folder, name));
    for (const architecture of architectures) {
      await copyFile(pathOf(folder, 'tar', architecture), pathOf(folder, name, architecture));
      await pack(pathOf(folder, name, architecture));
    }
  };
}

/** What the archives of a scenario come to, in bytes. */
export async function sizeOf(folder, name) {
  const end = ['pigz', 'gzip', 'members'].includes(name) ? '.tar.gz' : '.tar';
  const sizes = architectures.map((architecture) => stat(pathOf(folder, name, architecture, end)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

const each = (line) => architectures.map(line).join('\n');
const alba = (input, ...flags) => albaOf(dist, 'alba', input, ...flags);
const albaOf = (program, name, input, ...flags) => ({
  name: [name, ...flags].join(' '),
  script: (folder, reference) =>
    `exec ${node} ${program} container push --no-cache -t bench:1 ${flags.join(' ')} ${join(folder, input)} docker://${reference}`,
});

const append = (reference) =>
  `${crane} index append --insecure -t ${reference} ${each((name) => `-m ${reference}-${name}`).replaceAll('\n', ' ')}`;

/** skopeo, whose images crane makes an index of; `prepare` gives the source of an image. */
const bySkopeo = (source, before = () => '') => ({
  name: 'skopeo + crane index',
  script: (folder, reference, scratch) =>
    `${each((name) => `${before(folder, name, scratch)}${skopeo} --insecure-policy copy --quiet --dest-tls-verify=false ${source(folder, name, scratch)} docker://${reference}-${name}`)}\n${append(reference)}`,
});

const byCrane = (source, before = () => '') => ({
  name: 'crane',
  script: (folder, reference, scratch) =>
    `${each((name) => `${before(folder, name, scratch)}${crane} push --insecure ${source(folder, name, scratch)} ${reference}-${name}`)}\n${append(reference)}`,
});

const byRegctl = (publish, before = () => '') => ({
  name: 'regctl',
  script: (folder, reference, scratch) => {
    const host = `--host reg=${reference.split('/')[0]},tls=disabled`;
    const refs = each((name) => `--ref ${reference}-${name}`).replaceAll('\n', ' ');
    return `${each((name) => `${before(folder, name, scratch)}${regctl} ${host} ${publish(folder, name, scratch, reference)}`)}\n${regctl} ${host} index create ${refs} ${reference}`;
  },
});

function archivePeers(source, before) {
  return [
    bySkopeo((...at) => `docker-archive:${source(...at)}`, before),
    byCrane(source, before),
    byRegctl((folder, name, scratch, reference) => {
      return `image import ${reference}-${name} ${source(folder, name, scratch)}`;
    }, before),
  ];
}

const plain = (folder, name) => pathOf(folder, 'tar', name);
const scratchTar = (_folder, name, scratch) => `${scratch}/${name}.tar`;
/** No peer reads a docker archive that is gzipped as a whole. */
const gunzip = (kind) => (folder, name, scratch) =>
  `gunzip -c ${pathOf(folder, kind, name, '.tar.gz')} > ${scratchTar(folder, name, scratch)}\n`;

const layoutOf = (folder, name) => pathOf(folder, 'layout', name, '');

const { BENCH_BEFORE: before } = process.env;

/** Who publishes what, in each scenario; with BENCH_BEFORE, that build of alba in place of the peers. */
const contestants = (mine, peers) => {
  const [input, ...flags] = mine;
  return before ? [alba(...mine), albaOf(before, 'before', input, ...flags)] : [alba(...mine), ...peers];
};

export const scenarios = {
  tar: contestants(['tar'], archivePeers(plain)),
  zstd: contestants(['tar', '--compression', 'zstd'], archivePeers(plain).slice(0, 1)),
  pigz: contestants(['pigz'], archivePeers(scratchTar, gunzip('pigz'))),
  gzip: contestants(['gzip'], archivePeers(scratchTar, gunzip('gzip')).slice(0, 1)),
  members: contestants(['members'], archivePeers(scratchTar, gunzip('members')).slice(0, 1)),
  layout: contestants(
    ['layout'],
    [
      bySkopeo((folder, name) => `oci:${layoutOf(folder, name)}:1`),
      byCrane(layoutOf),
      byRegctl((folder, name, _scratch, reference) => {
        return `image copy ocidir://${layoutOf(folder, name)}:1 ${reference}-${name}`;
      }),
    ],
  ),
};
