// What a run costs after the first: npm exec -- node bench/warm.js; ROUNDS (5) and BENCH_LAYERS as in README.md.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { dist, node } from '../__tests__/support/alba.ts';
import { startRecorder } from '../__tests__/support/recorder.ts';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../__tests__/support/servers/s3.ts';
import { gzipFile, makePool, writeArchive } from './corpus.js';
import { interleave, measure } from './measure.js';
import { scenarios } from './publish.js';

const rounds = Number(process.env.ROUNDS ?? 5);
const architectures = ['386', 'amd64', 'arm64', 'riscv64'];
const layers = (process.env.BENCH_LAYERS ?? '150,39,1').split(',').map((size) => Number(size) * 1_000_000);

/** Places as they are called in the table. */
const labels = new Map([
  [registryPlace, 'registry'],
  [bucketPlace, 'bucket'],
]);

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'alba-warm-'));
process.env.TMPDIR = folder;
try {
  await makeArchives();
  const head = `${rounds} rounds, medians; Node ${process.versions.node}, ${availableParallelism()} cores`;
  console.log(`${head}, load ${loadavg()[0].toFixed(1)}\n`);
  const columns = '| | wall s | of first | CPU s | requests | sent bytes |';
  console.log(`${columns}\n| --- | ---: | ---: | ---: | ---: | ---: |`);
  for (const place of labels.keys()) {
    const results = await interleave([{ name: place.name }], rounds, () => sample(place));
    print(results.get(place.name));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Archives as Nix makes them, named as the peers of bench/publish.js expect; in `changed` one has another last layer. */
async function makeArchives() {
  const pool = makePool('warm');
  for (const name of ['pigz', 'changed']) await mkdir(join(folder, name));
  for (const [index, architecture] of architectures.entries()) {
    const path = join(folder, 'pigz', `linux.${architecture}.tar`);
    const other = path.replace('/pigz/', '/changed/');
    const platform = { os: 'linux', architecture };
    await writeArchive(path, platform, layers, { pool });
    const packed = await gzipFile(path);
    if (index > 0) await copyFile(packed, `${other}.gz`);
    else {
      await writeArchive(other, platform, layers.with(-1, (layers.at(-1) ?? 0) + 1024), { pool });
      await gzipFile(other);
    }
  }
}

/** Every kind of run once, against servers of this sample alone; `wall first push`, `requests first push` and so on. */
async function sample(open) {
  await using place = await open();
  const scratch = await mkdtemp(join(folder, 'scratch-'));
  const result = {};
  const run = async (name, script) => {
    // On a port of its own the peers' cache, too, has never met this registry.
    await using recorder = await startRecorder(place.url);
    const { wall, cpu } = await measure(script(recorder.host), {
      scratch,
      env: { ...place.env, TMPDIR: scratch },
    });
    const requests = recorder.take();
    const sent = requests.filter(({ path }) => !path.includes('/manifests/'));
    const bytes = sent.reduce((sum, request) => sum + request.sent, 0);
    result[name] = { wall, cpu, requests: requests.length, bytes };
  };
  const alba = (artifacts, cache) => (host) =>
    `exec ${node} ${dist} container push --cache-dir ${scratch}/${cache} -t pigz:1 ${folder}/${artifacts} '${place.target(host)}'`;
  const name = (what) => `${labels.get(open)}: ${what}`;
  await run(name('first push'), alba('pigz', 'cache'));
  await run(name('nothing changed'), alba('pigz', 'cache'));
  await run(name('nothing changed, cache lost'), alba('pigz', 'lost'));
  await run(name('one small layer changed'), alba('changed', 'cache'));
  if (open === registryPlace) {
    const skopeo = scenarios.pigz.find((peer) => peer.name.startsWith('skopeo'));
    const script = (host) => skopeo.script(folder, `${host}/peer:1`, scratch);
    await run(`${skopeo.name}: first push`, script);
    await run(`${skopeo.name}: nothing changed`, script);
  }
  await rm(scratch, { recursive: true, force: true });
  return flatten(result);
}

async function registryPlace() {
  const registry = await startRegistry();
  const target = (host) => `docker://${host}/pigz:1`;
  return { url: registry.url, target, env: {}, [Symbol.asyncDispose]: registry.stop };
}

async function bucketPlace() {
  const server = await startS3();
  await server.createBucket('bench');
  const target = (host) => s3Url({ ...server, endpoint: `http://${host}` }, 'bench');
  return { url: server.endpoint, target, env: s3Environment(server), [Symbol.asyncDispose]: server.stop };
}

function flatten(result) {
  const pairs = Object.entries(result).flatMap(([run, values]) =>
    Object.entries(values).map(([field, value]) => [`${run}|${field}`, value]),
  );
  return Object.fromEntries(pairs);
}

function print(medians) {
  const runs = [...new Set(Object.keys(medians).map((key) => key.split('|')[0]))];
  const [first] = runs;
  for (const run of runs) {
    const [wall, cpu, requests, bytes] = ['wall', 'cpu', 'requests', 'bytes'].map(
      (field) => medians[`${run}|${field}`],
    );
    const ratio = wall / medians[`${first}|wall`];
    const cells = [run, wall.toFixed(2), ratio.toFixed(3), cpu.toFixed(2), requests, bytes];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
