import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { requestOf } from '../../__tests__/commands/container/request.ts';
import { randomNumbers } from '../../__tests__/compression/samples.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { silent } from '../../__tests__/fixtures/silent.ts';
import { hurry } from '../../__tests__/support/hurry.ts';
import {
  type Faulty,
  type Misfortune,
  type Passing,
  startFaulty,
} from '../../__tests__/support/servers/faulty.ts';
import { registryTool, startRegistry } from '../../__tests__/support/servers/registry.ts';
import {
  type S3Server,
  s3Client,
  s3Environment,
  s3Url,
  startMinio,
  startS3,
} from '../../__tests__/support/servers/s3.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { nothingReached, type Reached, tellReached } from '../../src/commands/reached.ts';
import { AlbaError, messageOf } from '../../src/errors.ts';
import { printable } from '../../src/progress/format.ts';
import type { Progress } from '../../src/progress/progress.ts';
import { bucketMisfortunes, registryMisfortunes } from './misfortunes.ts';
import { type Get, readTag } from './read-tag.ts';
import { type Order, Tally, type Torture } from './torture.ts';

/** Somewhere to push to, through a proxy. */
interface Stand extends AsyncDisposable {
  readonly proxy: Faulty;
  readonly misfortunes: Readonly<Record<string, Misfortune>>;
  /** What is said to push to a repository of this name. */
  said(name: string): Readonly<Record<string, readonly string[]>>;
  /** Reads it past the proxy. */
  get(name: string): Get;
  /** What nothing that is told may hold. */
  readonly secrets: readonly string[];
}

