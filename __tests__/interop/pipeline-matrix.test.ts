import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Digest } from '../../src/oci/digest.ts';
import { parseIndex } from '../../src/oci/manifest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Garage, startGarage } from '../support/servers/garage.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import {
  failingStep,
  makeBuilds,
  matrix,
  playMatrix,
  type Read,
  readFrom,
  readIn,
  step,
  tagsIn,
  toJson,
} from './pipeline.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

let builds: Record<string, string>;
/** What one job publishes of all archives. */
let whole: Digest;

beforeAll(async () => {
  builds = await makeBuilds(temporary.path);
  const { outputs } = await step(
    { artifacts: Object.values(builds).join('\n'), tag: 'app:1', target: `file://${at('whole')}` },
    temporary.path,
  );
  whole = outputs.digest as Digest;
});

/** A kind of target: where a name is there, and how to look at it. */
interface Place {
  readonly target: (name: string) => string;
  readonly env: Readonly<Record<string, string>>;
  readonly read: Read;
  readonly stop: () => Promise<void>;
}

function onRegistry(registry: Registry): Place {
  const { host, url, stop } = registry;
  return { target: (name) => `docker://${host}/${name}`, env: {}, read: readFrom(url), stop };
}

async function inBucket(server: S3Server): Promise<Place> {
  await server.createBucket('alba');
  const read = readIn(join(server.directory, 'content', 'alba'));
  return { target: () => s3Url(server, 'alba'), env: s3Environment(server), read, stop: server.stop };
}

function onGarage(garage: Garage): Place {
  const { bucket, web, stop } = garage;
  return {
    target: () => s3Url(garage, bucket),
    env: s3Environment(garage),
    read: readFrom(web.url),
    stop,
  };
}

const places: Readonly<Record<string, readonly [tool: string, start: () => Promise<Place>]>> = {
  'distribution 2': [registryTool[2], async () => onRegistry(await startRegistry())],
  'distribution 3': [registryTool[3], async () => onRegistry(await startRegistry({ version: 3 }))],
  versitygw: ['versitygw', async () => inBucket(await startS3())],
  Garage: ['garage', async () => onGarage(await startGarage())],
};

for (const [title, [tool, start]] of Object.entries(places)) {
  describeWith([tool], `a matrix that publishes to ${title}`, () => {
    let place: Place;
    let outputs: Record<string, string>;
    beforeAll(async () => {
      place = await start();
      const inputs = { tag: 'app', target: place.target('app'), 'by-digest': 'true' };
      outputs = await playMatrix(builds, inputs, place.env);
    });
    afterAll(() => place?.stop());

    it('has an output a platform, and no tag', async () => {
      expect(Object.keys(outputs)).toEqual(Object.keys(matrix));
      const scheme = place.target('app').slice(0, 5);
      for (const reference of Object.values(outputs)) {
        expect(reference.startsWith(scheme), reference).toBe(true);
        expect(reference).toMatch(/@sha256:[0-9a-f]{64}/);
      }
      expect(new Set(Object.values(outputs)).size).toBe(Object.keys(matrix).length);
      expect(await tagsIn(place.read, 'app')).toEqual({});
    });

    it('is merged where it is into what one job would have published, by the index alone', async () => {
      const { outputs: merged } = await step(
        { artifacts: toJson(outputs), tag: 'app:1.0', target: place.target('app') },
        at(),
        place.env,
      );
      expect(merged.digest).toBe(whole);
      expect(Number(merged['pushed-bytes'])).toBe(JSON.parse(merged.metadata ?? '').size);
      expect(await tagsIn(place.read, 'app')).toEqual({ '1.0': whole });
    });

    it('is merged in another repository there, and elsewhere, into the same', async () => {
      const { outputs: merged } = await step(
        {
          artifacts: toJson(outputs),
          tag: 'other:1.0',
          target: [place.target('other'), `file://${at(title)}`].join('\n'),
        },
        at(),
        place.env,
      );
      expect(merged.digest).toBe(whole);
      expect(await tagsIn(place.read, 'other')).toEqual({ '1.0': whole });
      expect(await tagsIn(readIn(at(title)), 'other')).toEqual({ '1.0': whole });
    });

    it('is what one job publishes there of all archives', async () => {
      const { outputs: single } = await step(
        { artifacts: Object.values(builds).join('\n'), tag: 'app:2', target: place.target('app') },
        at(),
        place.env,
      );
      expect(single.digest).toBe(whole);
    });
  });
}

