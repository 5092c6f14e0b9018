import type { ServerResponse } from 'node:http';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { unattended } from '../../../__tests__/fixtures/unattended.ts';
import { putBytes, readBytes } from '../../../src/storage/bytes.ts';
import { HttpStorage } from '../../../src/storage/http.ts';
import type { HttpServer } from '../../../src/storage/http-servers.ts';
import type { Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { anyOf, hostileJson } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';
import { type Client, password, tryServer } from '../try-server.ts';

/** Storages in a round. */
const storages = 6;
/** Four asks each, and every answer is another. */
const perRound = 4 * storages;
const kinds: readonly HttpServer[] = ['webdav', 'artifactory', 'nexus', 'gitlab', 'gitea'];

const list = hostileJson({
  uri: 'https://host/artifactory/api/storage/r',
  files: [
    { uri: '/a/b', size: 3, lastModified: '2026-01-01T00:00:00.000Z', folder: false, sha2: 'ab' },
    { uri: '/../../x', size: '4', folder: null },
  ],
});
const errors = hostileJson({ errors: [{ status: 404, message: 'not there' }], message: 'no', error: 'none' });
const multistatus =
  '<D:multistatus xmlns:D="DAV:"><D:response><D:href>/dav/a/b</D:href><D:propstat><D:prop><D:getcontentlength>3</D:getcontentlength></D:prop></D:propstat></D:response></D:multistatus>';
const statuses = [
  200, 200, 200, 201, 204, 207, 207, 301, 307, 400, 401, 403, 404, 405, 409, 423, 500, 501, 507,
];

/** What servers of plain files answer: WebDAV, JFrog Artifactory, Nexus, GitLab and Gitea. All that comes out are AlbaErrors. */
export const target: FuzzTarget = {
  about:
    'answers of WebDAV, Artifactory, Nexus, GitLab and Gitea are read or refused, listed keys are below what was asked for',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < storages; i++) all.push(await tryStorage(random));
    return addCounts(...all);
  },
};

function tryStorage(random: Random): Promise<Counts> {
  const answerAny = (response: ServerResponse): void => answer(response, random);
  return tryServer(answerAny, ({ url }) => clientOf(url, anyOf(kinds, random)));
}

function clientOf(url: string, server: HttpServer): Client {
  const storage = new HttpStorage(`${url}/artifactory/r`, {
    ...unattended,
    isTarget: true,
    server,
    findLogin: async () => ({ username: 'me', password, origin: 'a test' }),
    retries: { count: 2, firstDelay: 1, longestDelay: 2 },
  });
  const asks: readonly (() => Promise<unknown>)[] = [
    () => storage.head('df-dist-v1/app/1.0/x'),
    () => readBytes(storage, 'df-dist-v1/app/1.0/x', 1024 * 1024),
    () =>
      putBytes(storage, 'df-dist-v1/app/1.0/x', Buffer.from('x'), {
        contentType: 'text/plain',
        cacheControl: 'no-cache',
      }),
    async () => {
      for await (const { key, size } of storage.list('df-dist-v1/app/')) {
        if (!key.startsWith('df-dist-v1/app/')) throw new Error(`a key is ${key}`);
        if (!Number.isSafeInteger(size) || size < 0) throw new Error(`a size is ${size}`);
      }
    },
  ];
  return { asks, close: () => storage.close() };
}

function answer(response: ServerResponse, random: Random): void {
  const body = [
    () => list(random),
    () => errors(random),
    () => damageText(multistatus, random),
    () => multistatus,
    () => '<html>It works!</html>',
  ];
  response.writeHead(anyOf(statuses, random), {
    'content-type': anyOf(['application/json', 'application/xml', 'text/html'], random),
    ...(random(6) === 0 && { location: anyOf(['/x', 'http://169.254.169.254/', 'nonsense://'], random) }),
    ...(random(6) === 0 && { 'www-authenticate': anyOf(['Basic realm="x"', 'Bearer realm="x"'], random) }),
    ...(random(6) === 0 && { etag: '"x"', 'last-modified': 'nonsense', 'retry-after': 'nonsense' }),
  });
  response.end(anyOf(body, random)());
}
