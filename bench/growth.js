// What a new release costs where many are already: node bench/growth.js [directory|bucket|registry …]
// TAGS=10,10000 says how many are there; ALBA=src/main.ts runs the sources.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { makeRelease, publish } from '../__tests__/repository/release.ts';
import { dist, node } from '../__tests__/support/alba.ts';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../__tests__/support/servers/s3.ts';
import { digestOf } from '../src/oci/digest.ts';
import { openLayout } from '../src/repository/layout.ts';
import { measure } from './measure.js';

const alba = process.env.ALBA ?? dist;
const rounds = Number(process.env.ROUNDS ?? 3);
const counts = (process.env.TAGS ?? '10,10000').split(',').map(Number);
const json = 'application/vnd.oci.image.manifest.v1+json';

/** Five blobs, a manifest and its tag, as many times: `put` is given each path below the repository. */
async function fill(tags, put) {
  const names = [];
  for (let at = 0; at < tags; at += 1) {
    const blobs = [0, 1, 2, 3, 4].map((part) => Buffer.from(`blob ${at} ${part}`));
    const [config, ...layers] = blobs.map((bytes, part) => ({
      mediaType: `application/vnd.oci.image.${part === 0 ? 'config.v1+json' : 'layer.v1.tar+gzip'}`,
      digest: digestOf(bytes),
      size: bytes.length,
    }));
    const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: json, config, layers }));
    await Promise.all(blobs.map((bytes) => put(`blobs/${digestOf(bytes)}`, bytes)));
    for (const name of [digestOf(manifest), `0.${at}.0`]) await put(`manifests/${name}`, manifest);
    names.push(`0.${at}.0`);
  }
  await put('tags/list', Buffer.from(JSON.stringify({ name: 'app', tags: names.sort() })));
}

async function fillFolder(root, tags) {
  const home = join(root, 'v2', 'app');
  for (const folder of ['blobs', 'manifests', 'tags']) await mkdir(join(home, folder), { recursive: true });
  await writeFile(join(root, 'v2', 'index.html'), '{}');
  await fill(tags, (path, bytes) => writeFile(join(home, path), bytes));
}

/** A registry takes blobs by two requests each, and no list of tags. */
function putTo(url) {
  return async (path, bytes) => {
    if (path.startsWith('tags/')) return;
    const isBlob = path.startsWith('blobs/');
    const begun = isBlob && (await fetch(`${url}/v2/app/blobs/uploads/`, { method: 'POST' }));
    const at = isBlob ? new URL(begun.headers.get('location'), url) : new URL(`${url}/v2/app/${path}`);
    if (isBlob) at.searchParams.set('digest', path.slice('blobs/'.length));
    const headers = { 'content-type': isBlob ? 'application/octet-stream' : json };
    const response = await fetch(at, { method: 'PUT', body: bytes, headers });
    if (!response.ok) throw new Error(`${at}: ${response.status} ${await response.text()}`);
  };
}

/** Passes requests on and counts them. */
async function count(url) {
  const { hostname, port } = new URL(url);
  const asked = [];
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    asked.push({ method, path });
    const onward = forward({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => server.closeAllConnections() ?? new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, stop };
}

/** What opens a target with so many tags: its URL, its environment, what was asked of it, and how it ends. */
const targets = {
  async directory(folder, tags) {
    const root = join(folder, 'site');
    await fillFolder(root, tags);
    return { url: `file://${root}`, asked: [], stop: () => rm(root, { recursive: true }) };
  },
  async bucket(_folder, tags) {
    const server = await startS3();
    await server.createBucket('bench');
    await fillFolder(join(server.directory, 'content', 'bench'), tags);
    const proxy = await count(server.endpoint);
    return {
      url: s3Url({ ...server, endpoint: proxy.url }, 'bench'),
      env: s3Environment(server),
      asked: proxy.asked,
      stop: async () => Promise.all([proxy.stop(), server.stop()]),
    };
  },
  async registry(_folder, tags) {
    const server = await startRegistry();
    await fill(tags, putTo(server.url));
    const proxy = await count(server.url);
    const stop = async () => Promise.all([proxy.stop(), server.stop()]);
    return { url: `docker://${new URL(proxy.url).host}/app`, asked: proxy.asked, stop };
  },
};

/** A layout of a small index for four platforms. */
async function makeInput(path, seed) {
  const layout = openLayout(path);
  await publish(layout, makeRelease(seed), ['1']);
  await layout.close();
}

async function push(source, tag, { url, env, asked }, scratch) {
  asked.length = 0;
  const tagged = url.startsWith('docker:') ? `'${url}:${tag}'` : `-t app:${tag} '${url}'`;
  const line = `${node} ${alba} container push --no-cache ${source} ${tagged} >&2`;
  const sample = await measure(line, { scratch, env });
  const lists = asked.filter(({ path }) => /list-type|tags\/list/.test(path)).length;
  if (process.env.TELL) for (const { method, path } of asked) console.log(method, path);
  return { ...sample, requests: asked.length, lists };
}

const folder = await mkdtemp(join(tmpdir(), 'alba-growth-'));
try {
  const named = process.argv.slice(2);
  console.log('| | tags | wall s | CPU s | peak MB | requests | of them lists |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const name of named.length > 0 ? named : Object.keys(targets)) {
    for (const tags of counts) {
      const target = await targets[name](folder, tags);
      try {
        const samples = { new: [], again: [] };
        for (let round = 0; round < rounds; round += 1) {
          const source = join(folder, `${name}-${tags}-${round}`);
          await makeInput(source, `${name} ${tags} ${round}`);
          samples.new.push(await push(source, `1.${round}.0`, target, folder));
          samples.again.push(await push(source, `1.${round}.0`, target, folder));
        }
        for (const [what, found] of Object.entries(samples)) tell(`${name}, ${what}`, tags, found);
      } finally {
        await target.stop();
      }
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function tell(what, tags, samples) {
  const middle = (field) =>
    samples.map((sample) => sample[field]).sort((a, b) => a - b)[Math.floor(samples.length / 2)];
  const { wall, cpu, peak } = Object.fromEntries(['wall', 'cpu', 'peak'].map((at) => [at, middle(at)]));
  const figures = [wall.toFixed(2), cpu.toFixed(2), peak.toFixed(0), middle('requests'), middle('lists')];
  console.log(`| ${[what, tags, ...figures].join(' | ')} |`);
}