/** The last of the parts of a path that tell what it is about. */
const subjects: readonly (readonly [RegExp, string])[] = [
  [/[?&]uploads/, 'parts'],
  [/[?&]partNumber=/, 'part'],
  [/[?&]uploadId=/, 'whole of parts'],
  [/[?&]list-type=/, 'list'],
  [/\/tags\/list/, 'tag list'],
  [/\/blobs\/uploads\//, 'upload'],
  [/\/blobs\//, 'blob'],
  [/\/manifests\/sha256:|\/manifests\/sha256%3A/, 'manifest'],
  [/\/manifests\//, 'tag'],
  [/\/referrers\//, 'referrers'],
];

/** `PUT tag`: which kind of request it is. */
function kindOf({ method, path }: Passing): string {
  return `${method} ${subjects.find(([pattern]) => pattern.test(path))?.[1] ?? 'other'}`;
}

const login = { username: 'ann-of-the-torture', password: 'hush-hush-of-the-torture' };

async function registryStand(version: 2 | 3): Promise<Stand> {
  const server = await startRegistry({ version, auth: login });
  const proxy = await startFaulty(server.url);
  const authorization = `Basic ${btoa(`${login.username}:${login.password}`)}`;
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
  return {
    proxy,
    misfortunes: registryMisfortunes,
    secrets: [login.password, authorization.slice(6)],
    said: (name) => ({
      targets: [`docker://${proxy.host}/${name}:1`],
      username: [login.username],
      password: [login.password],
    }),
    get: (name) => async (path) => {
      const response = await fetch(`${server.url}/v2/${name}/${path}`, {
        headers: { accept, authorization },
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      return response.ok ? bytes : undefined;
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

async function bucketStand(start: () => Promise<S3Server>): Promise<Stand> {
  const server = await start();
  await server.createBucket('bucket');
  const proxy = await startFaulty(server.endpoint);
  Object.assign(process.env, s3Environment(server));
  const client = s3Client(server);
  return {
    proxy,
    misfortunes: bucketMisfortunes,
    secrets: [server.secretAccessKey, server.accessKeyId],
    said: (name) => ({
      targets: [s3Url({ ...server, endpoint: `http://${proxy.host}` }, 'bucket')],
      tags: [`${name}:1`],
    }),
    get: (name) => async (path) => {
      const wanted = new GetObjectCommand({ Bucket: 'bucket', Key: `v2/${name}/${path}` });
      const found = await client.send(wanted).catch((failure) => {
        if (failure.name === 'NoSuchKey') return undefined;
        throw failure;
      });
      return found?.Body && Buffer.from(await found.Body.transformToByteArray());
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await proxy[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

/** Whatever one kind of request suffers: a push is there whole, or a sentence says why not and the tag is as it was. */
export const faults: Torture = {
  about:
    'whatever goes wrong with a kind of request, a push is whole or fails with one sentence, and the next one succeeds',
  places: {
    distribution3: placeOf([registryTool[3]], () => registryStand(3)),
    distribution2: placeOf([registryTool[2]], () => registryStand(2)),
    minio: placeOf(['minio'], () => bucketStand(startMinio)),
    versitygw: placeOf(['versitygw'], () => bucketStand(startS3)),
  },
};

function placeOf(tools: readonly string[], open: () => Promise<Stand>): Torture['places'][string] {
  return {
    tools,
    async run(order) {
      await using stand = await open();
      using _ = hurry({ delay: 200, patience: 60 });
      return await sufferFaults(stand, order);
    },
  };
}

interface Pushed {
  /** Undefined where it went well. */
  readonly failure?: unknown;
  /** What a person reads of how far it came. */
  readonly reached: string;
  readonly told: readonly string[];
}

/** Draws as many of the cases as there are rounds: each misfortune of each kind of request that a push makes, once or always. */
async function sufferFaults(stand: Stand, { rounds, seed, folder }: Order): Promise<Tally> {
  const tally = new Tally();
  const random = randomNumbers(seed);
  const archives = await writeArchives(folder);
  const push = (name: string, archive: string): Promise<Pushed> => pushTo(stand, name, archive, folder);
  const digestIn = (name: string) => readTag(stand.get(name), '1');
  const digests: (string | undefined)[] = [];
  for (const archive of archives) {
    await push('clean', archive);
    digests.push(await digestIn('clean'));
  }
  const [before, after] = digests;
  if (!before || !after || before === after) throw new Error('a clean push does not work');
  const kinds = [...new Set(stand.proxy.passed.map(kindOf))];
  const cases = kinds.flatMap((kind) =>
    Object.keys(stand.misfortunes).flatMap((name) => [true, false].map((always) => ({ kind, name, always }))),
  );
  tally.count('kinds of requests', kinds.length);
  tally.count('cases', cases.length);
  for (let round = 1; round <= rounds && cases.length > 0; round += 1) {
    const [drawn] =
      rounds >= cases.length + round - 1 ? cases.splice(0, 1) : cases.splice(random(cases.length), 1);
    if (!drawn) break;
    const { kind, name, always } = drawn;
    const where = `faults/${round}`;
    await tally.check(round, async () => {
      try {
        const first = await push(where, archives[0] ?? '');
        if (first.failure) throw first.failure;
        let hits = 0;
        stand.proxy.misfortune = (request) => {
          if (kindOf(request) !== kind || (hits > 0 && !always)) return undefined;
          hits += 1;
          return stand.misfortunes[name];
        };
        const pushed = await push(where, archives[1] ?? '');
        stand.proxy.misfortune = () => undefined;
        tally.count(hits === 0 ? 'not met' : pushed.failure ? 'failed' : 'whole');
        assertTold(pushed, stand.secrets);
        const found = await digestIn(where);
        if (pushed.failure) {
          // A server that hides what it took in: that is what the error says.
          const isHidden = messageOf(pushed.failure).includes('was written and is not there');
          const isUnsure = isHidden || pushed.reached.includes('look whether');
          if (found !== before && !(found === after && isUnsure))
            throw new Error(`it failed, and the tag is ${found}`);
          if (found === after) tally.count('failed, and told that the tag may be there');
        } else if (found !== after) throw new Error(`it went well, and the tag is ${found}`);
        const again = await push(where, archives[1] ?? '');
        if (again.failure) throw new Error('the next push failed', { cause: again.failure });
        if ((await digestIn(where)) !== after) throw new Error('the next push is not there');
      } catch (cause) {
        stand.proxy.misfortune = () => undefined;
        throw new Error(`${kind}, ${name}, ${always ? 'always' : 'once'}: ${messageOf(cause)}`, { cause });
      }
    });
  }
  return tally;
}

function assertTold({ failure, told, reached }: Pushed, secrets: readonly string[]): void {
  const texts = [...told, reached, ...(failure ? [printable(messageOf(failure))] : [])];
  for (const secret of secrets) {
    const text = texts.find((one) => one.includes(secret));
    if (text !== undefined) throw new Error(`a secret is told: ${text.replaceAll(secret, '[SECRET]')}`);
  }
  if (failure === undefined) return;
  if (!(failure instanceof AlbaError))
    throw new Error(`no error of ours: ${failure instanceof Error ? failure.stack : failure}`);
  const { message } = failure;
  if (message.length > 900 || /[\n\r<>]|undefined|\[object/.test(message))
    throw new Error(`no clear sentence: ${message}`);
}

async function pushTo(stand: Stand, name: string, archive: string, folder: string): Promise<Pushed> {
  const told: string[] = [];
  const tell = (text: string): void => void told.push(printable(text));
  const progress: Progress = { ...silent, line: tell, warn: tell, debug: tell };
  let reached = (): Reached => nothingReached;
  try {
    const request = await requestOf({ artifacts: [archive], targets: [], ...stand.said(name) }, folder);
    const { targets } = await containerPush(request, progress, (ask) => {
      reached = ask;
    });
    const failed = targets.find(({ failure }) => failure !== undefined);
    const failure = failed?.failure === undefined ? {} : { failure: new AlbaError('target', failed.failure) };
    return { ...failure, reached: tellReached(reached()), told };
  } catch (failure) {
    return { failure, reached: tellReached(reached()), told };
  }
}

async function writeArchives(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const write = async (seed: string): Promise<string> => {
    const path = join(folder, `${seed}.tar`);
    const image = (architecture: string) =>
      makeImage({ os: 'linux', architecture }, { seed: `${seed} ${architecture}`, layers: [2_000, 400] });
    await writeFile(path, dockerArchive(['amd64', 'arm64'].map(image)));
    return path;
  };
  return Promise.all(['before', 'after'].map(write));
}
