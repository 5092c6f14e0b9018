import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { parsePlatform } from '../../src/oci/platform.ts';
import { serve } from '../../src/serve/serve.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { startFake } from '../repository/registry/fake.ts';
import { runAction, runAlba, type SpawnOptions } from '../support/alba.ts';
import { freePort } from '../support/daemon.ts';
import { run } from '../support/run.ts';
import { startFileServer } from '../support/servers/file-server.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { s3Client, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();

/** What doctor finds: `push` is `yes`, and so on. */
async function examine(words: readonly string[], options: SpawnOptions = {}) {
  const ended = await runAlba(['doctor', '--json', ...words], { cwd: temporary.path, ...options });
  const { targets } = ended.stdout ? JSON.parse(ended.stdout) : { targets: [] };
  const findings: { capability: string; outcome: string; detail: string; remedy?: string }[] =
    targets[0]?.findings ?? [];
  const outcomes = Object.fromEntries(findings.map(({ capability, outcome }) => [capability, outcome]));
  return { ended, findings, outcomes, lacks: targets[0]?.lacks };
}

async function pushTo(target: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const archive = dockerArchive(makeImage(parsePlatform('linux/amd64')));
  await writeFile(join(temporary.path, 'app.tar'), archive);
  const words = ['container', 'push', '--no-cache', '-t', 'app:1', 'app.tar', target];
  const ended = await runAlba(words, { cwd: temporary.path, env });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
}

const all = 'all that was written is deleted';
const registries = [
  { tool: registryTool[2], start: () => startRegistry({ version: 2 }), referrers: 'no', cleanup: all },
  { tool: registryTool[3], start: () => startRegistry({ version: 3 }), referrers: 'no', cleanup: all },
  { tool: 'olareg', start: startOlareg, referrers: 'yes', cleanup: 'the tag is gone' },
];
for (const { tool, start, referrers, cleanup } of registries) {
  describeWith([tool, 'crane'], `doctor, asked of ${tool}`, () => {
    it('finds what it can do, and leaves no tag, no manifest and no blob behind', async () => {
      await using registry = await start();
      const target = `docker://${registry.host}/app?plain-http=true`;
      await pushTo(target);
      const asked = await examine([target]);
      expect(asked.ended).toMatchObject({ code: 0 });
      expect(asked.outcomes).toMatchObject({
        ...{
          reach: 'yes',
          tls: 'yes',
          auth: 'yes',
          clock: 'yes',
          pull: 'yes',
          listing: 'yes',
          missing: 'yes',
        },
        ...{ 'content types': 'yes', ranges: 'yes', delete: 'yes', referrers, push: 'untried' },
      });
      const tags = () => run('crane', ['ls', '--insecure', '--full-ref', `${registry.host}/app`]);
      const before = await tags();
      const tried = await examine(['--write', target]);
      expect(tried.ended, JSON.stringify(tried.findings, null, 1)).toMatchObject({ code: 0 });
      expect(tried.outcomes).toMatchObject({
        ...{ push: 'yes', chunked: 'yes', mount: 'yes', tags: 'yes', cleanup: 'yes' },
        ...{ 'conditional writes': 'no' },
      });
      expect(tried.findings.find(({ capability }) => capability === 'cleanup')?.detail).toContain(cleanup);
      expect(await tags()).toBe(before);
    });

    it('publishes nothing to a repository that is not there, as that would stay', async () => {
      await using registry = await start();
      const { outcomes } = await examine(['--write', `docker://${registry.host}/new/app?plain-http=true`]);
      expect(outcomes).toMatchObject({ pull: 'unknown', push: 'yes', chunked: 'yes', tags: 'untried' });
      const answer = await fetch(`http://${registry.host}/v2/_catalog`);
      expect(await answer.text()).not.toContain('new/app');
    });
  });
}

