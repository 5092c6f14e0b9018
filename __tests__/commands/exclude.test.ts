import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseIndex } from '../../src/oci/manifest.ts';
import { formatPlatform } from '../../src/oci/platform.ts';
import { parseTagManifest } from '../../src/release/documents.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { snapshot } from '../interop/snapshot.ts';
import { writeTree } from '../release/support.ts';
import { runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();

beforeAll(async () => {
  await writeTree(join(temporary.path, 'df'), {
    'README.md': 'not published',
    'linux/386/app': '#!386',
    'linux/386/app.debug': 'symbols',
    'linux/amd64/app': '#!amd64',
    'linux/amd64/.app.debug': 'symbols',
    'linux/amd64/docs/a.md': 'a',
    'linux/arm/v7/app': '#!v7',
    'darwin/arm64/app': '#!darwin',
  });
  if (process.platform !== 'win32') {
    await symlink('nowhere', join(temporary.path, 'df/linux/amd64/docs/dangling'));
  }
  await writeTree(join(temporary.path, 'docker'), { 'README.md': 'no image' });
  for (const architecture of ['386', 'amd64', 'arm64']) {
    const archive = dockerArchive(makeImage({ os: 'linux', architecture }));
    await writeFile(join(temporary.path, `docker/linux.${architecture}.tar`), archive);
  }
  const layout = new FixtureLayout();
  layout.list(layout.image(makeImage({ os: 'linux', architecture: 's390x' })));
  await layout.write(join(temporary.path, 'docker/layout'));
});

let made = 0;
const fresh = (): string => {
  made += 1;
  return `out-${made}`;
};
const run = (words: readonly string[]) => runAlba(words, { cwd: temporary.path });
const site = (out: string): string => join(temporary.path, out);

const everywhere = ['darwin/arm64/app', 'linux/386/app', 'linux/386/app.debug', 'linux/amd64/.app.debug'];
const push = (out: string, ...lines: string[]) =>
  run(['static', 'push', '-t', 'app:1', ...lines, `file://./${out}`]);

/** The files of the tag, by their paths in it. */
async function filesOf(out: string): Promise<string[]> {
  const bytes = await readFile(join(site(out), 'df-dist-v1/app/1/_self.json'));
  return parseTagManifest(bytes, out)
    .flavors.flatMap(({ platform: { os, architecture }, resources }) =>
      resources.map(({ path }) => `${os}/${architecture}/${path}`),
    )
    .sort();
}

describe('what ! leaves out of static push', () => {
  const outside = ['!df/README.md', '!df/linux/amd64/docs'];
  it.each([
    [
      'a folder of the tree',
      [...outside, 'df', '!df/linux/amd64', '!./df/linux/arm/'],
      everywhere.slice(0, 3),
    ],
    [
      'files by a glob, hidden ones too',
      ['df', ...outside, '!df/**/*.debug'],
      ['darwin/arm64/app', 'linux/386/app', 'linux/amd64/app', 'linux/arm/v7/app'],
    ],
    ['a folder by a glob', ['df', ...outside, '!df/linux/a*'], everywhere.slice(0, 3)],
    [
      'one of what a glob matches, which may be folders of operating systems',
      ['df/*', ...outside, '!df/linux/386', '!df/linux/amd64'],
      ['darwin/arm64/app', 'linux/arm/v7/app'],
    ],
    [
      'nothing where it matches nothing',
      ['df/darwin', 'df/linux/386', '!df/**/*.pdb', '!none'],
      everywhere.slice(0, 3),
    ],
  ])('is %s', async (_, lines, expected) => {
    const out = fresh();
    expect(await push(out, ...lines)).toMatchObject({ code: 0 });
    expect(await filesOf(out)).toEqual(expected);
  });

  it('is told where it is nothing: a typo publishes more than was meant', async () => {
    const ended = await push(fresh(), 'df/darwin', '!linux/386', '!df/**/*.pdb');
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/warning: !linux\/386 leaves out nothing: paths begin at the working dir/);
    expect(ended.stderr).toMatch(/warning: !df\/\*\*\/\*\.pdb leaves out nothing/);
  });

  it('is told of a file that only a glob names', async () => {
    const ended = await push(fresh(), 'df/*', '!df/linux/amd64/docs');
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/warning: df.README\.md is passed over: it is a file/);
  });

  it.each([
    ['all there is', ['!df'], /alba: no file or folder is named, only what to leave out: !d/],
    ['all that is named', ['df', '!df'], /alba: df: all that it names is left out by a line with !/],
    ['all in it', ['df', '!df/**'], /alba: df: all that it names is left out/],
    ['all files in it', ['df/linux/386', '!df/**/app*'], /386: all that it names is left out/],
    ['one line of two', ['df/darwin', 'df/linux/386', '!df/linux'], /alba: df\/linux\/386: all that it/],
    ['all that a glob matches', ['df/l*', '!df/linux'], /alba: df\/l\*: all that it names is left out/],
    ['nothing of nothing', ['none-*', '!df'], /alba: none-\* names no folder/],
  ])('never is a release without files: %s', async (_, lines, message) => {
    const out = 'good';
    expect(await push(out, 'df/linux/386', '--page')).toMatchObject({ code: 0 });
    const before = await snapshot([site(out)]);
    const ended = await push(out, ...lines);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(await snapshot([site(out)])).toEqual(before);
  });

  it('is the same for the action', async () => {
    const out = fresh();
    const inputs = { command: 'static push', target: `file://./${out}`, tag: 'app:1' };
    const artifacts = ['df', '!df/README.md', '!df/linux/386', '!df/linux/amd64'].join('\n');
    expect(await runAction({ ...inputs, artifacts }, { cwd: temporary.path })).toMatchObject({ code: 0 });
    expect(await filesOf(out)).toEqual(['darwin/arm64/app', 'linux/arm/v7/app']);
    const before = await snapshot([site(out)]);
    const ended = await runAction({ ...inputs, artifacts: '!df' }, { cwd: temporary.path });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/::error::no file or folder is named/);
    expect(await snapshot([site(out)])).toEqual(before);
  });
});

