import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Digest, digestOf, hexOf } from '../../src/oci/digest.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { startFake } from '../repository/registry/fake.ts';
import { runAction, runAlba } from '../support/alba.ts';
import { itWith } from '../support/tools.ts';

const temporary = useTemporary();
const platform = { os: 'linux', architecture: 'amd64' };
const image = makeImage(platform);

const push = (cwd: string, ...words: string[]) =>
  runAlba(['container', 'push', '--no-cache', '-t', 'app:1', ...words], { cwd });
const fresh = async (name: string): Promise<string> => {
  await mkdir(join(temporary.path, name));
  return join(temporary.path, name);
};

/** What a runner takes for a command: `::` begins a line, `##[` stands anywhere. */
const commands = (log: string): string[] =>
  log.split(/\r\n|\r|\n/).filter((line) => /^\s*::(?!group::|endgroup::|debug::|error::)|##\[/.test(line));

/** A name that no file system but POSIX's takes. */
const name = '::notice::x ##[add-mask]y\n::warning::\u001b[2Jz.tar';

describe.skipIf(process.platform === 'win32')('a name that is a command, or moves the cursor', () => {
  it('is a name in the log of a workflow', async () => {
    const cwd = await fresh('names');
    await writeFile(join(cwd, name), dockerArchive(image));
    const ended = await runAction(
      { artifacts: '.', tag: 'app:1', target: 'file://./site', cache: 'false' },
      { cwd },
    );
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).toContain(
      '\\::notice::x ##\\[add-mask]y\\u000a::warning::\\u001b[2Jz.tar -> linux/amd64',
    );
    expect(commands(ended.stdout)).toEqual([]);
  });

  it('is a name on a terminal', async () => {
    const cwd = await fresh('terminal');
    await writeFile(join(cwd, name), dockerArchive(image));
    const { code, stderr } = await push(cwd, '.', 'file://./site');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('z.tar -> linux/amd64');
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

it('what an archive lists is told in an error as a text', async () => {
  const cwd = await fresh('listed');
  const list = JSON.stringify([{ Config: '\u001b[2J\u202ex', Layers: [] }]);
  await writeFile(join(cwd, 'a.tar'), tar([{ name: 'manifest.json', content: list }]));
  const { code, stderr } = await push(cwd, 'a.tar', 'file://./site');
  expect(code).toBe(1);
  expect(stderr).toContain('is incomplete: \\u001b[2J\\u202ex is not in it');
});

itWith(['mkfifo'], 'a pipe is no artifact', async () => {
  const cwd = await fresh('pipe');
  await mkdir(join(cwd, 'docker'));
  await promisify(execFile)('mkfifo', [join(cwd, 'docker/x.tar')]);
  await symlink('/dev/zero', join(cwd, 'docker/zero.tar'));
  for (const artifact of ['docker/x.tar', 'docker/zero.tar']) {
    const { code, stderr } = await push(cwd, artifact, 'file://./site');
    expect(code).toBe(1);
    expect(stderr).toContain(`${artifact} is neither a file nor a folder`);
  }
  expect((await push(cwd, 'docker/', 'file://./site')).stderr).toContain('holds no image archive');
  await writeFile(join(cwd, 'docker/a.tar'), dockerArchive(image));
  expect(await push(cwd, 'docker/', 'file://./site')).toMatchObject({ code: 0 });
});

describe('what is published already', () => {
  it('may name one index in more ways than can be gone', async () => {
    const cwd = await fresh('ways');
    const layout = new FixtureLayout();
    let index = layout.index([{ ...layout.image(image), platform }]);
    for (let floor = 0; floor < 6; floor++) index = layout.index(Array(12).fill(index));
    layout.list({ ...index, annotations: { 'org.opencontainers.image.ref.name': '1' } });
    await layout.write(join(cwd, 'layout'));
    const { code, stderr } = await push(cwd, '--from', 'oci:./layout:1', 'file://./site');
    expect(code, stderr).toBe(0);
  });

  it('may be said to refer to itself', async () => {
    const layout = new FixtureLayout();
    const index = layout.index([{ ...layout.image(image), platform }]);
    await using registry = await startFake(({ method, path }, response) => {
      const last = path.split('/').at(-1) ?? '';
      const isList = path.includes('/referrers/');
      const list = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [index] }));
      const digest = last === '1' ? index.digest : (last as Digest);
      const found = isList ? list : layout.blobs.get(`blobs/sha256/${hexOf(digest)}`);
      if (!found) return response.writeHead(404).end();
      response.writeHead(200, {
        'content-type': isList ? index.mediaType : typeOf(found),
        'content-length': found.length,
        'docker-content-digest': digestOf(found),
      });
      return response.end(method === 'HEAD' ? undefined : found);
    });
    const cwd = await fresh('itself');
    const { code, stderr } = await push(cwd, '--from', `docker://${registry.host}/app:1`, 'file://./site');
    expect(code, stderr).toBe(0);
    expect(registry.seen.filter(({ path }) => path.includes('/referrers/'))).toHaveLength(2);
  });
});

function typeOf(bytes: Buffer): string {
  const type = bytes[0] === 0x7b ? JSON.parse(String(bytes)).mediaType : undefined;
  return typeof type === 'string' ? type : 'application/octet-stream';
}