describeWith([registryTool[2]], 'doctor, asked of a registry that refuses', () => {
  it('says that nothing can be deleted, and begins and gives up uploads at most', async () => {
    await using registry = await startRegistry({ deletes: false });
    const target = `docker://${registry.host}/app?plain-http=true`;
    await pushTo(target);
    const { ended, outcomes, findings } = await examine(['--write', target]);
    expect(ended).toMatchObject({ code: 0 });
    expect(outcomes).toMatchObject({ delete: 'no', push: 'yes', tags: 'untried', cleanup: 'untried' });
    expect(findings.find(({ capability }) => capability === 'delete')?.remedy).toContain(
      'REGISTRY_STORAGE_DELETE_ENABLED',
    );
    const uploads = join(registry.directory, 'content/docker/registry/v2/repositories/app/_uploads');
    // Distribution leaves the folders of an upload that was given up, until it purges them, and no byte of it.
    const left = await readdir(uploads, { recursive: true });
    expect(left.filter((path) => path.endsWith('data'))).toEqual([]);
  });

  it('tells who is not let in, and with which credentials; that is a failure, with the remedy in the table', async () => {
    await using registry = await startRegistry({ auth: { username: 'me', password: 'right' } });
    const target = `docker://${registry.host}/app?plain-http=true`;
    const anonymous = await examine([target]);
    expect(anonymous.ended.code).toBe(1);
    expect(anonymous.outcomes).toMatchObject({ reach: 'yes', auth: 'no', push: 'untried' });
    expect(anonymous.lacks).toEqual(['auth']);
    const words = ['doctor', '--username', 'me', '--password-stdin', target];
    const wrong = await runAlba(words, { input: 'wrong' });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toMatch(/no +auth .*\n +-> .*check that they are right/);
    expect(wrong.stderr).toContain('cannot be published to: auth');
    const right = await runAlba(words, { input: 'right' });
    expect(right).toMatchObject({ code: 0 });
    expect(right.stdout).toContain('with the username and password given');
  });

  it('tells of what is not reached, and asks for nothing else', async () => {
    const { ended, outcomes } = await examine([`docker://127.0.0.1:${await freePort()}/app`]);
    expect(ended.code).toBe(1);
    expect(outcomes).toMatchObject({ reach: 'no', auth: 'untried' });
  });

  it('is a command of the action, too', async () => {
    await using registry = await startRegistry();
    const target = `docker://${registry.host}/app`;
    const ended = await runAction({ command: 'doctor', target, write: 'true' });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.summary).toContain('What targets can do');
    expect(ended.summary).toContain('conditional writes');
  });
});

const buckets = [
  { tool: 'versitygw', start: startS3 },
  { tool: 'minio', start: startMinio },
];
for (const { tool, start } of buckets) {
  describeWith([tool], `doctor, asked of a bucket of ${tool}`, () => {
    it('finds what it can do, and leaves no object behind', async () => {
      await using server = await start();
      await server.createBucket('site');
      const env = s3Environment(server);
      const target = s3Url(server, 'site', 'below');
      await pushTo(target, env);
      const keys = async () => {
        const listed = await s3Client(server).send(new ListObjectsV2Command({ Bucket: 'site' }));
        return listed.Contents?.map(({ Key }) => Key);
      };
      const before = await keys();
      const asked = await examine([target], { env });
      expect(asked.outcomes).toMatchObject({ reach: 'yes', listing: 'yes', push: 'untried' });
      const tried = await examine(['--write', target], { env });
      expect(tried.ended, JSON.stringify(tried.findings, null, 1)).toMatchObject({ code: 0 });
      expect(tried.outcomes).toMatchObject({
        ...{ listing: 'yes', clock: 'yes', push: 'yes', delete: 'yes', cleanup: 'yes' },
        ...{ 'conditional writes': 'yes', mount: 'yes' },
      });
      expect(await keys()).toEqual(before);
      const wrong = await examine([target], { env: { ...env, AWS_SECRET_ACCESS_KEY: 'wrong' } });
      expect(wrong.ended.code).toBe(1);
      expect(wrong.outcomes).toMatchObject({ reach: 'no' });
    });
  });
}

it('doctor finds what a directory can do, makes none that is not there, and leaves nothing in one that is', async () => {
  const site = join(temporary.path, 'site');
  await pushTo(`file://${site}`);
  const before = (await readdir(site, { recursive: true })).sort();
  const tried = await examine(['--write', `file://${site}`]);
  expect(tried.ended, JSON.stringify(tried.findings)).toMatchObject({ code: 0 });
  expect(tried.outcomes).toMatchObject({
    push: 'yes',
    delete: 'yes',
    'conditional writes': 'yes',
    cleanup: 'yes',
  });
  expect((await readdir(site, { recursive: true })).sort()).toEqual(before);
  const missing = join(temporary.path, 'missing');
  expect((await examine(['--write', `file://${missing}`])).outcomes).toEqual({ push: 'yes' });
  expect((await examine(['--write', `oci:${missing}`])).outcomes).toMatchObject({ push: 'yes' });
  await expect(readdir(missing)).rejects.toThrow('ENOENT');
  await pushTo(`oci:${temporary.path}/layout`);
  expect((await examine([`oci:${temporary.path}/layout`])).findings).toContainEqual({
    ...{ capability: 'listing', outcome: 'yes', detail: '1 tag' },
  });
});

