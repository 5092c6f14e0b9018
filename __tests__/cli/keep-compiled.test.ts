import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAction, runAlba } from '../support/alba.ts';

let home: string;
let kept: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'alba-compiled-'));
  kept = join(home, 'alba');
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Where Node itself is told of a place, there is no other. */
const bare = { NODE_COMPILE_CACHE: undefined };
const tellVersion = () => runAlba(['--version'], { env: { ...bare, XDG_CACHE_HOME: home } });

describe.runIf(process.platform === 'linux' && 'enableCompileCache' in module)('compiled code', () => {
  it('is kept where the command line keeps what it learns, for its user alone', async () => {
    await mkdir(kept);
    expect((await tellVersion()).code).toBe(0);
    expect((await stat(join(kept, 'compiled'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(kept, 'compiled'))).toHaveLength(1);
  });

  it('is not kept by the first run of a user', async () => {
    expect((await tellVersion()).code).toBe(0);
    expect(await readdir(home)).toEqual([]);
  });

  it('is neither read nor written in a folder that others can write', async () => {
    const folder = join(kept, 'compiled');
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o777);
    expect((await tellVersion()).code).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is neither read nor written below a folder that others can write, or behind a link', async () => {
    await mkdir(kept);
    await chmod(kept, 0o777);
    expect((await tellVersion()).code).toBe(0);
    await chmod(kept, 0o700);
    await rm(join(kept, 'compiled'), { recursive: true, force: true });
    await mkdir(join(home, 'elsewhere'), { mode: 0o700 });
    await symlink(join(home, 'elsewhere'), join(kept, 'compiled'));
    expect((await tellVersion()).code).toBe(0);
    expect(await readdir(join(home, 'elsewhere'))).toEqual([]);
  });

  it('is kept neither by the action nor in the temporary folder of all', async () => {
    await mkdir(kept);
    const env = { ...bare, XDG_CACHE_HOME: home, TMPDIR: home };
    await runAlba(['--version'], { env: { ...env, XDG_CACHE_HOME: join(home, 'none') } });
    await runAction({ command: 'container push', artifacts: 'none.tar', target: 'file://./site' }, { env });
    expect(await readdir(home)).toEqual(['alba']);
    expect(await readdir(kept)).toEqual([]);
  });
});