const pushImages = (out: string, ...lines: string[]) =>
  run(['container', 'push', '--no-cache', '-t', 'app:1', ...lines, `file://./${out}`]);

async function platformsOf(out: string): Promise<string[]> {
  const index = await readFile(join(site(out), 'v2/app/manifests/1'));
  return parseIndex(index, out).manifests.map(({ platform }) => (platform ? formatPlatform(platform) : ''));
}

describe('what ! leaves out of container push', () => {
  it.each([
    [
      'a file of a folder',
      ['docker', '!docker/linux.386.tar'],
      ['linux/amd64', 'linux/arm64', 'linux/s390x'],
    ],
    ['files by a glob', ['docker', '!docker/**/*.tar'], ['linux/s390x']],
    ['a layout', ['!docker/layout/', 'docker/*'], ['linux/386', 'linux/amd64', 'linux/arm64']],
    [
      'what is no image, and nothing where it matches nothing',
      ['docker/*', '!docker/README.md', '!docker/layout', '!**/*.gz'],
      ['linux/386', 'linux/amd64', 'linux/arm64'],
    ],
  ])('is %s', async (_, lines, expected) => {
    const out = fresh();
    expect(await pushImages(out, ...lines)).toMatchObject({ code: 0 });
    expect(await platformsOf(out)).toEqual(expected);
  });

  it.each([
    ['all there is', ['!docker'], /alba: no file or folder is named, only what to leave out: !d/],
    [
      'all that is named',
      ['docker', '!docker'],
      /alba: docker: all that it names is left out by a line with !/,
    ],
    ['all in it', ['docker', '!docker/**'], /alba: docker: all that it names is left out/],
    [
      'all images in it',
      ['docker', '!docker/layout', '!**/*.tar'],
      /alba: docker: all that it names is left/,
    ],
    ['one line of two', ['docker/layout', 'docker/*.tar', '!**/*.tar'], /alba: docker\/\*\.tar: all that it/],
    [
      'all that is published elsewhere does not need',
      ['--from', 'oci:./docker/layout', '!docker'],
      /only what to leave out: !docker/,
    ],
  ])('never is an index without images: %s', async (_, lines, message) => {
    const out = 'good-images';
    expect(await pushImages(out, 'docker/linux.386.tar')).toMatchObject({ code: 0 });
    const before = await snapshot([site(out)]);
    const ended = await pushImages(out, ...lines);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(await snapshot([site(out)])).toEqual(before);
  });
});
