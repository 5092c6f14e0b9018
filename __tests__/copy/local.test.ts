import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePlatform } from '../../src/oci/platform.ts';
import { openLayout } from '../../src/repository/layout.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { makeReferrer, pushAll } from '../repository/referrer.ts';
import { makeRelease, publish } from '../repository/release.ts';
import { runAction, runAlba } from '../support/alba.ts';
import { startCountingRegistry } from '../support/servers/counting-registry.ts';
import {
  allDigests,
  cosignTag,
  digestsIn,
  fill,
  localPlaces,
  releases,
  sbom,
  signature,
  timestamp,
} from './places.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const site = (name: string): Repository => openStatic(new FilesystemStorage(at(name)), 'app');
const copy = (...words: string[]) => runAlba(['container', 'copy', ...words], { cwd: temporary.path });

/** Every digest that is copied, the signature under a tag of cosign with them. */
const everything = (): Record<string, string> => ({
  ...allDigests(),
  [cosignTag(releases.three)]: makeRelease('signature').descriptor.digest,
});
const sorted = (record: Record<string, string>) => Object.fromEntries(Object.entries(record).sort());

async function expectReferrers(repository: Repository): Promise<void> {
  const subjects = [releases.one.descriptor, signature.descriptor, releases.one.children[0]?.descriptor];
  const expected = [signature, timestamp, sbom];
  for (const [index, subject] of subjects.entries()) {
    if (!subject) throw new Error('no subject');
    const found = await repository.referrers(subject.digest);
    expect(found.map(({ digest }) => digest)).toEqual([expected[index]?.descriptor.digest]);
  }
}

beforeAll(async () => {
  for (const { name, open } of localPlaces) await fill(open(at(`from ${name}`.replaceAll(' ', '-'))));
});

describe.each(localPlaces)('all tags of $name', ({ name, address }) => {
  const source = () => address(at(`from ${name}`.replaceAll(' ', '-')));

  it.each(localPlaces)('go to $name with all that refers to them, and stand there', async (target) => {
    const path = at(`${name} to ${target.name}`.replaceAll(' ', '-'));
    const first = await copy(source(), target.address(path), '--all', '--json');
    expect(first.stderr).toContain('[tag]');
    expect(first.code).toBe(0);
    const repository = target.open(path);
    expect(await digestsIn(repository)).toEqual(sorted(everything()));
    await expectReferrers(repository);
    await repository.close();
    const checked = await copy(source(), target.address(path), '--all', '--check', '--json');
    expect(checked.code).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      copies: [{ drift: [], missingBytes: 0, referrers: 4 }],
    });
    const again = JSON.parse((await copy(source(), target.address(path), '--all', '--json')).stdout);
    const { pushedBytes, skippedBytes } = JSON.parse(first.stdout);
    expect(again).toMatchObject({ pushedBytes: 0, skippedBytes: pushedBytes + skippedBytes });
  });
});