describeWith(['minio'], 'a matrix that publishes to MinIO', () => {
  it('is merged into the same', async () => {
    const server = await startMinio();
    try {
      await server.createBucket('alba');
      const target = s3Url(server, 'alba', 'deep/er');
      const env = s3Environment(server);
      const outputs = await playMatrix(builds, { tag: 'app', target, 'by-digest': 'true' }, env);
      const merged = await step({ artifacts: toJson(outputs), tag: 'app:1', target }, at(), env);
      expect(merged.outputs.digest).toBe(whole);
    } finally {
      await server.stop();
    }
  });
});

describe('references', () => {
  let outputs: Record<string, string>;
  beforeAll(async () => {
    outputs = await playMatrix(builds, {
      tag: 'app',
      target: `file://${at('jobs')}`,
      'by-digest': 'true',
    });
  });

  it('come one a line, as a JSON array, as nested JSON, as all that is needed, and beside archives', async () => {
    const [first = '', ...others] = Object.values(outputs);
    const [path = ''] = Object.values(builds);
    const ways = [
      Object.values(outputs).join('\n'),
      JSON.stringify(Object.values(outputs)),
      toJson([{ build: { outputs } }]),
      toJson({
        build: { result: 'success', outputs },
        check: { result: 'success', outputs: {} },
        more: { result: 'skipped', outputs: { 'linux-riscv64': '' } },
      }),
      [path, ...others].join('\n'),
      JSON.stringify([first, first, path, ...others]),
    ];
    for (const artifacts of ways) {
      const target = `file://${at('ways')}`;
      const merged = await step({ artifacts, tag: 'app:1', target }, at());
      expect(merged.outputs.digest, artifacts).toBe(whole);
    }
  });

  it('bring the attestation of a job along', async () => {
    await step({ artifacts: toJson(outputs), tag: 'app:1', target: `oci:${at('attested')}:1` }, at());
    const read = readIn(at('attested'));
    const root = parseIndex((await read('index.json')) ?? Buffer.of(), 'index.json').manifests[0];
    expect(root?.digest).toBe(whole);
    const index = await read(`blobs/sha256/${whole.slice('sha256:'.length)}`);
    const { manifests } = parseIndex(index ?? Buffer.of(), 'index');
    expect(manifests.at(-1)?.annotations).toMatchObject({
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': manifests[0]?.digest,
    });
  });

  it('are as many as the platforms that are asked for', async () => {
    const { 'linux-arm64': _, ...three } = outputs;
    const error = await failingStep(
      {
        artifacts: toJson(three),
        tag: 'app:1',
        target: `file://${at('incomplete')}`,
        platforms: 'linux/386,linux/amd64,linux/arm/v7,linux/arm64',
      },
      at(),
    );
    expect(error).toMatch(/no artifact is for linux\/arm64, which "platforms" asks for/);
    expect(await tagsIn(readIn(at('incomplete')), 'app')).toEqual({});
  });

  it('fail when one of them is empty, or all are, or there are none', async () => {
    const { 'linux-arm64': _, ...three } = outputs;
    const cases: readonly (readonly [artifacts: string, says: RegExp])[] = [
      [toJson({ ...three, 'linux-arm64': '' }), /"linux-arm64" in the JSON of artifacts is empty: the job/],
      [toJson({ 'linux-386': '', 'linux-amd64': '' }), /"linux-386", "linux-amd64" in .* are empty/],
      [toJson({ a: { result: 'success', outputs: { 'linux-386': '' } } }), /"linux-386" in .* is empty/],
      [toJson({}), /no artifacts: name at least one path, glob or reference/],
      ['null', /artifacts is null, which toJSON makes of what is not there: is that job in "needs"/],
    ];
    for (const [artifacts, says] of cases) {
      const error = await failingStep({ artifacts, tag: 'app:1', target: `file://${at('empty')}` }, at());
      expect(error).toMatch(says);
    }
  });
});

