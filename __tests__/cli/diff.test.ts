import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig } from '../fixtures/image.ts';
import { compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { memory, startFake } from '../repository/registry/fake.ts';
import { runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const linux = (architecture: string) => ({ os: 'linux', architecture });

function imageOf(
  layers: readonly (readonly TarMember[])[],
  { architecture = 'amd64', config = {} }: { architecture?: string; config?: object } = {},
): FixtureImage {
  const tars = layers.map((members) => tar(members));
  return {
    platform: linux(architecture),
    layers: tars,
    config: makeConfig(linux(architecture), tars, { config }),
  };
}

/** Writes a layout of these images. */
async function layoutOf(name: string, ...images: readonly FixtureImage[]): Promise<string> {
  const layout = new FixtureLayout();
  const listed = images.map((image) => ({ ...layout.image(image), platform: image.platform }));
  await layout.list(layout.index(listed)).write(join(temporary.path, name));
  return name;
}

const run = (...words: readonly string[]) =>
  runAlba(['container', 'diff', ...words], { cwd: temporary.path });

async function diff(...words: readonly string[]) {
  const { code, stdout, stderr } = await run('--json', ...words);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

interface ToldFile {
  readonly change: string;
  readonly path: string;
  readonly before?: { readonly size: number };
  readonly after?: { readonly size: number };
}

/** `~ path 3 -> 5`, for what differs in the files of the one platform. */
async function filesBetween(
  before: readonly (readonly TarMember[])[],
  after: readonly (readonly TarMember[])[],
): Promise<{ files: string[]; readBytes: number }> {
  const names = [await layoutOf('before', imageOf(before)), await layoutOf('after', imageOf(after))];
  const { platforms, readBytes } = await diff(...names);
  const signs: Record<string, string> = { added: '+', removed: '-', changed: '~' };
  const files = platforms[0].files.map(
    ({ change, path, before: was, after: is }: ToldFile) =>
      `${signs[change]} ${path} ${was?.size ?? ''}->${is?.size ?? ''}`,
  );
  return { files, readBytes };
}

const base: readonly TarMember[] = [
  { name: 'bin/' },
  { name: 'bin/tool', content: 'tool', mode: 0o755 },
  { name: 'etc/conf', content: 'one' },
  { name: 'etc/deep/a', content: 'a' },
  { name: 'etc/deep/b', content: 'bb' },
  { name: 'lib', symlink: 'usr/lib' },
  { name: 'usr/lib/' },
];

describe('the files of two images', () => {
  it('are told apart by name, content, mode and owner; what is the same is not told, nor are times and folders', async () => {
    const { files } = await filesBetween(
      [
        [
          { name: 'same', content: 'x' },
          { name: 'grown', content: 'x' },
          { name: 'mode', content: 'x' },
          { name: 'owner', content: 'x' },
          { name: 'gone', content: 'xyz' },
        ],
      ],
      [
        [
          { name: 'same', content: 'x' },
          { name: 'grown', content: 'xx' },
          { name: 'mode', content: 'x', mode: 0o4755 },
          { name: 'owner', content: 'x', owner: [1, 2] },
          { name: 'new/file', content: 'xyzz' },
          { name: 'link', symlink: 'same' },
        ],
      ],
    );
    expect(files).toEqual([
      '- gone 3->',
      '~ grown 1->2',
      '+ link ->0',
      '~ mode 1->1',
      '+ new/file ->4',
      '~ owner 1->1',
    ]);
  });

  it('are told without a layer that both have below, where both have the same names above it', async () => {
    const { files, readBytes } = await filesBetween(
      [base, [{ name: 'app', content: 'old' }]],
      [base, [{ name: 'app', content: 'newer' }]],
    );
    expect(files).toEqual(['~ app 3->5']);
    const layer = (content: string) => tar([{ name: 'app', content }]);
    const layout = new FixtureLayout();
    const sizes = ['old', 'newer'].map((content) => {
      const image = { platform: linux('amd64'), layers: [layer(content)], config: Buffer.from('{}') };
      const { digest } = layout.image(image);
      const manifest = JSON.parse(String(layout.blobs.get(`blobs/sha256/${digest.slice(7)}`)));
      return manifest.layers[0].size as number;
    });
    expect(readBytes).toBe((sizes[0] ?? 0) + (sizes[1] ?? 0));
  });

  it('are told against the layers below where one of them replaces, hides or brings back what lies there', async () => {
    const above: readonly TarMember[] = [{ name: 'app', content: 'app' }];
    const replaced = await filesBetween(
      [base, above],
      [base, [...above, { name: 'etc/conf', content: 'two!' }]],
    );
    expect(replaced.files).toEqual(['~ etc/conf 3->4']);
    const restored = await filesBetween(
      [base, [...above, { name: 'etc/conf', content: 'two!' }]],
      [base, above],
    );
    expect(restored.files).toEqual(['~ etc/conf 4->3']);
    const hidden = await filesBetween([base, above], [base, [...above, { name: 'bin/.wh.tool' }]]);
    expect(hidden.files).toEqual(['- bin/tool 4->']);
    const opaque = await filesBetween(
      [base, above],
      [base, [...above, { name: 'etc/deep/.wh..wh..opq' }, { name: 'etc/deep/c', content: 'ccc' }]],
    );
    expect(opaque.files).toEqual(['- etc/deep/a 1->', '- etc/deep/b 2->', '+ etc/deep/c ->3']);
    const through = await filesBetween(
      [base, above],
      [base, [...above, { name: 'lib/x.so', content: 'so' }]],
    );
    expect(through.files).toEqual(['+ usr/lib/x.so ->2']);
    const folder = await filesBetween([base, above], [base, [...above, { name: 'etc/conf/' }]]);
    expect(folder.files).toEqual(['- etc/conf 3->']);
    const linked = await filesBetween(
      [base, [{ name: 'tool', content: 'tool', mode: 0o755 }]],
      [base, [{ name: 'tool', link: 'bin/tool' }]],
    );
    expect(linked.files).toEqual([]);
  });

  it('are none where the same file is in another layer, or a layer that nobody sees is left out', async () => {
    const { files } = await filesBetween(
      [
        [{ name: 'a', content: '1' }],
        [
          { name: 'a', content: '2' },
          { name: 'b', content: 'b' },
        ],
      ],
      [[{ name: 'b', content: 'b' }], [{ name: 'a', content: '2' }]],
    );
    expect(files).toEqual([]);
  });
});

describe('container diff', () => {
  beforeAll(async () => {
    const layers = (content: string) => [base, [{ name: 'app', content }]];
    const config = { Entrypoint: ['/app'], Env: ['A=1', 'B=2'], Labels: { team: 'one' } };
    const young = { Entrypoint: ['/app', '--new'], Env: ['A=1', 'B=3', 'C=4'], Labels: {} };
    await layoutOf(
      'v1',
      imageOf(layers('old'), { config }),
      imageOf(layers('old'), { architecture: 'arm64' }),
      imageOf(layers('old'), { architecture: '386' }),
    );
    await layoutOf(
      'v2',
      imageOf(layers('newer'), { config: young }),
      imageOf(layers('old'), { architecture: 'arm64' }),
      imageOf(layers('old'), { architecture: 'riscv64' }),
    );
  });

  it('tells of platforms, layers and settings, and of the files of what both have', async () => {
    const told = await diff('v1', 'v2');
    expect(told).toMatchObject({ before: 'v1', after: 'v2', differs: true, problems: [] });
    expect(told.platforms).toMatchObject([
      { platform: 'linux/amd64', change: 'changed', sharedLayers: 1, files: [{ path: 'app' }] },
      { platform: 'linux/arm64', change: 'same', sharedLayers: 2, config: [] },
      { platform: 'linux/386', change: 'removed' },
      { platform: 'linux/riscv64', change: 'added' },
    ]);
    const [amd64, arm64, removed, added] = told.platforms;
    expect(amd64.layers.map(({ change }: { change: string }) => change)).toEqual([
      'same',
      'added',
      'removed',
    ]);
    expect(amd64.config).toEqual([
      { name: 'entrypoint', before: '["/app"]', after: '["/app","--new"]' },
      { name: 'env B', before: '2', after: '3' },
      { name: 'env C', after: '4' },
      { name: 'label team', before: 'one' },
    ]);
    for (const { files } of [arm64, removed, added]) expect(files).toBeUndefined();
    expect({ removed: removed.after, added: added.before }).toEqual({});
  });

  it('writes a page of 80 columns: a line a platform, then what is another', async () => {
    const { stdout, stderr, code } = await run('v1', 'v2');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const page = stdout.split('\n');
    expect(page.slice(0, 2)).toEqual(['- v1', '+ v2']);
    expect(page).toContainEqual(
      expect.stringMatching(/^~ {2}linux\/amd64 +\d+ B +\d+ B +[+-]\d+ B {2}1 of 2, \d+ B$/),
    );
    expect(page).toContainEqual(expect.stringMatching(/^ {3}linux\/arm64 .* \+0 B {2}2 of 2/));
    expect(page).toContainEqual(expect.stringMatching(/^- {2}linux\/386 .* removed$/));
    expect(page).toContainEqual(expect.stringMatching(/^\+ {2}linux\/riscv64 .* added$/));
    expect(page).toContainEqual(expect.stringMatching(/^ {2}~ +5 B +\+2 B {2}app$/));
    expect(page).toContain('  - env B: 2');
    expect(page).toContain('  + env B: 3');
    expect(page.filter((line) => line.length > 80)).toEqual([]);
  });

  it('is no failure where there are differences, unless that is asked for, and none without any', async () => {
    const asked = await run('--exit-code', 'v1', 'v2');
    expect(asked).toMatchObject({ code: 1, stderr: 'alba: v1 and v2 differ\n' });
    expect(asked.stdout).toContain('linux/riscv64');
    const same = await run('--exit-code', 'v1', 'v1');
    expect(same).toMatchObject({ code: 0, stderr: '' });
    expect(same.stdout).toContain('no difference');
    expect((await diff('--platform', 'linux/arm64', 'v1', 'v2')).differs).toBe(false);
  });

  it('reads no layer where that is asked for, or both are the same', async () => {
    for (const words of [
      ['--layers-only', 'v1', 'v2'],
      ['v1', 'v1'],
    ]) {
      const told = await diff(...words);
      expect(told.readBytes).toBe(0);
      expect(told.platforms[0].files).toBeUndefined();
    }
  });

  it('takes an archive of docker and what is published of it for the same, and tells of another compression', async () => {
    const image = imageOf([base, [{ name: 'app', content: 'x' }]]);
    await temporary.write('docker.tar', dockerArchive(image));
    for (const compression of compressions.filter((one) => one !== 'none')) {
      const words = ['push', '-q', '--no-cache', '--compression', compression, '-t', `app:${compression}`];
      const pushed = await runAlba(['container', ...words, 'docker.tar', 'file://./site'], {
        cwd: temporary.path,
      });
      expect(pushed.code, pushed.stderr).toBe(0);
      const told = await diff('docker.tar', `file://./site#app:${compression}`);
      expect(told).toMatchObject({ differs: false, readBytes: 0 });
      const changes = told.platforms[0].layers.map(({ change }: { change: string }) => change);
      expect(changes).toEqual(['changed', 'changed']);
    }
  });

  it('asks a registry for the layers that the two do not share, and for no others', async () => {
    await using registry = await startFake(memory());
    for (const [tag, content] of [
      ['1', 'old'],
      ['2', 'newer'],
    ] as const) {
      const image = imageOf([base, [{ name: 'app', content }]]);
      await temporary.write('image.tar', dockerArchive(image));
      const words = ['push', '-q', '--no-cache', '-t', `app:${tag}`, 'image.tar'];
      const pushed = await runAlba(['container', ...words, `docker://${registry.host}/app`], {
        cwd: temporary.path,
      });
      expect(pushed.code, pushed.stderr).toBe(0);
    }
    const before = registry.seen.length;
    const told = await diff(`docker://${registry.host}/app:1`, `docker://${registry.host}/app:2`);
    expect(told.platforms[0].files).toMatchObject([{ path: 'app', change: 'changed' }]);
    const read = registry.seen
      .slice(before)
      .flatMap(({ method, path }) => (method === 'GET' ? (/\/blobs\/(.*)$/.exec(path)?.[1] ?? []) : []));
    const [shared, ...others] = told.platforms[0].layers;
    expect(shared.change).toBe('same');
    expect(read).toHaveLength(4);
    for (const { digest } of others) expect(read).toContain(digest);
    expect(read).not.toContain(shared.digest);
    expect(told.readBytes).toBe(others.reduce((sum: number, { size }: { size: number }) => sum + size, 0));
  });

  it('compares artifacts by the titles of their files', async () => {
    for (const version of ['1', '2']) {
      const layout = new FixtureLayout();
      const file = (title: string, content: string) =>
        layout.blob('application/octet-stream', Buffer.from(content), {
          annotations: { 'org.opencontainers.image.title': title },
        });
      const manifest = {
        schemaVersion: 2,
        artifactType: 'application/vnd.example.tool',
        config: layout.blob('application/vnd.oci.empty.v1+json', Buffer.from('{}')),
        layers: [file('same', 'same'), file('tool', `tool ${version}`)],
        annotations: { version },
      };
      layout.list(layout.blob(mediaTypes.oci.manifest, Buffer.from(JSON.stringify(manifest))));
      await layout.write(join(temporary.path, `tool-${version}`));
    }
    const { platforms } = await diff('tool-1', 'tool-2');
    expect(platforms).toMatchObject([
      {
        platform: 'application/vnd.example.tool',
        change: 'changed',
        layers: [
          { change: 'same', title: 'same' },
          { change: 'added', title: 'tool' },
          { change: 'removed', title: 'tool' },
        ],
        config: [{ name: 'annotation version', before: '1', after: '2' }],
      },
    ]);
  });

  it('is a command of the action, with a page', async () => {
    const inputs = { command: 'container diff', sources: 'v1\nv2' };
    const ended = await runAction(inputs, { cwd: temporary.path });
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.outputs.differs).toBe('true');
    expect(JSON.parse(ended.outputs.metadata ?? '').platforms).toHaveLength(4);
    expect(ended.summary).toContain('<td>env&nbsp;B</td><td>2</td><td>3</td>');
  });

  it.each([
    [['v1'], 2, /diff compares two: name what was before .*; there are 1/],
    [['v1', 'v2', 'v1'], 2, /there are 3/],
    [['v1', 'nowhere'], 1, /nowhere does not exist/],
    [['v1', 'v2', '--platform', 'linux/386'], 1, /v2 has no linux\/386: it has linux\/amd64/],
  ])('says of %j what is wrong with it', async (words, expected, told) => {
    const { code, stderr, stdout } = await run(...words);
    expect(stderr).toMatch(told);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  });

  it('fails for a layer that is not what its manifest says', async () => {
    const layout = new FixtureLayout();
    const image = imageOf([[{ name: 'app', content: 'damaged' }]]);
    layout.list({ ...layout.image(image, { compression: 'none' }), platform: image.platform });
    const digest = digestOf(image.layers[0] ?? Buffer.alloc(0));
    layout.blobs.set(`blobs/sha256/${digest.slice(7)}`, Buffer.alloc(image.layers[0]?.length ?? 0));
    await layout.write(join(temporary.path, 'damaged'));
    const { code, stderr } = await run('v1', 'damaged', '--platform', 'linux/amd64');
    expect(stderr).toContain(`damaged, layer ${digest} is damaged: its digest is`);
    expect(code).toBe(1);
  });

  it('tells of names that are made to be read as something else as what they are', async () => {
    const name = `\u001b[2J::error::\u202e${'x'.repeat(90)}`;
    await layoutOf('plain', imageOf([[{ name: 'a', content: 'a' }]]));
    await layoutOf('hostile', imageOf([[{ name, content: 'a' }]]));
    const { stdout } = await run('plain', 'hostile');
    expect(stdout).toContain('\\u001b[2J::error::\\u202exxx');
    expect(stdout).not.toContain('\u001b');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
