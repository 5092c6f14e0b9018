import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problems } from '../../../src/errors.ts';
import { pathOf } from '../../../src/source/tree/file.ts';
import { readTrees } from '../../../src/source/tree/tree.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { writeTree } from '../../release/support.ts';

const temporary = useTemporary();
let made = 0;

interface Read {
  readonly files: readonly string[];
  readonly told: readonly string[];
  readonly problems: string;
}

/** What comes of a tree of these files, whose root is a folder `below` the temporary one. */
async function read(
  files: Readonly<Record<string, string>> | readonly string[],
  { roots = ['dist'], exclude = [] as string[] } = {},
): Promise<Read> {
  made += 1;
  const directory = path.join(temporary.path, `left-${made}`);
  const named = Array.isArray(files) ? Object.fromEntries(files.map((name) => [name, 'x'])) : files;
  await writeTree(directory, named);
  const [problems, told] = [new Problems(), [] as string[]];
  const found = await readTrees(
    roots.map((root) => path.join(directory, root)),
    directory,
    problems,
    {
      tell: (line) => told.push(line.replaceAll(path.sep, '/')),
      isExcluded: (at) => exclude.some((name) => `${at}/`.startsWith(`${path.join(directory, name)}/`)),
    },
  );
  let all = '';
  try {
    problems.throwIfAny('source');
  } catch (failure) {
    all = failure instanceof Error ? failure.message.replaceAll(path.sep, '/') : '';
  }
  return { files: found.map(pathOf).sort(), told, problems: all };
}

/** The list of a run of GoReleaser, as version 2 writes it. */
const listOf = (...artifacts: readonly Readonly<Record<string, unknown>>[]): string =>
  JSON.stringify(artifacts);
const binary = (at: string, goos: string, goarch: string, more = {}) => ({
  ...{ name: path.basename(at), path: at, goos, goarch, internal_type: 4, type: 'Binary' },
  ...more,
});