describeWith([registryTool[2], 'versitygw'], 'references that lead nowhere', () => {
  const login = { username: 'reader', password: 'a secret of readers' };
  let open: Registry;
  let closed: Registry;
  let s3: S3Server;
  let good: string;
  beforeAll(async () => {
    [open, closed, s3] = await Promise.all([startRegistry(), startRegistry({ auth: login }), startS3()]);
    await s3.createBucket('alba');
    const { outputs } = await step(
      { artifacts: builds['linux-amd64'] ?? '', tag: 'app', target: `docker://${open.host}/app` },
      at(),
    );
    good = outputs['linux-amd64'] ?? '';
  });
  afterAll(async () => {
    await Promise.all([open?.stop(), closed?.stop(), s3?.stop()]);
  });

  const absent = `sha256:${'0'.repeat(64)}`;
  const cases: Readonly<Record<string, () => readonly [artifact: string, says: RegExp]>> = {
    'a digest that is not there': () => [
      `docker://${open.host}/app@${absent}`,
      /127\.0\.0\.1:\d+\/app@sha256:0+ is not there/,
    ],
    'a tag that is not there': () => [`docker://${open.host}/app:9`, /\/app:9 is not there/],
    'a repository that is not there': () => [`docker://${open.host}/none:1`, /\/none:1 is not there/],
    'a registry that is not there': () => ['docker://127.0.0.1:1/app:1', /is a server listening at/],
    'neither a tag nor a digest': () => [
      `docker://${open.host}/app`,
      /\/app names neither a tag nor a digest: add one/,
    ],
    'a digest that is cut off': () => [good.slice(0, -3), /is not a (digest|reference)/],
    'a digest that is not in the bucket': () => [
      `${s3Url(s3, 'alba')}#app:1@${absent}`,
      /s3:\/\/alba\/app:1@sha256:0+ is not there/,
    ],
    'no permission to read': () => [
      `docker://${closed.host}/app@${absent}`,
      /401 Unauthorized.*tried with no credentials: give username and password, or log in/,
    ],
    'a bucket whose secret is wrong': () => [
      `${s3Url(s3, 'alba')}#app:1`,
      /does not know the access key or its secret/,
    ],
    'a bucket without a name in it': () => [
      s3Url(s3, 'alba'),
      /names no repository: add #name\[:tag\]\[@digest\] to it/,
    ],
    'a directory that is not there': () => [`file://${at('nowhere')}#app:1`, /app:1 is not there/],
    'a layout that is not there': () => [`oci:${at('nowhere')}:1`, /nowhere:1 is not there/],
    'JSON that is none': () => ['{"linux-amd64": ', /artifacts begin like JSON, but are none/],
  };

  it.each(Object.entries(cases))('%s', async (name, make) => {
    const [artifact, says] = make();
    const isSecretWrong = name.includes('secret is wrong');
    const env = { ...s3Environment(s3), ...(isSecretWrong && { AWS_SECRET_ACCESS_KEY: 'wrong' }) };
    const artifacts = artifact.startsWith('{') ? artifact : [good, artifact].join('\n');
    const target = [`docker://${open.host}/target`, `file://${at('target')}`].join('\n');
    const inputs = { artifacts, tag: 'target:1', target, 'trusted-endpoints': s3.endpoint };
    const error = await failingStep(inputs, at(), env);
    expect(error).toMatch(says);
    expect(error).not.toMatch(/undefined|\[object|^ +at /m);
    expect(await tagsIn(readFrom(open.url), 'target')).toEqual({});
    expect(await tagsIn(readIn(at('target')), 'target')).toEqual({});
  });

  it('a wrong password, which nobody is told', async () => {
    const error = await failingStep(
      {
        artifacts: `docker://${closed.host}/app@${absent}`,
        tag: 'target:1',
        target: `docker://${closed.host}/target`,
        username: login.username,
        password: 'wrong password',
      },
      at(),
    );
    expect(error).toMatch(/401 Unauthorized.*the username and password given: check that they are right/);
    expect(error).not.toContain('wrong password');
  });
});
