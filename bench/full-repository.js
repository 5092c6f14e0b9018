// A repository `app` that is full of releases, and counts what is asked of it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, request as forward } from 'node:http';
import { join } from 'node:path';
import pMap from 'p-map';
import { unattended } from '../__tests__/fixtures/unattended.ts';
import { startOlareg } from '../__tests__/support/servers/olareg.ts';
import { startRegistry } from '../__tests__/support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../__tests__/support/servers/s3.ts';
import { digestOf } from '../src/oci/digest.ts';
import { parseFilesTarget } from '../src/place/target.ts';
import { putBytes } from '../src/storage/bytes.ts';

const json = 'application/vnd.oci.image.manifest.v1+json';
const atOnce = 16;

/**
 * The tags `0.0.0`, `0.1.0` …, of so many manifests with five blobs each, all of them its own or only the config; `put` is given each
 * path below the repository.
 */
async function fill(tags, put, { manifests = tags, sharesLayers = false } = {}) {
  const names = Array.from({ length: tags }, (_, at) => `0.${at}.0`);
  const write = async (tag, at) => {
    const release = at % manifests;
    const blobs = [0, 1, 2, 3, 4].map((part) =>
      Buffer.from(`blob ${sharesLayers && part > 0 ? 0 : release} ${part}`),
    );
    const [config, ...layers] = blobs.map((bytes, part) => ({
      mediaType: `application/vnd.oci.image.${part === 0 ? 'config.v1+json' : 'layer.v1.tar+gzip'}`,
      digest: digestOf(bytes),
      size: bytes.length,
    }));
    const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: json, config, layers }));
    if (at < manifests) {
      const own = sharesLayers && at > 0 ? blobs.slice(0, 1) : blobs;
      await Promise.all(own.map((bytes) => put(`blobs/${digestOf(bytes)}`, bytes)));
      await put(`manifests/${digestOf(manifest)}`, manifest);
    }
    await put(`manifests/${tag}`, manifest);
  };
  // What others need comes first: the layers, and manifests that more tags name.
  await write(names[0], 0);
  await pMap(names.slice(1, manifests), (tag, at) => write(tag, 1 + at), { concurrency: atOnce });
  await pMap(names.slice(manifests), (tag, at) => write(tag, manifests + at), { concurrency: atOnce });
  await put('tags/list', Buffer.from(JSON.stringify({ name: 'app', tags: names.sort() })));
}

async function fillFolder(root, tags) {
  const home = join(root, 'v2', 'app');
  for (const folder of ['blobs', 'manifests', 'tags']) await mkdir(join(home, folder), { recursive: true });
  await writeFile(join(root, 'v2', 'index.html'), '{}');
  await fill(tags, (path, bytes) => writeFile(join(home, path), bytes));
}

/** A bucket calls what is put by its MD5, not what is laid into its folder. */
async function fillBucket(url, env, tags) {
  Object.assign(process.env, env);
  const storage = await parseFilesTarget(url).openStorage({ directory: '/' }, unattended);
  await putBytes(storage, 'v2/index.html', Buffer.from('{}'), {});
  await fill(tags, (path, bytes) => putBytes(storage, `v2/app/${path}`, bytes, {}));
  await storage.close();
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
    await response.arrayBuffer();
  };
}

/** Passes requests on and counts them. */
async function count(url) {
  const { hostname, port } = new URL(url);
  const asked = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    asked.push({ method, path });
    const onward = forward({ hostname, port, method, path, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, stop };
}

async function registry(server, url, tags, manifests) {
  await fill(tags, putTo(url), { manifests, sharesLayers: true });
  const proxy = await count(url);
  const stop = async () => Promise.all([proxy.stop(), server.stop()]);
  return { url: `docker://${new URL(proxy.url).host}/app`, asked: proxy.asked, stop };
}

/** What opens one with so many tags, by its kind: its URL, its environment, what was asked of it, and how it ends. */
export const fullRepositories = {
  async directory(folder, tags) {
    const root = join(folder, 'site');
    await fillFolder(root, tags);
    return { url: `file://${root}`, asked: [], stop: () => rm(root, { recursive: true }) };
  },
  async bucket(_folder, tags) {
    const server = await startS3();
    await server.createBucket('bench');
    const env = s3Environment(server);
    await fillBucket(s3Url(server, 'bench'), env, tags);
    const proxy = await count(server.endpoint);
    return {
      ...{ url: s3Url({ ...server, endpoint: proxy.url }, 'bench'), env, asked: proxy.asked },
      stop: async () => Promise.all([proxy.stop(), server.stop()]),
    };
  },
  async registry(_folder, tags, manifests) {
    const server = await startRegistry();
    return registry(server, server.url, tags, manifests);
  },
  async distribution3(_folder, tags, manifests) {
    const server = await startRegistry({ version: 3 });
    return registry(server, server.url, tags, manifests);
  },
  async olareg(_folder, tags, manifests) {
    const server = await startOlareg();
    return registry(server, `http://${server.host}`, tags, manifests);
  },
};