describe('a tree as a tool leaves it', () => {
  it('of buildx, --output type=local for several platforms, is published by the names of Go', async () => {
    const { files, told, problems } = await read([
      'dist/linux_amd64/app',
      'dist/linux_arm64/app',
      'dist/linux_arm_v7/bin/app',
      'dist/windows_amd64/app.exe',
    ]);
    expect(problems).toBe('');
    expect(files).toEqual([
      'linux/amd64/app',
      'linux/arm/v7/bin/app',
      'linux/arm64/app',
      'windows/amd64/app.exe',
    ]);
    expect(told).toEqual([
      'dist/linux_amd64 is read as linux/amd64',
      'dist/linux_arm64 is read as linux/arm64',
      'dist/linux_arm_v7 is read as linux/arm/v7',
      'dist/windows_amd64 is read as windows/amd64',
    ]);
  });

  it('of .NET is read by its runtime identifiers', async () => {
    const { files, told, problems } = await read([
      'dist/linux-musl-x64/app',
      'dist/linux-arm/app',
      'dist/linux-arm/v6/app',
      'dist/osx-arm64/app',
      'dist/win-x64/app.exe',
      'dist/win-x86/app.exe',
    ]);
    expect(problems).toBe('');
    expect(files).toEqual([
      'darwin/arm64/app',
      'linux/amd64/app',
      'linux/arm/app',
      'linux/arm/v6/app',
      'windows/386/app.exe',
      'windows/amd64/app.exe',
    ]);
    expect(told).toContain('dist/linux-musl-x64 is read as linux/amd64');
    expect(told).toContain('dist/win-x86 is read as windows/386');
  });

  it('of dotnet publish without -o is what lies in publish/, named or found', async () => {
    const built = ['app.dll', 'app.pdb', 'publish/app', 'publish/app.pdb'].map(
      (name) => `bin/Release/net8.0/linux-x64/${name}`,
    );
    const whole = await read(built, { roots: ['bin/Release/net8.0'] });
    expect(whole).toEqual({
      files: ['linux/amd64/app', 'linux/amd64/app.pdb'],
      told: [
        'bin/Release/net8.0/linux-x64/publish is read as linux/amd64',
        'bin/Release/net8.0/linux-x64: what lies beside publish/ is not published',
      ],
      problems: '',
    });
    const named = await read(built, { roots: ['bin/Release/net8.0/linux-x64/publish'] });
    expect(named.files).toEqual(whole.files);
    const own = await read(['dist/linux-x64/app', 'dist/linux-x64/publish/page']);
    expect(own.files).toEqual(['linux/amd64/app', 'linux/amd64/publish/page']);
  });

  it('may be mixed, and its folders may be named one by one', async () => {
    const names = ['linux/amd64/app', 'linux-arm64/app', 'win-x64/app.exe', 'aarch64-apple-darwin/app'];
    const all = names.map((name) => `dist/${name}`);
    const { files, problems } = await read(all);
    expect({ files, problems }).toEqual({
      files: ['darwin/arm64/app', 'linux/amd64/app', 'linux/arm64/app', 'windows/amd64/app.exe'],
      problems: '',
    });
    const roots = ['dist/linux/amd64', 'dist/linux-arm64', 'dist/win-x64', 'dist/aarch64-apple-darwin'];
    expect((await read(all, { roots })).files).toEqual(files);
  });

  it('takes no folder for a tree by what lies in the folder of a platform', async () => {
    const prebuilt = ['dist/linux/amd64/prebuilds/linux-x64/app.node', 'dist/linux/amd64/darwin-arm64/x'];
    const files = ['linux/amd64/darwin-arm64/x', 'linux/amd64/prebuilds/linux-x64/app.node'];
    expect((await read(prebuilt)).files).toEqual(files);
    expect((await read(prebuilt, { roots: ['dist/linux/amd64'] })).files).toEqual(files);
  });

  it('with two folders of one platform is an error that names both and what to do, not one for each file', async () => {
    const both = [
      'dist/linux-x64/app',
      'dist/linux-x64/lib.so',
      'dist/linux-musl-x64/app',
      'dist/linux-musl-x64/lib.so',
    ];
    const { problems } = await read(both);
    expect(problems).toBe(
      'dist/linux-musl-x64 and dist/linux-x64 are both read as linux/amd64, and both have linux/amd64/app: leave one of them out by a line such as !dist/linux-x64, and publish it by a run of its own under another name, or rename its files',
    );
    expect((await read(both, { exclude: ['dist/linux-musl-x64'] })).problems).toBe('');
    const go = await read(['dist/linux/amd64/app', 'dist/linux_amd64/app']);
    expect(go.problems).toMatch(/^dist\/linux\/amd64 and dist\/linux_amd64 are both read as linux\/amd64/);
  });

  it('with two folders of one platform is published where their files differ', async () => {
    const { files, problems } = await read(['dist/linux-x64/app', 'dist/linux-musl-x64/app-musl']);
    expect({ files, problems }).toEqual({ files: ['linux/amd64/app', 'linux/amd64/app-musl'], problems: '' });
  });

  it('with a folder that is named like a platform and is none says so', async () => {
    const { problems } = await read([
      'dist/linux-x64/app',
      'dist/linux-bionic-x64/app',
      'dist/win-x65/app.exe',
      'dist/app_linux_arm64_v8.2/app',
      'dist/notes/x',
      'dist/notes.txt',
    ]);
    const lines = problems.split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^dist\/app_linux_arm64_v8\.2: .*is not read as a platform/);
    expect(lines[1]).toMatch(
      /^dist\/linux-bionic-x64: .*"bionic-x64" is no architecture; expected <os>-<arch/,
    );
    expect(lines[2]).toMatch(/^dist\/notes: "notes" is not an operating system/);
    expect(lines[3]).toMatch(
      /^dist\/notes\.txt: lies outside a platform.*left out by a line !dist\/notes\.txt$/,
    );
    expect(lines[4]).toMatch(/^dist\/win-x65: .*"x65" is no architecture; expected/);
  });
});

