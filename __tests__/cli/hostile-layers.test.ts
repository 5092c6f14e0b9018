import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeConfig } from '../fixtures/image.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const platform = { os: 'linux', architecture: 'amd64' };
let made = 0;

/** Extracts `/out` of an image with one layer, in so many MB of memory. */
async function extract(members: readonly TarMember[], memory = 200): Promise<Ended> {
  made += 1;
  const layers = [tar(members)];
  const archive = dockerArchive({ platform, config: makeConfig(platform, layers), layers });
  await writeFile(join(temporary.path, `${made}.tar`), archive);
  const words = [
    'static',
    'push',
    '-t',
    'app:1',
    '--extract',
    '/out',
    `${made}.tar`,
    `file://./site-${made}`,
  ];
  return runAlba(words, { cwd: temporary.path, env: { NODE_OPTIONS: `--max-old-space-size=${memory}` } });
}
const deep = (count: number, name: string): string => `${`${name}/`.repeat(count)}end`;

describe('a layer of an image whose files are extracted', { timeout: 60_000 }, () => {
  it('is refused with names longer than any system has, before they fill the memory', async () => {
    const members = Array.from({ length: 40 }, (_, index) => ({
      name: `${index}/${deep(500_000, 'a')}`,
      content: '',
    }));
    const { code, stderr } = await extract(members);
    expect(stderr).toMatch(/1\.tar.* has a name of more than 4096 characters in its layers/);
    expect(code).toBe(1);
  });

  it('is refused with links longer than any system has', async () => {
    const { code, stderr } = await extract([{ name: 'out/link', symlink: deep(5_000, 'a') }]);
    expect(stderr).toMatch(/has a name of more than 4096 characters in its layers/);
    expect(code).toBe(1);
  });

  it('is refused where it nests folders without end, by links into what it made', async () => {
    const members: TarMember[] = [{ name: `out/${deep(900, 'd')}`, content: 'x' }];
    for (let index = 0; index < 39; index += 1) {
      const from = index === 0 ? `out/${'d/'.repeat(900)}` : `link-${index - 1}/${'d/'.repeat(900)}`;
      members.push({ name: `link-${index}`, symlink: from });
      members.push({ name: `link-${index}/${deep(900, 'd')}`, content: 'x' });
    }
    const { code, stderr } = await extract(members);
    expect(stderr).toMatch(/nests its folders more than 1000 deep/);
    expect(code).toBe(1);
  });

  it('is refused where links lead from folder to folder without end', async () => {
    const members: TarMember[] = Array.from({ length: 39 }, (_, index) => ({
      name: `${index === 0 ? 'out' : `f${index}`}/${'d/'.repeat(900)}next`,
      symlink: `/f${index + 1}`,
    }));
    members.push({ name: 'f39/file', content: 'x' });
    const { code, stderr } = await extract(members);
    expect(stderr).toMatch(/nests its folders more than 1000 deep/);
    expect(code).toBe(1);
  });

  it('is refused where a file lies behind links that lead in circles', async () => {
    const { code, stderr } = await extract([
      { name: 'a', symlink: 'b' },
      { name: 'b', symlink: 'a' },
      { name: 'a/file', content: 'x' },
    ]);
    expect(stderr).toMatch(/\d\.tar: a is a symbolic link that leads back to itself, or lies behind one/);
    expect(code).toBe(1);
  });

  it('is refused with more names than an image has, though few entries make them', async () => {
    const members = Array.from({ length: 4_000 }, (_, index) => ({
      name: `${index}/${deep(990, 'a')}`,
      content: '',
    }));
    const { code, stderr } = await extract(members, 600);
    expect(stderr).toMatch(/has more than \d+ files and folders in its layers/);
    expect(code).toBe(1);
  });
});
