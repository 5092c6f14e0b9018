import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../fixtures/pullable.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Played, play } from '../support/play.ts';
import { type FileServer, startFileServer } from '../support/servers/file-server.ts';
import { GitHubSite } from '../support/servers/github-releases.ts';
import { startHosts } from '../support/servers/hosts.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { workflowOf } from '../support/workflow.ts';
import { readFrom, readIn, step, tagsIn } from './pipeline.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

/** What stands for the tools of builds: they leave what those leave, without doing their work. */
const standIns: Readonly<Record<string, string>> = {
  docker: `out=\${4##*dest=}; cp "${'$'}BUILT/$RUNNER_ARCH.tar" "$out"`,
  syft: `printf '{"spdxVersion":"SPDX-2.3","name":"%s"}' "$2" > "\${4#spdx-json=}"`,
  nix: `mkdir -p images; cp "${'$'}BUILT/\${2#.#image-}.tar.gz" "$4"`,
  go: `case $4 in */) out=$4/app ;; *) out=$4 ;; esac
[ "$GOOS" != windows ] || out=$out.exe
mkdir -p "\${out%/*}"; printf '#!/bin/sh\\necho %s %s\\n' "$GOOS" "$GOARCH" > "$out"; chmod 755 "$out"`,
};

let registry: Registry;
let s3: S3Server;
let files: FileServer;

async function makeStage(): Promise<void> {
  await Promise.all(['built', 'programs', 'project'].map((name) => mkdir(at(name))));
  for (const [name, script] of Object.entries(standIns)) {
    await writeFile(at('programs', name), `#!/bin/sh\nset -e\nBUILT=${at('built')}\n${script}\n`);
    await chmod(at('programs', name), 0o755);
  }
  for (const [architecture, runner] of [
    ['amd64', 'X64'],
    ['arm64', 'ARM64'],
  ] as const) {
    const archive = dockerArchive(imageOf({ os: 'linux', architecture }, ...usualLayers(architecture)));
    await writeFile(at('built', `${runner}.tar`), archive);
    await writeFile(at('built', `${architecture}.tar.gz`), gzipSync(archive));
  }
  await writeFile(at('project', 'CHANGELOG.md'), '## 1.2.3\n\n- Faster.\n\n## 1.2.2\n');
  await writeFile(at('project', 'restart.sh'), '#!/bin/sh\ntest -x srv/app/app/run\n', { mode: 0o755 });
}

