import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive, dockerMembers } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../fixtures/image.ts';
import { compress, FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Fake, memory, startFake } from '../repository/registry/fake.ts';
import { type Ended, runAction, runAlba } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { snapshot } from './snapshot.ts';

const login = { username: 'publisher', password: 'the right one' };

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

const amd64 = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [40_000, 900] });
const arm64 = makeImage({ os: 'linux', architecture: 'arm64' }, { layers: [30_000] });
const layout = new FixtureLayout();
layout.list(layout.image(amd64));

const withoutMember = (image: FixtureImage, name: RegExp) =>
  tar(dockerMembers([image]).filter((member) => !name.test(member.name)));
const lying = { ...amd64, config: makeConfig(amd64.platform, arm64.layers.concat(arm64.layers)) };

/** What is in the folder of artifacts; a folder is an empty object, a link its target. */
type Files = Readonly<Record<string, Buffer | string | { readonly link: string } | Record<string, never>>>;

interface Bad {
  readonly files?: Files;
  readonly artifacts?: readonly string[];
  readonly platforms?: string;
  /** Given where what is wrong shows when all is read, and blobs may be there by then. */
  readonly atomic?: true;
  readonly says: RegExp;
}

const badArtifacts: Readonly<Record<string, Bad>> = {
  'a path that is missing': { artifacts: ['missing.tar'], says: /missing\.tar does not exist in \// },
  'a glob that matches nothing': { artifacts: ['*.tar.gz'], says: /\*\.tar\.gz matches no image archive/ },
  'a folder that is empty': { files: {}, says: /docker\/ is an empty folder/ },
  'a folder of other things': { files: { 'README.md': 'hello' }, says: /holds no image archive.*README\.md/ },
  'a link that leads nowhere': {
    files: { 'result.tar.gz': { link: '/nix/store/gone' } },
    says: /result\.tar\.gz is a symbolic link to something that is missing/,
  },
  'an empty file': {
    files: { 'app.tar': '' },
    says: /app\.tar is empty/,
  },
  'a text that is called an archive': {
    files: { 'app.tar': 'this is a readme, and not an archive\n'.repeat(50) },
    says: /app\.tar is not a tar/,
  },
  'a tar of other things': {
    files: { 'app.tar': tar([{ name: 'hello', content: 'hello' }]) },
    says: /app\.tar is no image archive: it has neither manifest\.json/,
  },
  'an archive that xz compressed': {
    files: { 'app.tar.xz': Buffer.from('fd377a585a000004', 'hex') },
    says: /app\.tar\.xz is compressed with xz, which is not supported: use gzip/,
  },
  'a manifest that is no JSON': {
    files: { 'app.tar': tar([{ name: 'manifest.json', content: '[{' }]) },
    says: /app\.tar \(manifest\.json\)/,
  },
  'an archive without one of its layers': {
    files: { 'app.tar': withoutMember(amd64, /layer\.tar$/) },
    says: /app\.tar is incomplete: .*layer\.tar is not in it/,
  },
  'an archive without its config': {
    files: { 'app.tar': withoutMember(amd64, /^[0-9a-f]{64}\.json$/) },
    says: /app\.tar is incomplete: [0-9a-f]+\.json is not in it/,
  },
  'a layer of another diffID than its config says': {
    files: { 'app.tar': dockerArchive(lying) },
    says: /layer .*app\.tar \(.*layer\.tar\) is damaged: its diffID is sha256:.*, its config says sha256:/,
  },
  'an OCI layout that lacks a blob': {
    files: { 'app.tar': tar(layout.members().filter((_, index) => index !== 1)) },
    says: /app\.tar .*sha256/,
  },
  'two images of one platform': {
    files: { 'a.tar': dockerArchive(amd64), 'b.tar.gz': compress(dockerArchive(amd64), 'gzip') },
    atomic: true,
    says: /two images for linux\/amd64: .*a\.tar and .*b\.tar\.gz; an index holds one/,
  },
  'a file whose name contradicts it': {
    files: { 'linux.arm64.tar': dockerArchive(amd64) },
    says: /linux\.arm64\.tar is named for linux\/arm64, but the image in it is for linux\/amd64: rename/,
  },
  'a platform that is missing, and one too many': {
    files: { 'a.tar': dockerArchive(amd64) },
    platforms: 'linux/arm64,linux/riscv64',
    says: /no artifact is for linux\/arm64.*no artifact is for linux\/riscv64.*a\.tar is for linux\/amd64/s,
  },
};

const badCalls: Readonly<Record<string, readonly [words: readonly string[], says: RegExp]>> = {
  'no target': [['-t', 'app:2', 'good/'], /no target: name at least one URL/],
  'a target of an unknown scheme': [
    ['-t', 'app:2', 'good/', 'gs://bucket'],
    /"gs:\/\/bucket" is of no known kind/,
  ],
  'an unknown parameter of a bucket': [
    ['-t', 'app:2', 'good/', 's3://bucket?regoin=eu'],
    /unknown parameter "regoin"/,
  ],
  'an unknown parameter of a directory': [
    ['-t', 'app:2', 'good/', 'file://./site?mode=1'],
    /unknown parameter "mode"/,
  ],
  'an unknown parameter of a registry': [
    ['good/', 'docker://127.0.0.1:1/app:2?insecure=true'],
    /unknown parameter "insecure"; known is plain-http/,
  ],
  'a tag outside the grammar': [
    ['-t', 'UP_:x y', 'good/', 'file://./site'],
    /"UP_" is not a repository name: expected lower-case/,
  ],
  'two tags that contradict each other': [
    ['-t', 'app:2', 'good/', 'oci:./layout:3'],
    /says tag 3, "tag" says 2: name it in one place/,
  ],
  'no tag for a directory': [['good/', 'file://./site'], /needs "tag"/],
  'a platform that is none': [
    ['-t', 'app:2', '--platforms', 'amd64', 'good/', 'file://./site'],
    /"amd64" is not a platform/,
  ],
};

interface Place {
  readonly target: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
  readonly input?: string;
  readonly says: RegExp;
}

describeWith([registryTool[2], 'versitygw'], 'with targets that hold a release', () => {
  let registry: Registry;
  let s3: S3Server;
  let targets: readonly string[];
  let before: unknown;
  const env = () => s3Environment(s3);

  const everything = () =>
    snapshot([at('site'), at('layout'), join(registry.directory, 'content'), join(s3.directory, 'content')]);
  const push = (cwd: string, ...words: string[]) =>
    runAlba(['container', 'push', '--no-cache', ...words], { cwd, env: env() });

  beforeAll(async () => {
    [registry, s3] = await Promise.all([startRegistry(), startS3()]);
    await s3.createBucket('alba');
    await mkdir(at('good'));
    await temporary.write('good/amd64.tar', dockerArchive(amd64));
    await temporary.write('good/arm64.tar.gz', compress(dockerArchive(arm64), 'gzip'));
    targets = [
      `docker://${registry.host}/app`,
      s3Url(s3, 'alba'),
      `file://${at('site')}`,
      `oci:${at('layout')}`,
    ];
    const ended = await push(temporary.path, '-t', 'app:1', 'good/', ...targets);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    before = await everything();
  });
  afterAll(async () => {
    await Promise.all([registry?.stop(), s3?.stop()]);
  });

  /** Nothing is printed but a sentence, and nothing is changed. */
  const expectFailure = async (ended: Ended, code: number, says: RegExp) => {
    expect(ended, ended.stderr).toMatchObject({ code, stdout: '' });
    const told = ended.stderr.split('\n').filter((line) => line.startsWith('alba: '));
    expect(told.join('\n')).toMatch(says);
    expect(ended.stderr).not.toMatch(/^ +at |undefined|\[object/m);
    expect(await everything()).toEqual(before);
  };

  describe('artifacts', () => {
    it.each(Object.entries(badArtifacts))(
      '%s',
      async (name, { files, artifacts, platforms, atomic, says }) => {
        const cwd = at(name);
        await writeFiles(join(cwd, 'docker'), files ?? {});
        const wanted = [...(platforms ? ['--platforms', platforms] : []), ...(atomic ? ['--atomic'] : [])];
        const words = ['-t', 'app:2', ...wanted, ...(artifacts ?? ['docker/']), ...targets];
        await expectFailure(await push(cwd, ...words), 1, says);
      },
    );
  });

  describe('calls', () => {
    it.each(Object.entries(badCalls))('%s', async (_name, [words, says]) => {
      await expectFailure(await push(temporary.path, ...words), 2, says);
    });

    it('fail the action with one annotation', async () => {
      const ended = await runAction(
        { artifacts: 'good/', tag: 'UP_:x y', target: `file://${at('site')}\ngs://bucket` },
        { cwd: temporary.path },
      );
      expect(ended).toMatchObject({ code: 1, outputs: {}, summary: expect.stringContaining('<h2>Failed: ') });
      const errors = ended.stdout.split('\n').filter((line) => line.startsWith('::error::'));
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatch(/gs:\/\/bucket.*%0A"UP_"/);
      expect(await everything()).toEqual(before);
    });
  });

  describe('damaged archives', () => {
    const plain = dockerArchive(amd64);
    const packed = compress(plain, 'gzip');
    const spots = [0.01, 0.2, 0.5, 0.8, 0.99];

    it.each([
      ['tar', plain.subarray(0, 42_000)],
      ['tar.gz', packed],
    ])('a .%s that is cut anywhere', async (extension, whole) => {
      for (const spot of spots) {
        const cut = whole.subarray(0, Math.floor(whole.length * spot));
        await expectDamage(`cut at ${spot} app.${extension}`, cut);
      }
    });

    it.each([
      ['tar', plain.subarray(0, 42_000).length, plain],
      ['tar.gz', packed.length, packed],
    ])('a .%s with another byte anywhere', async (extension, length, whole) => {
      for (const spot of spots) {
        const damaged = Buffer.from(whole);
        const at = Math.floor(length * spot);
        damaged.writeUInt8((damaged[at] as number) ^ 0x41, at);
        await expectDamage(`flipped at ${spot} app.${extension}`, damaged);
      }
    });

    const expectDamage = async (name: string, content: Buffer) => {
      const path = await temporary.write(name, content);
      const ended = await push(temporary.path, '-t', 'app:2', name, ...targets);
      await expectFailure(ended, 1, /app\.tar(\.gz)?.* is (truncated|damaged|not a tar)/);
      expect(ended.stderr).toContain(path);
    };
  });

  // The other target comes first and would be served at once: nothing may name the release there.
  describe('targets', () => {
    const places: Readonly<Record<string, () => Promise<Place>>> = {
      'a directory that is a file': async () => ({
        target: `file://${await temporary.write('occupied', '')}`,
        says: /cannot write .*occupied.*: (a part of the path|there) is a file, expected a directory/,
      }),
      'a directory below a file': async () => ({
        target: `file://${await temporary.write('occupied', '')}/deep/er`,
        says: /cannot write .*occupied\/deep.*a part of the path is a file/,
      }),
      'a layout in a file': async () => ({
        target: `oci:${await temporary.write('occupied', '')}:2`,
        says: /cannot write .*occupied.*: there is a file, expected a directory/,
      }),
      'a directory that cannot be made': async () => ({
        target: 'file:///proc/alba/site',
        says: /cannot write \/proc\/alba\/site.*: no such file or directory/,
      }),
      'a registry that is not there': async () => ({
        target: 'docker://127.0.0.1:1/app:2',
        says: /ECONNREFUSED.*is a server listening at 127\.0\.0\.1:1\?/,
      }),
      'a bucket that is not there': async () => ({
        target: s3Url(s3, 'no-such-bucket'),
        says: /there is no bucket "no-such-bucket" at http.*: create it or correct the name/,
      }),
      'a bucket whose secret is wrong': async () => ({
        target: s3Url(s3, 'alba'),
        env: { AWS_SECRET_ACCESS_KEY: 'wrong' },
        says: /s3:\/\/alba: .* does not know the access key or its secret .*check AWS_ACCESS_KEY_ID/,
      }),
      'a bucket without any credentials': async () => ({
        target: s3Url(s3, 'alba'),
        env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
        says: /no credentials were found; set AWS_ACCESS_KEY_ID/,
      }),
      'an endpoint that is not there': async () => ({
        target: s3Url({ ...s3, endpoint: 'http://127.0.0.1:1' }, 'alba'),
        says: /http:\/\/127\.0\.0\.1:1 cannot be reached/,
      }),
      'an endpoint that speaks no S3': async () => ({
        target: s3Url({ ...s3, endpoint: registry.url }, 'alba'),
        says: /did not answer as an S3 server does: check \?endpoint=/,
      }),
      'a registry that is none': async () => ({
        target: `docker://${new URL(s3.endpoint).host}/app:2`,
        says: /answered 400 .*; it answers as a bucket does, .*: write s3:\/\/bucket\?endpoint=http:\/\/127\.0\.0\.1:\d+$/m,
      }),
      'a registry that wants credentials': async () => ({
        target: `docker://${closed.host}/app:2`,
        says: /401 Unauthorized; tried with no credentials: give username and password, or log in/,
      }),
      'a wrong password': async () => ({
        target: `docker://${closed.host}/app:2`,
        words: ['--username', login.username, '--password-stdin'],
        input: 'hunter2',
        says: /401 Unauthorized; tried with .*the username and password given: check that they are right/,
      }),
      'a registry that refuses': async () => ({
        target: `docker://${refusing.host}/app:2`,
        says: /403 Forbidden: DENIED: the quota .* is used up; to push app needs more rights/,
      }),
    };

    let closed: Registry;
    let refusing: Fake;
    beforeAll(async () => {
      closed = await startRegistry({ auth: login });
      refusing = await startFake(({ method }, response) => {
        const errors = [{ code: 'DENIED', message: 'the quota of this project is used up' }];
        response.writeHead(method === 'HEAD' ? 404 : 403, { 'content-type': 'application/json' });
        response.end(method === 'HEAD' ? undefined : JSON.stringify({ errors }));
      });
    });
    afterAll(async () => {
      await Promise.all([closed?.stop(), refusing?.[Symbol.asyncDispose]()]);
    });

    it.each(Object.entries(places))('%s', async (name, place) => {
      const { target, env: more, words = [], input, says } = await place();
      const other = at(name, 'other');
      const ended = await runAlba(
        ['container', 'push', '--no-cache', ...words, '-t', 'app:2', 'good/', `file://${other}`, target],
        { cwd: temporary.path, env: { ...env(), ...more }, ...(input && { input }) },
      );
      await expectFailure(ended, 1, says);
      expect(ended.stderr).not.toContain('hunter2');
      expect(await tagsIn(other)).toEqual([]);
    });

    it('whose answer comes after the archive was written anew', async () => {
      const other = makeImage(amd64.platform, { seed: 'another', layers: [40_000, 900] });
      // Long to compress, so that its config is asked for long before its layer was read to the end.
      const large = makeImage(amd64.platform, { seed: 'large', layers: [32_000_000] });
      const path = await temporary.write('changing.tar', dockerArchive(large));
      const kept = memory();
      await using slow = await startFake(async (request, response) => {
        // What stands there is asked for while the archive is read, blobs when it was.
        if (request.path.includes('/blobs/')) await writeFile(path, dockerArchive(other));
        await kept(request, response);
      });
      const site = `file://${at('changed')}`;
      const words = ['-t', 'app:2', path, site, `docker://${slow.host}/app`];
      await expectFailure(
        await push(temporary.path, ...words),
        1,
        /changing\.tar.* changed while it was read/,
      );
      expect(await tagsIn(at('changed'))).toEqual([]);
    });
  });
});

/** Tags, and lists of them, in a directory target. */
async function tagsIn(folder: string): Promise<string[]> {
  return Object.keys(await snapshot([folder])).filter((path) =>
    /\/manifests\/(?!sha256:)|\/tags\//.test(path),
  );
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (typeof content === 'string' || Buffer.isBuffer(content)) await writeFile(path, content);
    else if ('link' in content) await symlink(content.link as string, path);
    else await mkdir(path);
  }
}
