// What goes over the line, and the commands that bring it there.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { dist, node } from '../../__tests__/support/alba.ts';
import { findTool, requireTool } from '../../__tests__/support/tools.ts';
import { gzipFile, makePool, writeArchive } from '../corpus.js';

const KB = 1000;
const program = process.env.BENCH_ALBA ?? dist;
const [skopeo, crane, regctl] = ['skopeo', 'crane', 'regctl'].map(requireTool);
const architectures = ['386', 'amd64', 'arm64', 'riscv64'];

/** Platforms, and layers in bytes before they are compressed. */
const inputs = {
  archives: { count: 4, layers: [40_000, 20_000, 1_000], packed: true },
  layouts: { count: 4, layers: Array(10).fill(300) },
  layers: { count: 4, layers: Array(50).fill(100) },
  platforms: { count: 32, layers: [300, 100, 20] },
};

/** Plain files of one platform: how many, and of how many bytes each. */
const files = { count: 500, size: 20_000 };

export async function makeInputs(folder, names) {
  const pool = makePool('line');
  if (names.has('files')) makeFiles(join(folder, 'files'));
  for (const name of names) {
    if (name === 'files') continue;
    const { layers, packed } = inputs[name];
    mkdirSync(join(folder, name));
    for (const platform of platformsOf(name)) {
      const path = join(folder, name, `${nameOf(platform)}.tar`);
      const sizes = layers.map((size) => size * KB);
      await writeArchive(path, platform, sizes, { pool });
      if (packed) await gzipFile(path);
      else toLayout(path, join(folder, name, nameOf(platform)));
    }
  }
  writeFileSync(join(folder, 'statement.json'), '{}');
}

function makeFiles(folder) {
  for (let at = 0; at < files.count; at += 1) {
    const parent = join(folder, 'linux', 'amd64', `d${at % 10}`);
    mkdirSync(parent, { recursive: true });
    writeFileSync(join(parent, `f${at}`), randomBytes(files.size));
  }
}

function toLayout(archive, layout) {
  const words = ['--insecure-policy', 'copy', '--quiet', `docker-archive:${archive}`, `oci:${layout}:1`];
  execFileSync(skopeo, words, { stdio: 'pipe' });
  execFileSync('rm', [archive]);
}

function platformsOf(name) {
  return Array.from({ length: inputs[name].count }, (_, at) => {
    const [architecture, variant] = [architectures[at % 4], at >= 4 ? { variant: `x${at}` } : {}];
    return { os: 'linux', architecture, ...variant };
  });
}

const nameOf = ({ os, architecture, variant = '' }) => `${os}.${architecture}${variant}`;

