import type { ServerResponse } from 'node:http';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { unattended } from '../../../__tests__/fixtures/unattended.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { passwordCredentials } from '../../../src/repository/registry/credentials.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import type { Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { assertMap } from '../judge.ts';
import * as samples from '../samples.ts';
import { anyOf } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';
import { type Client, password, tryServer } from '../try-server.ts';

/** Registries in a round, each of which is asked for all that it may be asked for. */
const registries = 6;
/** Eight asks each, and every answer is another. */
const perRound = 8 * registries;

const bodies: readonly string[] = [
  ...[samples.manifest, samples.index, samples.config].map((document) => JSON.stringify(document)),
  '{"name":"app","tags":["1.0","latest","sha256-0"]}',
  '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"a":[1]}}]}',
  '{"token":"abc","expires_in":300,"issued_at":"2026-01-01T00:00:00Z"}',
];
const statuses = [
  200, 200, 200, 201, 202, 204, 206, 301, 307, 400, 401, 401, 403, 404, 404, 405, 416, 429, 500, 503,
];
const headers: Readonly<Record<string, readonly string[]>> = {
  link: ['</v2/app/tags/list?last=1.0&n=1000>; rel="next"', '<http://['],
  location: ['/v2/app/blobs/uploads/1?state=x', 'https://other.invalid/x'],
  'www-authenticate': ['Bearer realm="/token",service="x",scope="repository:app:pull"', 'Basic realm="x"'],
  'content-type': [samples.manifest.mediaType, samples.index.mediaType, 'text/html'],
  'docker-content-digest': [digestOf(Buffer.from('x')), 'sha256:'],
  'retry-after': ['1', '999999999', 'Sat, 01 Jan 2028 00:00:00 GMT'],
  'oci-subject': [digestOf(Buffer.from('x'))],
  'oci-filters-applied': ['artifactType'],
};

/** What a registry answers: bodies, errors, tokens, headers. All that comes out are AlbaErrors, in the end. */
export const target: FuzzTarget = {
  about:
    'answers of a registry are read or refused, by tags, Link, challenges, tokens and errors, and asking ends',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < registries; i++) all.push(await tryRegistry(random));
    return addCounts(...all);
  },
};

function tryRegistry(random: Random): Promise<Counts> {
  const answer = (response: ServerResponse): void => {
    response.writeHead(anyOf(statuses, random), headersFrom(random));
    response.end(random(3) > 0 ? damageText(anyOf(bodies, random), random) : anyOf(bodies, random));
  };
  return tryServer(answer, ({ host }) => clientOf(host, random(2) ? 'pull' : 'push'));
}

function clientOf(registry: string, access: 'pull' | 'push'): Client {
  const repository = openRegistry(
    { registry, repository: 'app' },
    {
      ...unattended,
      access,
      credentials: passwordCredentials('me', password, 'a test'),
      retries: { count: 2, firstDelay: 1, longestDelay: 2 },
    },
  );
  const descriptor = { mediaType: samples.manifest.mediaType, digest: digestOf(Buffer.from('x')), size: 1 };
  const blob = {
    descriptor: { ...descriptor, mediaType: 'application/x' },
    open: async function* () {
      yield Buffer.from('x');
    },
  };
  const asks: readonly (() => Promise<unknown>)[] = [
    async () => {
      const tags = await repository.tags();
      if (tags.some((tag) => typeof tag !== 'string')) throw new Error('a tag is no text');
    },
    () => repository.resolve('1.0'),
    () => repository.exists(descriptor),
    async () => {
      for await (const _ of await repository.fetch(descriptor));
    },
    async () => {
      for (const { annotations } of await repository.referrers(descriptor.digest))
        assertMap(annotations, 'annotations');
    },
    () => repository.push(blob),
    () => repository.mount({ ...blob, heldBy: { registry, repository: 'other' } }),
    () => repository.findMissing([descriptor]),
  ];
  return { asks, close: () => repository.close() };
}

/** A few headers, most of them as they are. What no server can send is left out. */
function headersFrom(random: Random): Record<string, string> {
  const chosen = Object.entries(headers).filter(() => random(3) === 0);
  return Object.fromEntries(
    chosen.map(([name, values]) => {
      const value = anyOf(values, random);
      const text = random(2) ? damageText(value, random) : value;
      return [name, text.replace(/[^\x20-\x7e]/g, '').slice(0, 8_000)];
    }),
  );
}