let count = 0;
/** Plays a file of examples/, on the release of a tag. */
function playExample(
  name: string,
  more: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Played> {
  count += 1;
  const context = {
    'github.ref_name': 'v1.2.3',
    'github.server_url': 'https://github.com',
    'github.repository': 'org/app',
    'secrets.GARAGE_KEY_ID': s3.accessKeyId,
    ...more,
  };
  return play(workflowOf(`examples/${name}`), {
    folder: at(`run-${count}`),
    project: at('project'),
    programs: at('programs'),
    context: { 'secrets.GARAGE_SECRET': s3.secretAccessKey, ...context },
    env: {
      GITHUB_REPOSITORY: 'org/app',
      GITHUB_REF: `refs/tags/${context['github.ref_name']}`,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
    here: (text) =>
      text
        .replaceAll('ghcr.io', registry.host)
        .replaceAll('mirror.example.org', registry.host)
        .replaceAll('https://files.example.org/dist', files.url)
        .replaceAll('endpoint=garage.example.org&region=garage', local()),
  });
}
const local = (): string => `endpoint=${s3.endpoint}&region=${s3.region}&s3ForcePathStyle=true`;

it('examples are all in the list of their page, and it lists no others', async () => {
  const files = (await readdir(examples)).filter((name) => name.endsWith('.yml')).sort();
  const page = await readFile(join(examples, 'README.md'), 'utf8');
  const listed = [...page.matchAll(/^\| \[([\w-]+\.yml)\]\(\1\)/gm)].map(([, name]) => name);
  expect(files.length).toBeGreaterThan(6);
  expect(listed.sort()).toEqual(files);
});

describeWith([registryTool[2], 'versitygw', 'bash'], 'examples, played as a runner would', () => {
  beforeAll(async () => {
    [registry, s3, files] = await Promise.all([
      startRegistry(),
      startS3(),
      startFileServer({ kind: 'webdav' }),
    ]);
    await Promise.all(['registry.example.org', 'download.example.org'].map((name) => s3.createBucket(name)));
    await makeStage();
  });
  afterAll(async () => {
    await Promise.all([registry?.stop(), s3?.stop(), files?.[Symbol.asyncDispose]()]);
  });
  const inBucket = (name: string) => readIn(join(s3.directory, 'content', name));

  it('containers.yml makes one index of the images of two runners', async () => {
    const { 'publish.1': publish } = await playExample('containers.yml');
    const tags = await tagsIn(readFrom(registry.url), 'org/app');
    expect(Object.keys(tags).sort()).toEqual(['1', '1.2', '1.2.3', 'latest']);
    expect(tags['1.2.3']).toBe(publish?.outputs.digest);
    expect(Object.keys(JSON.parse(publish?.outputs.platforms ?? ''))).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('promote.yml gives the same digest another name', async () => {
    const released = (await tagsIn(readFrom(registry.url), 'org/app'))['1.2.3'] ?? '';
    await step(
      {
        artifacts: `docker://${registry.host}/org/app@${released}`,
        target: `docker://${registry.host}/org/app-staging:rc`,
      },
      at(),
    );
    const { 'promote.0': promoted } = await playExample('promote.yml', {
      'inputs.digest': released,
      ...{ 'github.ref_name': 'main' },
    });
    expect(promoted?.outputs.digest).toBe(released);
    expect((await tagsIn(readFrom(registry.url), 'org/app')).production).toBe(released);
  });

  it('deploy.yml swaps a link to the files of the image', async () => {
    const { 'deploy.1': pulled } = await playExample('deploy.yml', { 'inputs.version': '1.2.3' });
    expect(pulled?.outputs.files).toBe('3');
    const lines = await listFolder(at(`run-${count}`, 'deploy-0', 'srv', 'app'));
    expect(lines).toContain('app/current -> run');
  });

  it('images-from-files.yml makes an image of what each platform has', async () => {
    const { 'publish.5': published } = await playExample('images-from-files.yml', {
      'github.ref_name': 'v2.0.0',
    });
    const platforms = JSON.parse(published?.outputs.platforms ?? '');
    expect(Object.keys(platforms)).toEqual(['linux/amd64', 'linux/arm64', 'linux/riscv64']);
    const tags = await tagsIn(readFrom(registry.url), 'org/app');
    expect(tags['2.0.0']).toBe(published?.outputs.digest);
    expect(published?.stdout).toMatch(/sbom|SBOM/);
  });

  it('registry-in-a-bucket.yml leaves what docker pulls', async () => {
    const { 'publish.3': published } = await playExample('registry-in-a-bucket.yml');
    const tags = await tagsIn(inBucket('registry.example.org'), 'app');
    expect(tags['1.2.3']).toBe(published?.outputs.digest);
    expect(published?.outputs.references).toContain('registry.example.org/app:1.2.3@sha256:');
  });

  it('binaries.yml leaves files, checksums and a page', async () => {
    const { 'publish.3': published } = await playExample('binaries.yml');
    const listed: { url: string }[] = JSON.parse(published?.outputs.files ?? '');
    const base = 'https://download.example.org/df-dist-v1/app/1.2.3';
    expect(listed.map(({ url }) => url)).toEqual([
      `${base}/darwin/arm64/app`,
      `${base}/linux/amd64/app`,
      `${base}/linux/arm64/app`,
      `${base}/windows/amd64/app.exe`,
    ]);
    const page = String(await inBucket('download.example.org')('df-dist-v1/app/index.html'));
    expect(page).toContain('<li>Faster.</li>');
    expect(page).toContain('href="https://github.com/org/app/tree/v1.2.3"');
    expect(page).toContain('https://download.example.org/df-dist-v1/app/install.sh');
    expect(published?.summary).toContain('df-dist-v1/app/install.sh');
  });

  it('github-release.yml makes a release that nobody sees before it is whole', async () => {
    const github = new GitHubSite({ gitTags: ['v1.2.3'] });
    await using hosts = await startHosts({
      'api.github.com': github.answer,
      'uploads.github.com': github.answer,
    });
    const env = { ...hosts.env, 'INPUT_GITHUB-TOKEN': 'ghs_token' };
    await playExample('github-release.yml', {}, env);
    expect(github.releases).toMatchObject([{ draft: false, prerelease: false }]);
    expect(github.names('v1.2.3')).toEqual([
      'SHA256SUMS',
      ...['darwin-arm64', 'linux-amd64', 'linux-arm64'].map((one) => `app-1.2.3-${one}.tar.gz`),
      'app-1.2.3-windows-amd64.tar.gz',
    ]);
  });

  it('files-over-https.yml brings files to a web server', async () => {
    const sha = '0123456789abcdef0123456789abcdef01234567';
    await playExample('files-over-https.yml', { 'github.sha': sha });
    const below = `df-dist-v1/app/${sha}`;
    expect([...files.files.keys()]).toEqual(
      expect.arrayContaining([`${below}/linux/amd64/app`, `${below}/linux/arm64/app`, `${below}/SHA256SUMS`]),
    );
  });

  it('mirror.yml copies the releases of a version, digests unchanged', async () => {
    const { 'mirror.2': copied } = await playExample('mirror.yml');
    const [from, to] = await Promise.all(
      ['org/app', 'mirror/app'].map((name) => tagsIn(readFrom(registry.url), name)),
    );
    expect(to).toMatchObject({ '1.2.3': from?.['1.2.3'], latest: from?.latest });
    expect(Object.keys(to ?? {})).not.toContain('2.0.0');
    expect(copied?.outputs.references).toContain('/mirror/app:1.2.3@sha256:');
  });

  it('clean-up.yml lets the newest releases stay, and finds nothing to do with two', async () => {
    const {
      'clean-up.0': images,
      'clean-up.1': binaries,
      'clean-up.2': onRegistry,
    } = await playExample('clean-up.yml');
    expect(images?.outputs).toMatchObject({ deleted: '', kept: expect.stringContaining('1.2.3') });
    expect(binaries?.outputs).toMatchObject({ deleted: '', kept: expect.stringContaining('1.2.3') });
    expect(onRegistry?.outputs).toMatchObject({ deleted: '', kept: expect.stringContaining('1.2.3') });
  });
});

describe('examples', () => {
  it.each(['org/alba-action@v1', 'permissions:'])('all have %s', async (text) => {
    for (const name of (await readdir(examples)).filter((file) => file.endsWith('.yml'))) {
      expect(await readFile(join(examples, name), 'utf8'), name).toContain(text);
    }
  });
});