const alba = (...words) =>
  `${node} ${program} container push ${words.join(' ').replaceAll('docker://', "'docker://")}`.replace(
    /('docker:\/\/\S+)/g,
    "$1?plain-http=true'",
  );

const pushAlba = (input, name = 'alba', ...flags) => ({
  name,
  script: (folder, host) =>
    alba('--no-cache', ...flags, '-t', 'app:1', sourcesOf(folder, input), `docker://${host}/app`),
});

const sourcesOf = (folder, input) =>
  inputs[input].packed
    ? join(folder, input)
    : platformsOf(input)
        .map((platform) => join(folder, input, nameOf(platform)))
        .join(' ');

/** All platforms at once, each by a command of its own, and an index of them. */
const atOnce = (input, host, line) => {
  const names = platformsOf(input).map(nameOf);
  const manifests = names.map((name) => `-m ${host}/peer:${name}`).join(' ');
  const lines = names.map((name) => `( ${line(name)} ) & p="$p $!"`).join('\n');
  const index = `${crane} index append --insecure -t ${host}/peer:1 ${manifests}`;
  return `p=\n${lines}\nfor one in $p; do wait $one; done\n${index}`;
};

const peer = (name, input, line) => ({
  name,
  script: (folder, host, scratch) => atOnce(input, host, (of) => line(folder, host, scratch, of)),
});

const gunzip = (folder, scratch, name) =>
  `gunzip -c ${folder}/archives/${name}.tar.gz > ${scratch}/${name}.tar`;
const tls = (host) => `--host reg=${host},tls=disabled`;

const skopeoArchives = peer(
  'skopeo ×4, after gunzip',
  'archives',
  (folder, host, scratch, name) =>
    `${gunzip(folder, scratch, name)} && ${skopeo} --insecure-policy copy --quiet --dest-tls-verify=false docker-archive:${scratch}/${name}.tar docker://${host}/peer:${name}`,
);
const craneArchives = peer(
  'crane ×4, after gunzip',
  'archives',
  (folder, host, scratch, name) =>
    `${gunzip(folder, scratch, name)} && ${crane} push --insecure ${scratch}/${name}.tar ${host}/peer:${name}`,
);
const twice = (contestant) => ({ ...contestant, before: contestant.script });

const cached = (name, second) => {
  const push = (cache) => (folder, host, scratch) =>
    alba(`--cache-dir ${scratch}/${cache} -t app:1 ${folder}/archives docker://${host}/app`);
  return { name, before: push('cache'), script: push(second) };
};

const craneLayouts = (input) =>
  peer(
    `crane ×${inputs[input].count}`,
    input,
    (folder, host, _scratch, name) =>
      `${crane} push --insecure ${folder}/${input}/${name} ${host}/peer:${name}`,
  );
const regctlLayouts = (input) =>
  peer(
    `regctl ×${inputs[input].count}`,
    input,
    (folder, host, _scratch, name) =>
      `${regctl} ${tls(host)} image copy ocidir://${folder}/${input}/${name}:1 ${host}/peer:${name}`,
  );

/** A release, with what refers to its index and to each of two manifests. */
const published =
  (input, referrers = 3) =>
  (folder, host) => {
    const subjects = ['', ' --platform linux/amd64', ' --platform linux/arm64'].slice(0, referrers);
    const attach = subjects.map(
      (platform) =>
        `${regctl} ${tls(host)} artifact put --artifact-type application/vnd.example.statement --subject ${host}/app:1${platform} -f ${folder}/statement.json`,
    );
    return [pushAlba(input).script(folder, host), ...attach].join('\n');
  };

const promote = {
  name: 'alba',
  script: (_folder, host) =>
    alba('--no-cache', '-t', 'released:1', '--from', `docker://${host}/app:1`, `docker://${host}/released`),
};
const craneCopy = {
  name: 'crane cp (no referrers)',
  script: (_folder, host) => `${crane} cp --insecure ${host}/app:1 ${host}/peer:1`,
};
const regctlCopy = {
  name: 'regctl image copy --referrers',
  script: (_folder, host) => `${regctl} ${tls(host)} image copy --referrers ${host}/app:1 ${host}/peer:1`,
};

const endpoint = (host) => `http://${host}`;
const pushFiles = {
  name: 'alba static push',
  script: (folder, host) =>
    `${node} ${program} static push -t app:1 ${folder}/files 's3://bench?endpoint=${endpoint(host)}&region=us-east-1&s3ForcePathStyle=true'`,
};
const s5cmd = (verb) => ({
  name: `s5cmd ${verb}`,
  script: (folder, host) =>
    `${requireTool('s5cmd')} --endpoint-url ${endpoint(host)} --log error ${verb} ${folder}/files/ s3://bench/peer/`,
});
const rclone = {
  name: 'rclone sync --transfers 32',
  script: (folder, host) =>
    `env -u AWS_CA_BUNDLE ${findTool('rclone')} sync --transfers 32 --s3-provider Other --s3-env-auth --s3-region us-east-1 --s3-endpoint ${endpoint(host)} ${folder}/files :s3:bench/rclone`,
};
/** rclone only where it is installed. */
const withRclone = (...contestants) => (findTool('rclone') ? [...contestants, rclone] : contestants);

const manyTags = (count) => Array.from({ length: count }, (_, at) => `-t app:build-${at}`).join(' ');

export const scenarios = {
  archives: { input: 'archives', contestants: [pushAlba('archives'), skopeoArchives, craneArchives] },
  unchanged: {
    input: 'archives',
    contestants: [
      cached('alba, cache kept', 'cache'),
      cached('alba, cache lost', 'lost'),
      twice(craneArchives),
      twice(skopeoArchives),
    ],
  },
  layouts: {
    input: 'layouts',
    contestants: [pushAlba('layouts'), regctlLayouts('layouts'), craneLayouts('layouts')],
  },
  layers: {
    input: 'layers',
    contestants: [pushAlba('layers'), craneLayouts('layers'), regctlLayouts('layers')],
  },
  platforms: {
    input: 'platforms',
    contestants: [pushAlba('platforms'), craneLayouts('platforms')],
  },
  promote: {
    input: 'layouts',
    prepare: published('layouts'),
    contestants: [promote, craneCopy, regctlCopy],
  },
  again: {
    input: 'layouts',
    prepare: published('layouts'),
    contestants: [promote, craneCopy, regctlCopy].map(twice),
  },
  'promote-layers': {
    input: 'layers',
    prepare: published('layers'),
    contestants: [promote, craneCopy, regctlCopy],
  },
  static: { server: 'bucket', input: 'files', contestants: withRclone(pushFiles, s5cmd('cp')) },
  'static-again': {
    server: 'bucket',
    input: 'files',
    contestants: withRclone(pushFiles, s5cmd('sync')).map(twice),
  },
  tags: {
    input: 'layouts',
    contestants: [pushAlba('layouts', 'alba, 500 tags', manyTags(500))],
  },
};
