import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { type Ended, runAlba } from '../support/alba.ts';

/**
 * What a runner would do as it is told: a line that begins with `::`, or has `##[` anywhere. It ends lines at CR, too, and
 * takes what .NET calls white space, such as U+0085, from their beginning.
 */
function runnerCommands({ stdout, stderr }: Ended): string[] {
  return `${stdout}\n${stderr}`
    .split(/[\r\n]/)
    .filter((line) => /^[\s\x85]*::/.test(line) || line.includes('##['));
}

const evil = '::add-mask::x ##[error]y';
const broken = 'a\n::error::x\r##[warning]y\u2028::notice::z\u0085::debug::\n\u0085 \u00a0::warning::v';
const env = { GITHUB_ACTIONS: 'true' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-runner-'));
  makeArtifacts(join(folder, evil));
  await writeFile(join(folder, 'notes.txt'), 'notes');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (words: readonly string[], options: object = { env }) =>
  runAlba(words, { cwd: folder, ...options });

describe('in a step of a workflow', () => {
  it('lines about files tell a runner nothing, and neither does the result, which stays what it is', async () => {
    const words = ['container', 'push', '--no-cache', '--json', '-t', 'a:1', evil, `file://./${evil}-site`];
    const ended = await run(words.map((word) => word.replaceAll('#', word.startsWith('file') ? '%23' : '#')));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain(`::add-mask::x ##\\[error]y/`);
    expect(runnerCommands(ended)).toEqual([]);
    const outside = await run(['container', 'push', '--no-cache', '--json', evil, 'oci:./##[group]:1']);
    expect(outside.code, outside.stderr).toBe(0);
    expect(runnerCommands(outside)).toEqual([]);
    const { targets } = JSON.parse(outside.stdout);
    expect(JSON.stringify(targets)).toContain('##[group]');
    expect(await readFile(join(folder, '##[group]', 'oci-layout'), 'utf8')).toContain('1.0.0');
  });

  it.each([
    ['a file that is not there', ['container', 'push', broken, 'oci:out:1']],
    ['a target of no kind', ['container', 'push', 'a.tar', `${broken}://x`]],
    ['an option that is unknown', ['container', 'push', `--x${broken}`, 'oci:out:1']],
    ['a command that is unknown', [broken]],
    ['a value that is no number', ['container', 'push', '--concurrency', broken, 'a.tar', 'oci:out:1']],
    ['a folder that cannot be served', ['serve', broken]],
    ['a shell that is unknown', ['completion', broken]],
  ])('errors tell a runner nothing: %s', async (_, words) => {
    const ended = await run(words);
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).not.toBe('');
    expect(runnerCommands(ended)).toEqual([]);
  });

  it('help says what it says anywhere', async () => {
    const [inside, outside] = [
      await run(['container', 'push', '--help']),
      await run(['container', 'push', '--help'], {}),
    ];
    expect(inside).toEqual(outside);
  });
});

it('outside of a workflow names of files are written as they are', async () => {
  const ended = await run(['container', 'push', '--no-cache', '--dry-run', evil, 'oci:out:1'], {});
  expect(ended.stderr).toContain(`${evil}/`);
});
