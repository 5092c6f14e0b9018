import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { fileStandardInput } from '../../src/source/standard-input.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress } from '../fixtures/oci-layout.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, node, program, runAction, runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { itWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

const image = makeImage({ os: 'linux', architecture: 'arm64' }, { layers: [400_000, 700] });
const archive = dockerArchive(image);

/** Where a run keeps what it needs for a while. */
let scratch: string;
beforeEach(async ({ task }) => {
  scratch = at(`scratch-${task.id}`);
  await mkdir(scratch, { recursive: true });
});

const push = (input: string | Uint8Array, ...words: string[]): Promise<Ended> =>
  runAlba(['container', 'push', '--json', '--no-cache', '-t', 'app:1', ...words], {
    cwd: temporary.path,
    env: { TMPDIR: scratch, TEMP: scratch, TMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
    input,
  });

/** Expects an end with this code and this error, and that nothing was published and nothing stayed behind. */
async function expectRefusal(ended: Ended, code: number, says: RegExp): Promise<void> {
  expect(ended, ended.stderr).toMatchObject({ code, stdout: '' });
  expect(ended.stderr).toMatch(says);
  expect(await readdir(scratch)).toEqual([]);
  expect(await readdir(temporary.path)).not.toContain('never');
}

const namedBy = (input: Readable) => ({
  artifacts: ['-'],
  openStandardInput: () => input,
  temporaryDirectory: scratch,
});

describe('an archive that is piped in', () => {
  it('is published as the file would be, whatever its compression, and does not stay behind', async () => {
    for (const compression of ['none', 'gzip'] as const) {
      const bytes = compress(archive, compression);
      await temporary.write('app.tar', bytes);
      const { digest } = JSON.parse((await push('', 'app.tar', `file://./file-${compression}`)).stdout);
      const ended = await push(bytes, '-', `file://./${compression}`);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      expect(JSON.parse(ended.stdout)).toMatchObject({ digest });
      expect(digestOf(await readFile(at(compression, 'v2/app/manifests/1')))).toBe(digest);
      expect(await readdir(scratch)).toEqual([]);
    }
  });

  it('joins other artifacts', async () => {
    await temporary.write('other.tar', dockerArchive(makeImage({ os: 'linux', architecture: 'amd64' })));
    const ended = await push(archive, 'other.tar', '-', 'file://./both');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(Object.keys(JSON.parse(ended.stdout).platforms)).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('is refused where it ends too early, and does not stay behind', async () => {
    const ended = await push(archive.subarray(0, 300_000), '-', 'file://./never');
    await expectRefusal(ended, 1, /standard-input .*truncated/);
  });

  it('is refused where nothing comes', async () => {
    await expectRefusal(await push('', '-', 'file://./never'), 1, /^alba: standard input is empty/m);
  });

  it('is refused where it is named twice', async () => {
    await expectRefusal(await push(archive, '-', '-', 'file://./never'), 2, /^alba: - is named twice/m);
  });

  it('is refused together with a password that is piped in', async () => {
    const words = ['--username', 'me', '--password-stdin', '-', 'docker://127.0.0.1:1/app'];
    await expectRefusal(
      await push('hunter2', ...words),
      2,
      /^alba: - and --password-stdin both read standard/m,
    );
  });

  itWith(['script'], 'is refused where standard input is a terminal', async () => {
    const line = `${node} ${program} container push --no-cache -t app:1 - file://${at('never')}; echo "ended with $?"`;
    const printed = await run('script', ['-qec', line, '/dev/null'], { timeout: 30_000 });
    expect(printed).toMatch(
      /alba: - is an image archive on standard input, which is a terminal: pipe one in/,
    );
    expect(printed).toContain('ended with 2');
  });

  it('is refused by the action, which has no standard input', async () => {
    const inputs = { artifacts: '-', tag: 'app:1', target: `file://${at('never')}`, cache: 'false' };
    const ended = await runAction(inputs, { cwd: temporary.path });
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stdout).toMatch(/^::error::- is standard input, which a step of a workflow does not have/m);
  });

  it('does not take the place of a file of that name', async () => {
    await temporary.write('-', archive);
    const ended = await push('', './-', 'file://./dash');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  });

  it.skipIf(process.platform === 'win32')('is kept where no other user reads it', async () => {
    {
      await using filed = await fileStandardInput(namedBy(Readable.from([archive])), silent);
      const [path = ''] = filed.artifacts;
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(digestOf(await readFile(path))).toBe(digestOf(archive));
    }
    expect(await readdir(scratch)).toEqual([]);
  });

  it('leaves nothing behind when what is piped in breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield archive;
        throw new Error('the pipe broke');
      })(),
    );
    await expect(fileStandardInput(namedBy(broken), silent)).rejects.toThrow(
      /standard input cannot be written to .*: the pipe broke/,
    );
    expect(await readdir(scratch)).toEqual([]);
  });
});
