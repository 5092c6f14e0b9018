// Where a release is pushed to, behind what counts requests.
import { mkdir, rm } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { join } from 'node:path';
import { startRegistry } from '../../__tests__/support/servers/registry.ts';
import { s3Client, s3Environment, s3Url, startMinio, startS3 } from '../../__tests__/support/servers/s3.ts';
import { fillDistribution, fillTree, putFile, putObject } from './fill.js';

/** Passes requests on; keeps when each came and was answered. */
async function record(url) {
  const { hostname, port } = new URL(url);
  const asked = [];
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const one = { method, path, begin: performance.now(), end: Number.POSITIVE_INFINITY };
    asked.push(one);
    const onward = forward({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
      answer.once('end', () => {
        one.end = performance.now();
      });
    });
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => server.closeAllConnections() ?? new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, stop };
}

/** By name: opens a target; it has its URL, its environment, what was asked of it, and a way to put tags there. */
export const targets = {
  async directory(folder) {
    const root = join(folder, 'site');
    await mkdir(root);
    const put = putFile(join(root, 'v2'));
    await put('index.html', '{}');
    return {
      ...{ url: `file://${root}`, asked: [], fill: (from, to) => fillTree(from, to, put) },
      stop: () => rm(root, { recursive: true }),
    };
  },
  versitygw: () => bucket(startS3, ({ directory }) => putFile(join(directory, 'content', 'bench', 'v2'))),
  minio: () => bucket(startMinio, (server) => putObject(s3Client(server), 'bench')),
  async registry() {
    const server = await startRegistry({ version: 3 });
    const proxy = await record(server.url);
    return {
      ...{ url: `docker://${new URL(proxy.url).host}/app`, asked: proxy.asked },
      fill: (from, to) => fillDistribution(from, to, join(server.directory, 'content')),
      stop: () => Promise.all([proxy.stop(), server.stop()]),
    };
  },
};

async function bucket(start, putTo) {
  const server = await start();
  await server.createBucket('bench');
  const put = putTo(server);
  const proxy = await record(server.endpoint);
  return {
    ...{ url: s3Url({ ...server, endpoint: proxy.url }, 'bench'), env: s3Environment(server) },
    ...{ asked: proxy.asked, fill: (from, to) => fillTree(from, to, put) },
    stop: () => Promise.all([proxy.stop(), server.stop()]),
  };
}