describe('what is copied', () => {
  const from = () => `file://${at('from-a-directory')}#app`;

  it('is one tag under another one, by its digest in a layout, or what patterns and ranges choose', async () => {
    await copy(`${from()}:1.0`, `file://${at('one')}#other:stable`);
    expect(await digestsIn(openStatic(new FilesystemStorage(at('one')), 'other'))).toEqual({
      stable: releases.one.descriptor.digest,
    });
    const { digest } = releases.two.descriptor;
    const byDigest = await copy(`${from()}@${digest}`, `oci:${at('by-digest')}`, '--json');
    expect(JSON.parse(byDigest.stdout)).toMatchObject({
      digest,
      copies: [{ tags: [{ digest, state: 'new' }] }],
    });
    expect((await openLayout(at('by-digest')).resolve(digest))?.digest).toBe(digest);
    const chosen = await copy(from(), `oci:${at('chosen')}`, '--tags', '>=1.1 <2', '--tags', 'lat*');
    expect(chosen.code).toBe(0);
    expect(Object.keys(await digestsIn(openLayout(at('chosen'))))).toEqual(['1.1', 'latest']);
  });

  it('is nothing that no tag can be called, which layouts name', async () => {
    const odd = at('odd');
    await copy(from(), `oci:${odd}`, '--tags', '1.0', '--tags', '2.0');
    const file = join(odd, 'index.json');
    const index = await readFile(file, 'utf8');
    await writeFile(
      file,
      index.replace(
        '"org.opencontainers.image.ref.name":"2.0"',
        '"org.opencontainers.image.ref.name":"../../2.0\\r\\n"',
      ),
    );
    const { code, stderr } = await copy(`oci:${odd}`, `file://${at('from-odd')}#app`, '--all');
    expect(code).toBe(0);
    expect(stderr).toContain('left out, copy it by its digest: ../../2.0\\u000d\\u000a');
    expect(Object.keys(await digestsIn(site('from-odd')))).toEqual(['1.0']);
  });

  it('is several pairs in one run, in lines of an input or as options', async () => {
    const lines = [
      `${from()}:1.0 oci:${at('pair-one')}`,
      '# a comment',
      `${from()}:2.0   file://${at('pair-two')}#app`,
    ];
    const action = await runAction({ command: 'container copy', pairs: lines.join('\n') });
    expect(action.stdout).not.toContain('::error');
    expect(action.outputs).toMatchObject({ copied: '2', unchanged: '0', drift: '0', digest: '' });
    expect(action.outputs.references?.split('\n')).toHaveLength(2);
    expect(action.summary).toContain('Copied 2 tags');
    expect(await digestsIn(openLayout(at('pair-one')))).toMatchObject({
      '1.0': releases.one.descriptor.digest,
    });
    const cli = await copy('--pair', lines[0] ?? '', '--pair', lines[2] ?? '', '--json');
    expect(JSON.parse(cli.stdout).pushedBytes).toBe(0);
  });

  it('is told, and not written, by a dry run', async () => {
    const ended = await copy(from(), `oci:${at('dry')}`, '--all', '--dry-run', '--json');
    expect(ended.code).toBe(0);
    const result = JSON.parse(ended.stdout);
    expect(result).toMatchObject({ dryRun: true, pushedBytes: 0 });
    expect(result.missingBytes).toBeGreaterThan(10_000);
    await expect(stat(at('dry'))).rejects.toThrow('ENOENT');
  });

  it('is an index of fewer platforms, the same each time, with what refers to what stays', async () => {
    const platforms = ['--platforms', 'linux/amd64,linux/arm64'];
    const ended = await copy(`${from()}:1.0`, `oci:${at('thin')}`, ...platforms, '--json');
    expect(ended.stderr).toMatch(/warning: .*linux\/386, linux\/arm\/v7 left out.* differ/);
    expect(ended.stderr).toMatch(/warning: .*1 referrer .* left out/);
    const layout = openLayout(at('thin'));
    const root = await layout.resolve('1.0');
    const { digest, copies } = JSON.parse(ended.stdout);
    expect(digest).toBe(root?.digest);
    expect(copies[0].tags[0].whole).toBe(releases.one.descriptor.digest);
    const index = JSON.parse(await readFile(at('thin', 'blobs', 'sha256', digest.slice(7)), 'utf8'));
    const names = index.manifests.map((one: { platform: { os: string; architecture: string } }) => {
      return `${one.platform.os}/${one.platform.architecture}`;
    });
    expect(names).toEqual(['linux/amd64', 'linux/arm64', 'unknown/unknown', 'unknown/unknown']);
    const again = await copy(`${from()}:1.0`, `oci:${at('thin')}`, ...platforms, '--check');
    expect(again.code).toBe(0);
    const platform = parsePlatform('linux/386');
    const [x86] = releases.one.children.filter(
      ({ descriptor }) => descriptor.platform?.architecture === platform.architecture,
    );
    expect(await layout.referrers(x86?.descriptor.digest ?? 'sha256:')).toEqual([]);
  });

  it('is as it was where all of its platforms are wanted, and an error where one that was named has none', async () => {
    const all = ['linux/386', 'linux/amd64', 'linux/arm/v7', 'linux/arm64'].join(',');
    const ended = await copy(`${from()}:1.0`, `oci:${at('whole')}`, '--platforms', all, '--json');
    expect(JSON.parse(ended.stdout).digest).toBe(releases.one.descriptor.digest);
    const failed = await copy(`${from()}:1.0`, `oci:${at('none')}`, '--platforms', 'linux/amd64,linux/s390x');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/has nothing for linux\/s390x: it has linux\/amd64, linux\/386/);
  });
});

