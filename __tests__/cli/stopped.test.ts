import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../src/content/temporary-folder.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Fake, startFake } from '../repository/registry/fake.ts';
import { type ActionEnded, type Ended, runAction, runAlba } from '../support/alba.ts';
import { startRecorder } from '../support/recorder.ts';
import { s3Client, s3Environment, s3Url, startMinio } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** As `kill` sends it. */
type Signal = (typeof signals)[number][0];

/** A registry that has nothing, and never takes what is brought. */
let stalling: Fake;

beforeAll(async () => {
  const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [300_000] });
  await temporary.write('app.tar', dockerArchive([image]));
  stalling = await startFake(({ method }, response) => {
    if (method !== 'POST') response.writeHead(404).end();
  });
});
afterAll(() => stalling[Symbol.asyncDispose]());

/** A folder for temporary files, and one for a target. */
async function folders(name: string) {
  const [scratch, site] = [at(name, 'scratch'), at(name, 'site')];
  await Promise.all([mkdir(scratch, { recursive: true }), mkdir(site, { recursive: true })]);
  return { scratch, site };
}

/** Sends a signal once all of these folders have something in them; tells when. */
function stopWhenFull(paths: readonly string[], signal: Signal) {
  const stop = { at: 0 };
  const watch = (child: ChildProcess): void => {
    expect
      .poll(
        async () => (await Promise.all(paths.map((path) => readdir(path)))).every(({ length }) => length > 0),
        {
          timeout: 60_000,
        },
      )
      .toBe(true)
      .finally(() => {
        stop.at = performance.now();
        child.kill(signal);
      });
  };
  return { stop, watch };
}

const words = (site: string) => [
  'app.tar',
  `oci-archive:${site}/app.tar:1`,
  `docker://${stalling.host}/app:1`,
];

describe.each(signals)('a push that is stopped by %s', (signal, code) => {
  it('leaves no temporary file, beside a target or elsewhere, and says what was published', async () => {
    const { scratch, site } = await folders(`push-${signal}`);
    const { stop, watch } = stopWhenFull([scratch, site], signal);
    const ended: Ended = await runAlba(['container', 'push', '--no-cache', ...words(site)], {
      cwd: temporary.path,
      env: { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
      watch,
    });
    expect(performance.now() - stop.at).toBeLessThan(2_000);
    expect(ended, ended.stderr).toMatchObject({ code });
    expect(ended.stderr).toContain(`alba: stopped by ${signal}`);
    expect(ended.stderr).toMatch(/nothing was published|no tag was changed/i);
    expect(await readdir(scratch)).toEqual([]);
    expect(await readdir(site)).toEqual([]);
  });

  it('leaves none as a step of a workflow, whose page says so', async () => {
    const { scratch, site } = await folders(`action-${signal}`);
    const { watch } = stopWhenFull([scratch, site], signal);
    const [artifacts = '', ...targets] = words(site);
    const ended: ActionEnded = await runAction(
      { artifacts, target: targets.join('\n'), cache: 'false' },
      { cwd: temporary.path, env: { RUNNER_TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' }, watch },
    );
    expect(ended, ended.stderr).toMatchObject({ code });
    expect(ended.summary).toContain(`stopped by ${signal}`);
    expect(ended.summary).toMatch(/nothing was published|no tag was changed/i);
    expect(await readdir(scratch)).toEqual([]);
    expect(await readdir(site)).toEqual([]);
  });
});

describe.each(['PATCH', 'PUT'])('an upload that is under way by %s', (method) => {
  it('is ended at the registry when the push is stopped', async () => {
    const child: { process?: ChildProcess } = {};
    const location = '/v2/app/blobs/uploads/one?state=a%2Bb';
    await using server = await startFake((request, response) => {
      const stored = request.method === 'PUT' ? 201 : 404;
      const status = { POST: 202, DELETE: 204 }[request.method] ?? stored;
      const [first] = server.seen.filter((one) => one.method === method);
      if (request === first) child.process?.kill('SIGTERM');
      if (request.method !== method) response.writeHead(status, { location }).end();
    });
    const size = method === 'PATCH' ? 12_000_000 : 300_000;
    const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [size] });
    const archive = await temporary.write(`${method}.tar`, dockerArchive([image]));
    const ended = await runAlba(
      ['container', 'push', '--no-cache', archive, `docker://${server.host}/app:1`],
      {
        watch: (process) => {
          child.process = process;
        },
      },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 143 });
    expect(ended.stderr).toContain('alba: stopped by SIGTERM');
    const deleted = server.seen.filter((one) => one.method === 'DELETE').map(({ target }) => target);
    expect(deleted.length).toBeGreaterThan(0);
    expect(new Set(deleted)).toEqual(new Set([location]));
  });
});

