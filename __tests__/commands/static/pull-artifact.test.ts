import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Files, readFiles, writeFiles } from '../../fixtures/binaries.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAlba } from '../../support/alba.ts';
import { run } from '../../support/run.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../../support/servers/s3.ts';
import { describeWith } from '../../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const script = '#!/bin/sh\necho tool\n';
const files: Files = {
  'linux/amd64/bin/tool': script,
  'linux/amd64/README': 'read me',
  'linux/arm/v6/bin/tool': `${script}v6`,
  'linux/arm64/bin/tool': `${script}arm64`,
};
const amd64 = { README: '644 read me', 'bin/tool': `755 ${script.slice(0, 20)}` };

const alba = (
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> => runAlba(words, { cwd: temporary.path, env });
async function succeed(words: readonly string[], env = {}) {
  const ended = await alba(words, env);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout);
}
const push = (to: string, tag: string, ...more: string[]) =>
  succeed(['static', 'push', '--json', '--no-cache', '-t', tag, ...more, 'df', to]);
const pull = (from: string, to: string, ...more: string[]) =>
  succeed(['static', 'pull', '--json', ...more, from, to]);

beforeAll(async () => {
  await writeFiles(at('df'), files);
});

describe('an artifact of files', () => {
  it.each([
    ['packed', 'artifact'],
    ['with a layer for each file', 'files'],
  ])('is pulled as it was published, and published again: %s', async (_, as) => {
    const { digest } = await push('file://./site', `${as}:1.2.3`, '--as', as, '--floating');
    await pull(`file://./site#${as}`, `./${as}`, '--platform', 'linux/amd64');
    expect(await readFiles(at(as))).toEqual(amd64);
    const all = await pull(`file://./site#${as}:1.2`, `./${as}-all`, '--platform', 'all');
    expect(all).toMatchObject({ digest, tag: '1.2', files: 4 });
    expect(Object.keys(await readFiles(at(`${as}-all`))).sort()).toEqual(Object.keys(files).sort());
    const again = await succeed([
      ...['static', 'push', '--json', '--no-cache', '-t', `${as}:1.2.3`, '--as', as],
      ...[`${as}-all`, `file://./${as}-again`],
    ]);
    expect(again).toMatchObject({ digest });
    expect(await pull(`file://./site#${as}@${digest}`, `./${as}-all`, '--platform', 'all')).toMatchObject({
      unchanged: true,
      pulledBytes: 0,
    });
  });

  it('is the newest that fits, and only files that are new are fetched', async () => {
    await push('oci:./layout', 'tool:1.0.0', '--as', 'files');
    await mkdir(at('next'));
    await writeFiles(at('next'), { 'linux/amd64/bin/tool': script, 'linux/amd64/README': 'read this' });
    await succeed([
      ...[
        'static',
        'push',
        '--json',
        '--no-cache',
        '-t',
        'tool:1.1.0',
        '--as',
        'files',
        'next',
        'oci:./layout',
      ],
    ]);
    await pull('oci:./layout:1.0.0', './newest', '--platform', 'linux/amd64');
    expect(await pull('oci:./layout', './newest', '-t', ':^1', '--platform', 'linux/amd64')).toMatchObject({
      tag: '1.1.0',
      pulledBytes: 'read this'.length,
      skippedBytes: script.length,
    });
  });

  it('says what a dry run would fetch', async () => {
    await push('oci:./dry', 'tool:1', '--as', 'artifact');
    const told = await pull('oci:./dry:1', './dry-out', '--dry-run', '--platform', 'linux/amd64');
    expect(told.missingBytes).toBeGreaterThan(100);
    expect(told.pulledBytes).toBe(0);
  });

  it('is neither an image nor anything else', async () => {
    await succeed([
      ...[
        'container',
        'push',
        '--json',
        '--no-cache',
        '--from-files',
        '-t',
        'image:1',
        'df',
        'file://./images',
      ],
    ]);
    const ended = await alba([
      'static',
      'pull',
      '--platform',
      'linux/amd64',
      'file://./images#image:1',
      './image',
    ]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('none of its layers has a title; if it is an image, alba container pull');
  });

  it('is named once', async () => {
    await push('oci:./named', 'tool:1', '--as', 'files');
    const twice = await alba(['static', 'pull', '-t', 'tool:2', 'oci:./named:1', './x']);
    expect(twice).toMatchObject({ code: 2 });
    expect(twice.stderr).toContain('says tag 1, "tag" says tool:2');
    const other = await alba(['static', 'pull', '-t', 'other:2', 'file://./site#files', './x']);
    expect(other.stderr).toContain('"tag" says other, which is not the repository');
  });
});

describeWith([registryTool[2], 'oras'], 'an artifact in a registry', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry?.stop());
  const oras = (...words: string[]) => run('oras', words, { cwd: temporary.path });

  it('of static push is pulled, by tag and by range, as oras pulls it', async () => {
    await push(`docker://${registry.host}/org/tool:1.2.3`, 'tool:1.2.3');
    await pull(
      `docker://${registry.host}/org/tool`,
      './registry',
      '-t',
      'tool:^1.2',
      '--platform',
      'linux/amd64',
    );
    expect(await readFiles(at('registry'))).toEqual(amd64);
    const reference = `${registry.host}/org/tool:1.2.3`;
    await oras('pull', '--plain-http', '--platform', 'linux/amd64', '-o', 'by-oras', reference);
    expect(await readFiles(at('by-oras/tool'))).toEqual(amd64);
  });

  it('of oras is pulled: files with folders, and a folder alone', async () => {
    await writeFiles(at('made'), { 'tool/run': script, 'tool/lib/a': 'a', notes: 'notes' });
    const made = { cwd: at('made') };
    const [both, alone] = ['both', 'alone'].map((name) => `${registry.host}/oras/${name}:1`) as [
      string,
      string,
    ];
    await run('oras', ['push', '--plain-http', both, 'notes', 'tool'], made);
    await run('oras', ['push', '--plain-http', alone, 'tool'], made);
    await pull(`docker://${both}`, './both');
    expect(await readFiles(at('both'))).toEqual(await readFiles(at('made')));
    await pull(`docker://${alone}`, './alone');
    expect(await readFiles(at('alone'))).toEqual({ 'lib/a': '644 a', run: `755 ${script.slice(0, 20)}` });
  });

  it('with titles that lead elsewhere is refused', async () => {
    await writeFile(at('evil'), 'evil');
    const reference = `${registry.host}/oras/evil:1`;
    await oras('push', '--plain-http', '--disable-path-validation', reference, `${at('evil')}:text/plain`);
    const ended = await alba(['static', 'pull', `docker://${reference}`, './evil-out']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('is no path of names between single slashes');
  });

  it('tells the tags that there are', async () => {
    const ended = await alba(['static', 'pull', '-t', ':^7', `docker://${registry.host}/org/tool`, './x']);
    expect(ended.stderr).toContain('has no release in the range ^7: name a tag; it has 1 tag: 1.2.3');
  });
});

describeWith(['versitygw'], 'a bucket', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3();
    await server.createBucket('files');
  });
  afterAll(() => server?.stop());

  it('has plain files and artifacts to be pulled', async () => {
    const env = s3Environment(server);
    const url = s3Url(server, 'files');
    for (const more of [[], ['--as', 'files']])
      await succeed(['static', 'push', '--json', '--no-cache', '-t', 'tool:1.0', ...more, 'df', url], env);
    await succeed(['static', 'pull', '--json', '--platform', 'linux/amd64', url, './bucket'], env);
    expect(await readFiles(at('bucket'))).toEqual(amd64);
    const words = [
      'static',
      'pull',
      '--json',
      '--platform',
      'linux/amd64',
      `${url}#tool:1.0`,
      './bucket-artifact',
    ];
    await succeed(words, env);
    expect(await readFiles(at('bucket-artifact'))).toEqual(amd64);
  });
});