describe('a check', () => {
  const from = () => `file://${at('from-a-directory')}#app`;
  const to = () => `file://${at('drifted')}#app`;

  it('tells of a tag that was moved, one that is missing, one too many, and of a referrer and content that are gone', async () => {
    await copy(from(), to(), '--all');
    const manifests = at('drifted', 'v2', 'app', 'manifests');
    const [moved, right] = [join(manifests, '1'), join(manifests, '2.0')];
    await writeFile(moved, await readFile(right));
    await rm(join(manifests, 'latest'));
    await writeFile(join(manifests, '3.0'), await readFile(right));
    const lists = join(manifests, '..', 'referrers', releases.one.descriptor.digest);
    const fallback = join(manifests, `${releases.one.descriptor.digest.replace(':', '-')}`);
    for (const list of [lists, fallback]) await rm(list);
    const blobs = at('drifted', 'v2', 'app', 'blobs');
    const [layer] = releases.two.children[0]?.children.slice(-1) ?? [];
    await rm(join(blobs, layer?.descriptor.digest ?? ''));
    const ended = await copy(from(), to(), '--all', '--check', '--json');
    expect(ended.code).toBe(1);
    const { drift, missingBytes } = JSON.parse(ended.stdout).copies[0];
    const told = drift.map(({ kind, what, expected, found }: Record<string, string>) => [
      kind,
      what,
      expected,
      found,
    ]);
    const [one, two, three] = [releases.one, releases.two, releases.three].map(
      (node) => node.descriptor.digest,
    );
    expect(told).toHaveLength(5);
    expect(told).toEqual(
      expect.arrayContaining([
        ['moved', '1', one, three],
        ['missing', 'latest', one, undefined],
        ['extra', '3.0', undefined, undefined],
        ['incomplete', '1.1', two, undefined],
        ['referrer', expect.any(String), signature.descriptor.digest, undefined],
      ]),
    );
    expect(missingBytes).toBe(layer?.descriptor.size);
    expect(ended.stderr).toContain('5 differences from the source');
  });

  it('finds nothing after another copy but what the source has not, and is told in the action', async () => {
    await copy(from(), to(), '--all');
    const inputs = { command: 'container copy', source: from(), target: to(), all: 'true', check: 'true' };
    const action = await runAction(inputs);
    expect(action.code).toBe(1);
    expect(action.outputs.drift).toBe('1');
    expect(action.summary).toContain('3.0 is not at the source');
    await rm(at('drifted', 'v2', 'app', 'manifests', '3.0'));
    expect(await runAction(inputs)).toMatchObject({ code: 0, outputs: { drift: '0' } });
  });
});

describe('a comparison that cannot be made', () => {
  it('is told from a difference: by exit code 2, and no count in the output of the action', async () => {
    const [from, to] = [`file://${at('from-a-directory')}#other`, `file://${at('drifted')}#app`];
    const ended = await copy(from, to, '--all', '--check');
    expect(ended.stderr).toContain('has no tags: nothing is copied');
    expect(ended.code).toBe(2);
    const action = await runAction({
      ...{ command: 'container copy', source: from, target: to },
      ...{ all: 'true', check: 'true' },
    });
    expect(action.code).toBe(1);
    expect(action.outputs.drift).toBe(undefined);
    expect((await copy(from, to, '--all')).code).toBe(1);
  });
});

describe('a source that is damaged', () => {
  it('leaves no tag that was not all there, and keeps those that were', async () => {
    await cp(at('from-a-directory'), at('damaged'), { recursive: true });
    const [layer] = releases.two.children[0]?.children.slice(-1) ?? [];
    const blob = at('damaged', 'v2', 'app', 'blobs', layer?.descriptor.digest ?? '');
    const bytes = await readFile(blob);
    bytes[0] = 255 - (bytes[0] ?? 0);
    await writeFile(blob, bytes);
    const ended = await copy(`file://${at('damaged')}#app`, `oci:${at('undamaged')}`, '--all');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/is damaged: its digest is/);
    const there = await digestsIn(openLayout(at('undamaged')));
    expect(there).not.toHaveProperty('1.1');
    await copy(`file://${at('from-a-directory')}#app`, `oci:${at('undamaged')}`, '--all');
    expect(await digestsIn(openLayout(at('undamaged')))).toEqual(sorted(everything()));
  });
});

