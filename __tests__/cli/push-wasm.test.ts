import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerPushResult } from '../../src/commands/container/push-result.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { component, coreModule, section } from '../fixtures/wasm.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const names = { imports: ['wasi:cli/environment@0.2.0', 'log'], exports: ['wasi:cli/run@0.2.0'] };
const app = component(names);

/** A folder of its own with these files. */
async function workplace(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = await mkdtemp(join(temporary.path, 'work-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

function push(cwd: string, ...words: string[]): Promise<Ended> {
  const options = ['--artifact', 'wasm', '--created', '0', '--cache-dir', 'cache', '--json'];
  return runAlba(['container', 'push', ...options, ...words], { cwd });
}

async function pushed(cwd: string, ...words: string[]): Promise<ContainerPushResult> {
  const ended = await push(cwd, ...words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout);
}

/** What the tag of a repository in a directory names, and its config. */
async function readArtifact(cwd: string) {
  const at = join(cwd, 'out/v2/app');
  const bytes = await readFile(join(at, 'manifests/1'));
  const manifest = JSON.parse(`${bytes}`);
  const config = JSON.parse(await readFile(join(at, 'blobs', manifest.config.digest), 'utf8'));
  return { digest: digestOf(bytes), manifest, config };
}

describe('container push of an artifact of WebAssembly', () => {
  it('is a manifest over a component as it is, and a config that tells its imports and exports', async () => {
    const cwd = await workplace({ 'target/wasm32-wasip2/app.wasm': app });
    const result = await pushed(
      cwd,
      '-t',
      'app:1',
      '--annotation',
      'k=v',
      'target/**/app.wasm',
      'file://./out',
    );
    const { digest, manifest, config } = await readArtifact(cwd);
    expect(result).toMatchObject({ digest, platforms: { 'wasip2/wasm': digest } });
    const type = 'application/vnd.wasm.config.v0+json';
    expect(manifest).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: type, digest: expect.any(String), size: expect.any(Number) },
      layers: [{ mediaType: 'application/wasm', digest: digestOf(app), size: app.length }],
      annotations: { k: 'v' },
    });
    expect(config).toEqual({
      created: '1970-01-01T00:00:00Z',
      architecture: 'wasm',
      os: 'wasip2',
      layerDigests: [digestOf(app)],
      component: { exports: names.exports, imports: names.imports },
    });
    const again = await pushed(cwd, '-t', 'app:1', '--annotation', 'k=v', 'target', 'file://./out');
    expect(again).toMatchObject({ digest, pushedBytes: 0 });
  });

  it('says nothing of the interface of a core module, which counts as preview 1', async () => {
    const cwd = await workplace({ 'df/wasi/wasm/app.wasm': coreModule(), 'df/README.md': 'x' });
    await pushed(cwd, '--platforms', 'wasip1/wasm', '-t', 'app:1', 'df', 'file://./out');
    expect((await readArtifact(cwd)).config).toEqual({
      created: '1970-01-01T00:00:00Z',
      architecture: 'wasm',
      os: 'wasip1',
      layerDigests: [digestOf(coreModule())],
    });
  });

  const huge = Buffer.concat([component(), Buffer.from([10, 0xff, 0xff, 0xff, 0xff, 0x0f])]);
  const damaged: Record<string, [Uint8Array, RegExp]> = {
    'is cut off': [app.subarray(0, app.length - 3), /app\.wasm is no whole WebAssembly module: it ends/],
    'is of another version': [Buffer.from('0061736d02000000', 'hex'), /does not begin as a core module/],
    'is something else': [Buffer.from('#!/bin/sh\n'), /does not begin as a core module/],
    'is empty': [Buffer.alloc(0), /it ends in the midst/],
    'tells of a section without end': [huge, /more imports or exports than can be told/],
    'has an import that is not known': [
      Buffer.concat([component(), section(10, Buffer.from([1, 7]))]),
      /its section of imports has a name of a kind that is not known, 7/,
    ],
    'has a name that is no text': [
      Buffer.concat([component(), section(10, Buffer.from([1, 0, 1, 0xff, 5, 0]))]),
      /a name that is not UTF-8/,
    ],
  };
  it.each(Object.keys(damaged))('refuses a file that %s', async (name) => {
    const [bytes, message] = damaged[name] ?? [];
    const cwd = await workplace({ 'app.wasm': bytes ?? '' });
    const ended = await push(cwd, '-t', 'app:1', 'app.wasm', 'file://./out');
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(message ?? /never/);
  });

  it('is of one file, and never of one that a link leads out to', async () => {
    const cwd = await workplace({ 'df/a.wasm': app, 'df/b/c.wasm': app, 'none/x': 'x' });
    const several = await push(cwd, '-t', 'app:1', 'df', 'file://./out');
    expect(several.stderr).toContain('there are 2 files: df/a.wasm, df/b/c.wasm; name one');
    const none = await push(cwd, '-t', 'app:1', 'none', 'file://./out');
    expect(none.stderr).toContain('no *.wasm is in none');
    const elsewhere = await workplace({ 'secret.wasm': app });
    await mkdir(join(cwd, 'links'));
    await symlink(join(elsewhere, 'secret.wasm'), join(cwd, 'links/app.wasm'));
    for (const line of ['links', 'links/*.wasm']) {
      const linked = await push(cwd, '-t', 'app:1', line, 'file://./out');
      expect(linked.code).not.toBe(0);
      expect(linked.stderr).toMatch(/links\/app\.wasm is a symbolic link that/);
    }
  });

  it('has none of the settings of an image', async () => {
    const cwd = await workplace({ 'app.wasm': app });
    const unfit = await push(
      cwd,
      '--entrypoint',
      'x',
      '--user',
      '1',
      '-t',
      'app:1',
      'app.wasm',
      'file://./out',
    );
    expect(unfit.stderr).toContain('entrypoint, user: for images, which an artifact of WebAssembly is not');
    const docker = await push(cwd, '--format', 'docker', '-t', 'app:1', 'app.wasm', 'file://./out');
    expect(docker.stderr).toContain('format docker has no artifacts');
  });
});

describeWith([registryTool[3], 'oras'], 'an artifact of WebAssembly on a registry', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry?.stop());

  it('is what oras pulls by its tag, without a platform', async () => {
    const cwd = await workplace({ 'app.wasm': app });
    const { digest } = await pushed(cwd, 'app.wasm', `docker://${registry.host}/app:1`);
    const reference = `${registry.host}/app:1`;
    const descriptor = await run('oras', ['manifest', 'fetch', '--plain-http', '--descriptor', reference]);
    expect(JSON.parse(descriptor)).toMatchObject({
      digest,
      mediaType: expect.stringContaining('manifest.v1'),
    });
    const config = await run('oras', ['manifest', 'fetch-config', '--plain-http', reference]);
    expect(JSON.parse(config)).toMatchObject({ os: 'wasip2', component: { exports: names.exports } });
    const blob = `${registry.host}/app@${digestOf(app)}`;
    await run('oras', ['blob', 'fetch', '--plain-http', '--output', join(cwd, 'found.wasm'), blob]);
    expect(await readFile(join(cwd, 'found.wasm'))).toEqual(app);
  });
});