it('doctor finds out whether what any web server serves can be pulled, and writes nothing there', async () => {
  const site = join(temporary.path, 'served');
  await pushTo(`file://${site}`);
  const served = await serve(site, { port: 0 });
  const { ended, outcomes } = await examine(['--write', `${served.url}/app`]);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  expect(outcomes).toMatchObject({
    ...{ reach: 'yes', tls: 'yes', pull: 'yes', 'content types': 'yes', missing: 'yes', referrers: 'yes' },
    ...{ delete: 'untried', push: 'untried' },
  });
  await rm(join(site, 'v2/app/manifests'), { recursive: true });
  const broken = await examine([`${served.url}/app`]);
  expect(broken.ended.code).toBe(1);
  expect(broken.lacks).toContain('pull');
  await served.close();
});

it('doctor looks whether the tag that is named is there, in a directory, too', async () => {
  const site = join(temporary.path, 'tagged');
  await pushTo(`file://${site}`);
  const there = await examine([`file://${site}#app:1`]);
  expect(there.ended, there.ended.stderr).toMatchObject({ code: 0 });
  expect(there.findings.find(({ capability }) => capability === 'pull')?.detail).toMatch(/^app:1 is sha256:/);
  const missing = await examine([`file://${site}#app:2`]);
  expect(missing.ended.code).toBe(1);
  expect(missing.lacks).toEqual(['pull']);
  expect(missing.findings.find(({ capability }) => capability === 'pull')?.remedy).toMatch(/publish it/);
  const named = await examine([`file://${site}#app`]);
  expect(named.findings.find(({ capability }) => capability === 'pull')?.detail).toBe('1 tag of app');
});

it('doctor says of GitHub Pages that images are not pulled from there, and files are', async () => {
  const site = join(temporary.path, 'pages');
  const { ended, outcomes, findings } = await examine([`file://${site}?layout=github-pages`]);
  expect(ended.code).toBe(1);
  expect(outcomes).toMatchObject({ push: 'yes', 'content types': 'no' });
  const { detail, remedy } = findings.find(({ capability }) => capability === 'content types') ?? {};
  expect(detail).toContain('application/octet-stream');
  expect(remedy).toContain('static push works there');
});

it('doctor tries what takes files in over https by its kind, and leaves nothing there', async () => {
  await using server = await startFileServer({ kind: 'webdav' });
  const target = `${server.url}?server=webdav`;
  const asked = await examine([target]);
  expect(asked.ended, asked.ended.stderr).toMatchObject({ code: 0 });
  expect(asked.outcomes).toMatchObject({ reach: 'yes', listing: 'yes', push: 'untried' });
  expect([...server.files.keys()]).toEqual([]);
  const tried = await examine(['--write', target]);
  expect(tried.ended, JSON.stringify(tried.findings, null, 1)).toMatchObject({ code: 0 });
  expect(tried.outcomes).toMatchObject({
    push: 'yes',
    delete: 'yes',
    cleanup: 'yes',
    'conditional writes': 'no',
  });
  expect([...server.files.keys()]).toEqual([]);
});

it('doctor does not take a web server that has no such page for one that deletes', async () => {
  await using server = await startFake((_, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>');
  });
  const { outcomes, findings } = await examine(['--write', `docker://${server.host}/app`]);
  expect(outcomes).toMatchObject({ delete: 'unknown' });
  expect(findings.find(({ capability }) => capability === 'delete')?.detail).toContain('answered 404');
});

it('doctor sends who asks alba serve to publish to the directory that it serves', async () => {
  const site = join(temporary.path, 'behind');
  await pushTo(`file://${site}`);
  const served = await serve(site, { port: 0 });
  const { findings } = await examine([`docker://${new URL(served.url).host}/app`]);
  const { outcome, remedy } = findings.find(({ capability }) => capability === 'delete') ?? {};
  expect(outcome).toBe('no');
  expect(remedy).toBe('publish to what it serves, such as file://./directory or s3://bucket');
  await served.close();
});

it.each([undefined, ''])(
  'doctor says first that a bucket has no region, and what to do: %j',
  async (region) => {
    const env = { AWS_REGION: region, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    const { findings } = await examine(['s3://bucket'], { env });
    expect(findings[0]).toEqual({
      capability: 'reach',
      outcome: 'no',
      detail: 's3://bucket: no region is given',
      remedy: 'add ?region= to the URL or set AWS_REGION',
    });
  },
);

it('doctor says how a release on GitHub is tried', async () => {
  const { ended } = await examine(['github-release:org/app']);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain(
    'github-release:org/app: static push with dry-run tells what it would do there',
  );
});