describe('an archive of docker save', () => {
  const platform = parsePlatform('linux/amd64');

  it('is copied as a push publishes it, and out again', async () => {
    await temporary.write('saved.tar', dockerArchive(makeImage(platform), { tags: ['app:1.0'] }));
    await runAlba([
      'container',
      'push',
      '--no-cache',
      '-t',
      'app:1.0',
      at('saved.tar'),
      `file://${at('pushed')}`,
    ]);
    const ended = await copy('docker-archive:./saved.tar', `file://${at('saved')}#app`, '--json');
    expect(ended.code).toBe(0);
    expect(await digestsIn(site('saved'))).toEqual(await digestsIn(site('pushed')));
    const out = await copy(`file://${at('saved')}#app:1.0`, 'docker-archive:./out.tar');
    expect(out.code).toBe(0);
    const pulled = await runAlba(['container', 'pull', at('out.tar'), at('files')], { cwd: temporary.path });
    expect(pulled.code).toBe(0);
    expect(await readdir(at('files'))).not.toEqual([]);
  });

  it('holds one image, by its name where there are several', async () => {
    const images = ['linux/amd64', 'linux/arm64'].map((name) => makeImage(parsePlatform(name)));
    await temporary.write('two.tar', dockerArchive(images, { tags: ['app:1.0'] }));
    const ended = await copy('docker-archive:./two.tar', `oci:${at('of-two')}`);
    expect(ended.stderr).toContain('holds several images');
    const arm = await copy('docker-archive:./two.tar', `oci:${at('of-two')}`, '--platforms', 'linux/arm64');
    expect(arm.code).toBe(0);
    const many = await copy(`file://${at('from-a-directory')}#app:1.0`, 'docker-archive:./many.tar');
    expect(many.stderr).toMatch(/holds one platform, and .* name one in "platforms"/);
  });
});

describe('what does not go together', () => {
  const from = () => `file://${at('from-a-directory')}#app`;
  const { digest } = releases.one.descriptor;
  const cases: readonly (readonly [string, () => string[], RegExp])[] = [
    [
      'a pattern that matches nothing',
      () => [from(), 'oci:./no', '--tags', 'v9.*'],
      /no tag that matches "v9\.\*"; it has 5 tags/,
    ],
    [
      'a range with a comma, of which a part alone would count',
      () => [from(), 'oci:./no', '--tags', '>=1.0, <2'],
      /tags ">=1\.0, <2" is neither a pattern of tags.* nor a range/,
    ],
    [
      'a text that is no pattern',
      () => [from(), 'oci:./no', '--tags', '1.0/x'],
      /neither a pattern of tags.* nor a range/,
    ],
    [
      'all of a digest',
      () => [`${from()}@${digest}`, 'oci:./no', '--all'],
      /"all" is for the tags of a repository/,
    ],
    [
      'patterns beside a tag',
      () => [`${from()}:1.0`, 'oci:./no', '--tags', '1*'],
      /names tag 1\.0, and "tags"/,
    ],
    ['all beside patterns', () => [from(), 'oci:./no', '--tags', '1*', '--all'], /"all" is every tag/],
    ['a tag for many', () => [from(), 'oci:./no:1.0', '--all'], /has the tag 1\.0, and many are copied/],
    ['one place for both', () => [from(), from(), '--all'], /is source and target at once/],
    ['one tag for both', () => [`${from()}:1.0`, `${from()}:1.0`], /give the target another tag/],
    ['a digest as the target', () => [from(), `oci:./no@${digest}`], /must not end with a digest/],
    ['a pair of one', () => ['--pair', 'oci:./one'], /pair "oci:\.\/one" is not a source and a target/],
    [
      'a pair that does not parse',
      () => ['--pair', 'oci:./one nowhere'],
      /target "nowhere" is of no known kind/,
    ],
    ['no source', () => [], /no source: name a published image/],
    ['no target', () => [from()], /no target: name where/],
    ['no tag', () => [from(), 'oci:./no'], /names neither a tag nor a digest: add one/],
    ['a tag that is not there', () => [`${from()}:1.2`, 'oci:./no'], /is not there: is 1\.[01] meant/],
    [
      'an archive without its kind',
      () => ['./app.tar', 'oci:./no'],
      /docker-archive:\.\/app\.tar is what docker save wrote/,
    ],
    [
      'two docker archives',
      () => ['docker-archive:./a.tar', 'docker-archive:./b.tar'],
      /source and target at once/,
    ],
    ['many tags in a docker archive', () => [from(), 'docker-archive:./b.tar', '--all'], /holds one image/],
  ];
  it.each(cases)('%s is an error that says so, and nothing is written', async (_, words, message) => {
    const ended = await copy(...words());
    expect(ended.stderr).toMatch(message);
    expect(ended.code).not.toBe(0);
    await expect(stat(at('no'))).rejects.toThrow('ENOENT');
  });
});