describe("GoReleaser's dist/", () => {
  const programs = [
    'dist/app_linux_amd64_v1/app',
    'dist/app_linux_arm_6/app',
    'dist/app_darwin_arm64_v8.0/app',
    'dist/app_windows_386_sse2/app.exe',
  ];
  const beside = [
    'dist/app_1.0_linux_amd64.tar.gz',
    'dist/checksums.txt',
    'dist/metadata.json',
    'dist/config.yaml',
  ];
  const published = ['darwin/arm64/app', 'linux/amd64/app', 'linux/arm/v6/app', 'windows/386/app.exe'];
  const asText = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'x']));

  it('without its list is read by the names of its folders, and what else it holds is told', async () => {
    const { files, told, problems } = await read([...programs, ...beside, 'dist/homebrew/app.rb']);
    expect({ files, problems }).toEqual({ files: published, problems: '' });
    expect(told).toContain('dist/app_linux_arm_6 is read as linux/arm/v6');
    expect(told).toContain('dist/app_darwin_arm64_v8.0 is read as darwin/arm64');
    expect(told).toContain(
      'dist: not published, since they lie in no folder of a platform: app_1.0_linux_amd64.tar.gz, checksums.txt, config.yaml, homebrew, metadata.json',
    );
  });

  const list = listOf(
    { name: 'metadata.json', path: 'dist/metadata.json', internal_type: 30, type: 'Metadata' },
    binary('dist/app_linux_amd64_v1/app', 'linux', 'amd64', { goamd64: 'v1', target: 'linux_amd64_v1' }),
    binary('dist/app_linux_arm_6/app', 'linux', 'arm', { goarm: '6' }),
    binary('dist/app_darwin_arm64_v8.0/app', 'darwin', 'arm64', { goarm64: 'v8.0' }),
    binary('dist/app_windows_386_sse2/app.exe', 'windows', '386', { go386: 'sse2' }),
    // What is uploaded as it is stands there twice.
    binary('dist/app_linux_amd64_v1/app', 'linux', 'amd64', { name: 'app_linux_amd64', internal_type: 3 }),
    { ...binary('dist/app_1.0_linux_amd64.tar.gz', 'linux', 'amd64'), type: 'Archive', internal_type: 1 },
    { name: 'checksums.txt', path: 'dist/checksums.txt', type: 'Checksum', internal_type: 12 },
  );

  it('with its list has the programs in it published, and nothing else', async () => {
    const left = ['dist/app_linux_amd64_v1/app.h', 'dist/app_linux_riscv64_rva20u64/app'];
    const { files, told, problems } = await read({
      ...asText([...programs, ...beside, ...left]),
      'dist/artifacts.json': list,
    });
    expect({ files, problems }).toEqual({ files: published, problems: '' });
    expect(told).toEqual([
      'dist/app_linux_amd64_v1 is read as linux/amd64',
      'dist/app_linux_arm_6 is read as linux/arm/v6',
      'dist/app_darwin_arm64_v8.0 is read as darwin/arm64',
      'dist/app_windows_386_sse2 is read as windows/386',
      'dist/app_linux_riscv64_rva20u64 is not published, though it is named for a platform: artifacts.json lists no program in it',
      'dist: not published, since artifacts.json lists them as no programs: app_1.0_linux_amd64.tar.gz, artifacts.json, checksums.txt, config.yaml, metadata.json and 1 more',
    ]);
  });

  it('is read by its list wherever it was copied, and whatever its folders are called', async () => {
    const { files, told, problems } = await read(
      {
        'in/other/app-a': 'x',
        'in/other/b/app': 'x',
        'in/other/artifacts.json': listOf(
          binary('build/out/app-a', 'linux', 'amd64'),
          binary('build/out/b/app', 'linux', 'arm', { goarm: '7' }),
        ),
      },
      { roots: ['in/other'] },
    );
    expect({ files, problems }).toEqual({ files: ['linux/amd64/app-a', 'linux/arm/v7/app'], problems: '' });
    expect(told.slice(0, 2)).toEqual([
      'in/other/app-a is read as linux/amd64',
      'in/other/b/app is read as linux/arm/v7',
    ]);
  });

  it('tells what its list has and it has not, and what no platform can be named for', async () => {
    const tree = {
      'dist/x/app': 'x',
      'dist/y/app': 'x',
      'dist/artifacts.json': listOf(
        binary('dist/gone/app', 'linux', 'arm64'),
        binary('dist/x', 'linux', 'amd64'),
        binary('dist/y/app', 'linux', 'arm64', { goarm64: 'v8.2' }),
        binary('dist/../../etc/passwd', 'linux', 'riscv64'),
      ),
    };
    const { files, problems } = await read(tree);
    expect(files).toEqual([]);
    expect(problems.split('\n')).toEqual([
      'dist/artifacts.json: lists dist/gone/app, which is not there: was dist copied in part?',
      'dist/artifacts.json: lists dist/x, which is no file',
      'dist/y/app: is for linux/arm64/v8.2, which is no platform that Go has a name for: leave it out by a line !dist/y/app',
      'dist/artifacts.json: lists dist/../../etc/passwd, which is not there: was dist copied in part?',
    ]);
    const { problems: left } = await read(tree, { exclude: ['dist/gone', 'dist/x', 'dist/y/app'] });
    expect(left).toMatch(/^dist\/artifacts\.json: lists dist\/\.\.[^\n]*$/);
  });

  it.each([
    ['with its list', { 'dist/artifacts.json': list }],
    ['without it', { 'dist/config.yaml': 'x' }],
  ])('%s leaves out what a line with ! names', async (_, more) => {
    const { files, problems } = await read(
      { ...asText(programs), ...more },
      { exclude: ['dist/app_linux_arm_6', 'dist/app_windows_386_sse2'] },
    );
    expect({ files, problems }).toEqual({ files: ['darwin/arm64/app', 'linux/amd64/app'], problems: '' });
  });

  it.each([
    ['a list of nothing that was built', '[]'],
    ['a list that is cut off', '[{"type": "Binary"'],
    ['another list of that name', '{"artifacts": []}'],
  ])('with %s is read by the names of its folders', async (_, content) => {
    const { files, problems } = await read({ ...asText(programs), 'dist/artifacts.json': content });
    expect({ files, problems }).toEqual({ files: published, problems: '' });
  });

  it('has a universal program for both architectures that it is for, and that have none of their own', async () => {
    const all = await read(['dist/app_darwin_all/app', 'dist/app_linux_amd64_v1/app', 'dist/config.yaml']);
    expect(all.files).toEqual(['darwin/amd64/app', 'darwin/arm64/app', 'linux/amd64/app']);
    expect(all.told).toContain('dist/app_darwin_all is read as darwin/amd64 and darwin/arm64');
    const own = await read({
      'dist/app_darwin_all/app': 'x',
      'dist/app_darwin_all/tool': 'x',
      'dist/app_darwin_arm64/app': 'x',
      'dist/artifacts.json': listOf(
        binary('dist/app_darwin_all/app', 'darwin', 'all'),
        binary('dist/app_darwin_all/tool', 'darwin', 'all', { type: 'Universal Binary' }),
        binary('dist/app_darwin_arm64/app', 'darwin', 'arm64'),
      ),
    });
    expect(own.files).toEqual(['darwin/amd64/app', 'darwin/amd64/tool', 'darwin/arm64/app']);
    const none = await read([
      'dist/app_darwin_all/app',
      'dist/app_darwin_amd64/app',
      'dist/app_darwin_arm64/app',
    ]);
    expect(none.files).toEqual(['darwin/amd64/app', 'darwin/arm64/app']);
    expect(none.told).toContain(
      'dist/app_darwin_all is not published: there are other files for darwin/amd64 and darwin/arm64',
    );
  });

  it('with two programs of one name for one platform is an error that names both', async () => {
    const { problems } = await read([
      'dist/cli_linux_amd64_v1/app',
      'dist/srv_linux_amd64_v1/app',
      'dist/config.yaml',
    ]);
    expect(problems).toMatch(
      /^dist\/cli_linux_amd64_v1 and dist\/srv_linux_amd64_v1 are both read as linux\/amd64/,
    );
    const apart = await read(['dist/cli_linux_amd64_v1/cli', 'dist/srv_linux_amd64_v1/srv']);
    expect(apart.files).toEqual(['linux/amd64/cli', 'linux/amd64/srv']);
  });
});
