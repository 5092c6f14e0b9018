// What the promotion of a published image of 2 GB costs: npm exec -- node bench/promote.js [megabytes]
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream';
import { dist, node } from '../__tests__/support/alba.ts';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../__tests__/support/servers/s3.ts';
import { makePool, writeArchive } from './corpus.js';
import { measure } from './measure.js';

const MB = 1_000_000;
const size = Number(process.argv[2] ?? 2000);
const limit = 300;

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'alba-promote-'));
process.env.TMPDIR = folder;
const [one, other, s3] = await Promise.all([startRegistry(), startRegistry({ version: 3 }), startS3()]);
const servers = [one, other, s3];
try {
  await s3.createBucket('bench');
  const [from, to] = await Promise.all([one, other].map(startCounter));
  const bucket = s3Url(s3, 'bench');
  const source = `docker://${from.host}/staging:1`;
  await alba([await makeArchive(), '--compression', 'none', source]);
  await rm(join(folder, 'image.tar'));
  const cases = {
    'same registry, another repository': [source, `docker://${from.host}/production:1`],
    'another registry': [source, `docker://${to.host}/production:1`],
    'another registry, once more': [source, `docker://${to.host}/production:1`],
    'registry to bucket': [source, bucket],
    'bucket to registry': [`${bucket}#bench:1`, `docker://${to.host}/back:1`],
  };
  console.log(`${size} MB, Node ${process.versions.node}\n`);
  console.log(`${''.padEnd(34)} wall s  CPU s  peak MB  read MB  sent MB`);
  for (const [name, [artifact, target]] of Object.entries(cases)) {
    for (const counter of [from, to]) counter.reset();
    const { wall, cpu, peak } = await alba(['--from', artifact, target]);
    const figures = [wall.toFixed(1), cpu.toFixed(1), peak.toFixed(0)];
    const bytes = ['read', 'sent'].map((way) => ((from[way] + to[way]) / MB).toFixed(3));
    const widths = [7, 7, 9, 9, 9];
    const cells = [...figures, ...bytes].map((text, column) => text.padStart(widths[column]));
    console.log(name.padEnd(33) + cells.join(''));
    if (peak > limit) process.exitCode = 1;
  }
  await Promise.all([from, to].map((counter) => counter.stop()));
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
}

/** One platform, most of it in one layer. */
async function makeArchive() {
  const layers = [0.7, 0.2, 0.1].map((share) => Math.round(share * size * MB));
  const platform = { os: 'linux', architecture: 'amd64' };
  const path = join(folder, 'image.tar');
  await writeArchive(path, platform, layers, { pool: makePool('promote') });
  return path;
}

function alba(words) {
  const command = [node, dist, 'container', 'push', '--no-cache', '-t', 'bench:1', ...words];
  const script = command.map((word) => `'${word}'`).join(' ');
  return measure(script, { scratch: folder, env: s3Environment(s3) });
}

/** A proxy before a registry that counts the bytes of bodies either way; S3 is not seen by it. */
async function startCounter({ url }) {
  const { hostname, port } = new URL(url);
  const counted = { read: 0, sent: 0 };
  const count = (stream, way) =>
    stream.on('data', (chunk) => {
      counted[way] += chunk.length;
    });
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const onward = forward({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      pipeline(count(answer, 'read'), response, () => {});
    });
    pipeline(count(incoming, 'sent'), onward, () => {});
    onward.once('error', () => response.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${server.address().port}`,
    get read() {
      return counted.read;
    },
    get sent() {
      return counted.sent;
    },
    reset: () => Object.assign(counted, { read: 0, sent: 0 }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