describe('what cosign keeps under tags', () => {
  it('comes along for signatures of signatures, too', async () => {
    const source = openStatic(new FilesystemStorage(at('signed')), 'app');
    const [first, second] = [makeRelease('first'), makeRelease('second')];
    await publish(source, releases.three, ['1.0']);
    await publish(source, first, [cosignTag(releases.three)]);
    await publish(source, second, [cosignTag(first)]);
    expect((await copy(`file://${at('signed')}#app:1.0`, `oci:${at('signed-copy')}`)).code).toBe(0);
    const copied = openLayout(at('signed-copy'));
    expect((await copied.resolve(cosignTag(releases.three)))?.digest).toBe(first.descriptor.digest);
    expect((await copied.resolve(cosignTag(first)))?.digest).toBe(second.descriptor.digest);
  });
});

describe('referrers that were cut off from their list', () => {
  it('are listed by the next copy, though nothing has to be sent', async () => {
    const repository = openLayout(at('unlisted-source'));
    await publish(repository, releases.three, ['1.0']);
    await pushAll(repository, makeReferrer(releases.three.descriptor, 'signature'));
    const [from, to] = [`oci:${at('unlisted-source')}:1.0`, `file://${at('unlisted')}#app`];
    await copy(from, to);
    const { digest } = releases.three.descriptor;
    await rm(at('unlisted', 'v2', 'app', 'referrers', digest));
    await rm(at('unlisted', 'v2', 'app', 'manifests', digest.replace(':', '-')));
    expect(await site('unlisted').referrers(digest)).toEqual([]);
    expect((await copy(from, to)).code).toBe(0);
    expect(await site('unlisted').referrers(digest)).toHaveLength(1);
  });
});

describe('whom a source may be shown', () => {
  const source = 's3://mirror?endpoint=https://strange.example&region=any#app:1.0';
  const env = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };

  it('is not for a source alone to say in a workflow, as another job may have named it', async () => {
    const inputs = { command: 'container copy', source, target: `oci:${at('no')}` };
    const action = await runAction(inputs, { env });
    expect(action.code).not.toBe(0);
    expect(action.stdout).toMatch(/an artifact alone names https:\/\/strange\.example/);
  });

  it('is the login for the registry of the target, and of no other', async () => {
    const targets = ['docker://one.example/app', 'docker://two.example/app'];
    const pairs = targets.flatMap((target) => ['--pair', `oci:./any:1.0 ${target}`]);
    const ended = await runAlba(['container', 'copy', ...pairs, '--username', 'me', '--password-stdin'], {
      cwd: temporary.path,
      input: 'secret',
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(
      'username and password are for one registry, not for one.example, two.example',
    );
  });
});

describe('a copy that somebody ends', () => {
  it('says what had come of it, and leaves nothing beside an archive', async () => {
    await using counting = await startCountingRegistry(at('from-a-directory'));
    const layer = releases.two.children[0]?.children.at(-1)?.descriptor.digest ?? '';
    await mkdir(at('ended'));
    let child: ChildProcess | undefined;
    counting.fault = (path) => {
      if (!path.endsWith(layer)) return undefined;
      child?.kill('SIGTERM');
      return { stallAfter: 1 };
    };
    const words = [`http://${counting.host}/app`, `oci-archive:${at('ended', 'app.tar')}`, '--all'];
    const ended = await runAlba(['container', 'copy', ...words], {
      cwd: temporary.path,
      watch: (started) => {
        child = started;
      },
    });
    expect(ended.code).toBe(143);
    expect(ended.stderr).toMatch(/stopped by SIGTERM: (nothing was published|no tag was changed)/);
    expect(await readdir(at('ended'))).toEqual([]);
  });
});