describeWith(['minio'], 'an upload in parts', () => {
  it('leaves no parts in a bucket when the push is stopped', async () => {
    await using server = await startMinio();
    await server.createBucket('bucket');
    await using proxy = await startRecorder(server.endpoint);
    const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [70_000_000] });
    const archive = await temporary.write('parts.tar', dockerArchive([image]));
    const target = s3Url({ ...server, endpoint: `http://${proxy.host}` }, 'bucket');
    const sent = (part: string) => proxy.requests.some(({ path }) => path.includes(part));
    const ended = await runAlba(
      ['container', 'push', '--no-cache', '--compression', 'none', '-t', 'app:1', archive, target],
      {
        env: s3Environment(server),
        watch(child) {
          expect
            .poll(() => sent('partNumber=2'), { timeout: 60_000, interval: 5 })
            .toBe(true)
            .finally(() => child.kill('SIGINT'));
        },
      },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 130 });
    const client = s3Client(server);
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'bucket' }));
    client.destroy();
    expect(Uploads).toEqual([]);
    expect(proxy.requests.some(({ method, path }) => method === 'DELETE' && path.includes('uploadId='))).toBe(
      true,
    );
  });
});

it('what a push leaves that was killed is removed by the next one, and nothing of one that runs', async () => {
  const { scratch, site } = await folders('killed');
  const env = { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' };
  const kill = (child: ChildProcess): void => {
    expect
      .poll(async () => (await readdir(scratch)).length, { timeout: 60_000 })
      .toBeGreaterThan(0)
      .finally(() => child.kill('SIGKILL'));
  };
  const push = ['container', 'push', '--no-cache', 'app.tar'];
  const stuck = [...push, `docker://${stalling.host}/app:1`];
  expect(await runAlba(stuck, { cwd: temporary.path, env, watch: kill })).toMatchObject({ code: null });
  const left = await readdir(scratch);
  expect(left).toHaveLength(1);
  const running = makeTemporaryFolder(scratch);
  await mkdir(join(scratch, 'alba-of-somebody'));
  const ended = await runAlba([...push, `file://${site}`, '-t', 'app:1'], { cwd: temporary.path, env });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  expect((await readdir(scratch)).sort()).toEqual([basename(running.path), 'alba-of-somebody'].sort());
  await running[Symbol.asyncDispose]();
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

it.skipIf(!isRoot)('a disk that is full of layers that wait is named, with how to give another', async () => {
  await mkdir(at('disk'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at('disk')]);
  try {
    const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [6_000_000] });
    const archive = await temporary.write('large.tar', dockerArchive([image]));
    const { site } = await folders('full');
    const words = ['container', 'push', '--no-cache', '-t', 'app:1', archive, `file://${site}`];
    const env = { TMPDIR: at('disk'), TEMP: at('disk'), NODE_DISABLE_COMPILE_CACHE: '1' };
    const ended = await runAlba(words, { env });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/alba: \S+disk: the disk is full after \d.* MB.*TMPDIR.*RUNNER_TEMP/);
    expect(existsSync(join(site, 'v2/app/manifests/1'))).toBe(false);
    expect(await readdir(at('disk'))).toEqual([]);
  } finally {
    execFileSync('umount', [at('disk')]);
  }
});

it('static push that is stopped leaves no temporary file', async () => {
  const { scratch } = await folders('static');
  await mkdir(at('df/linux/amd64'), { recursive: true });
  await temporary.write('df/linux/amd64/app', '#!/bin/sh');
  const { watch } = stopWhenFull([scratch], 'SIGINT');
  const target = `docker://${stalling.host}/tools:1`;
  const ended = await runAlba(['static', 'push', '--no-cache', 'df', target], {
    cwd: dirname(at('df')),
    env: { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
    watch,
  });
  expect(ended).toMatchObject({ code: 130 });
  expect(await readdir(scratch)).toEqual([]);
});

it('an archive on standard input is not kept where the pipe is stopped', async () => {
  const { scratch, site } = await folders('pipe');
  const { watch } = stopWhenFull([scratch], 'SIGTERM');
  const ended = await runAlba(['container', 'push', '--no-cache', '-t', 'app:1', '-', `file://${site}`], {
    cwd: temporary.path,
    env: { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
    isPipeOpen: true,
    watch,
  });
  expect(ended).toMatchObject({ code: 143 });
  expect(await readdir(scratch)).toEqual([]);
  expect(await readdir(site)).toEqual([]);
});
