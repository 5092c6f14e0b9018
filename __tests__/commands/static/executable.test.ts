import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StaticPushResult } from '../../../src/commands/static/push-result.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeConfig } from '../../fixtures/image.ts';
import { tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const elf = Buffer.concat([Buffer.from('7f454c46020101000000000000000000020003', 'hex'), Buffer.alloc(200)]);
const mach = Buffer.concat([Buffer.from('cffaedfe0c0000010000000002000000', 'hex'), Buffer.alloc(200)]);

const push = async (name: string, ...words: string[]) => {
  const all = ['static', 'push', '--json', '-t', `${name}:1`, '--page', ...words, 'file://./site'];
  const ended = await runAlba(all, { cwd: temporary.path });
  expect(ended).toMatchObject({ code: 0 });
  const { files }: StaticPushResult = JSON.parse(ended.stdout);
  return { executable: files.flatMap((file) => (file.executable ? [file.path] : [])), log: ended.stderr };
};
const pageOf = (name: string) => readFile(join(temporary.path, `site/df-dist-v1/${name}/index.html`), 'utf8');

/** Files as actions/upload-artifact leaves them, but for those that are named as executable. */
async function write(
  files: Record<string, Buffer | string>,
  modes: Record<string, number> = {},
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(temporary.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    await chmod(path, modes[name] ?? 0o644);
  }
}

describe('static push of files that lost their modes', () => {
  it('publishes programs as executable, and tells once which', async () => {
    await write({
      'lost/linux/amd64/app': elf,
      'lost/linux/arm64/app': elf,
      'lost/linux/arm64/run.sh': '#!/bin/sh\n',
      'lost/darwin/arm64/app': mach,
      'lost/windows/amd64/app.exe': Buffer.from('4d5a9000', 'hex'),
      'lost/linux/amd64/README': 'text',
    });
    const { executable, log } = await push('lost', 'lost');
    const programs = ['darwin/arm64/app', 'linux/amd64/app', 'linux/arm64/app', 'linux/arm64/run.sh'];
    expect(executable).toEqual(programs);
    const told = log.split('\n').filter((line) => line.includes('executable by content'));
    const names = programs.map((path) => join('lost', path)).join(', ');
    expect(told).toEqual([
      `executable by content, though not by mode (actions/upload-artifact drops modes): 4 files, ${names}`,
    ]);
    const lines = (await pageOf('lost')).split('\n').filter((line) => line.includes('curl -fL'));
    expect(lines.filter((line) => line.includes('chmod +x'))).toHaveLength(4);
    expect(lines.filter((line) => !line.includes('chmod +x'))).toHaveLength(2);
  });

  it('names the first of many', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`many/linux/amd64/app-${index}`, elf]),
    );
    await write(files);
    const { log } = await push('many', 'many');
    expect(log).toMatch(/: 9 files, many.linux.amd64.app-0, .*app-4 and 4 more\n/);
  });

  it.skipIf(process.platform === 'win32')(
    'tells nothing where modes say the same, and believes them',
    async () => {
      const [app, data] = ['kept/linux/amd64/app', 'kept/linux/amd64/data'];
      await write({ [app]: elf, [data]: 'text' }, { [app]: 0o755, [data]: 0o755 });
      const { executable, log } = await push('kept', 'kept');
      expect(executable).toEqual(['linux/amd64/app', 'linux/amd64/data']);
      expect(log).not.toContain('by content');
    },
  );

  it('does the same for what lies in an image', async () => {
    const layer = tar([
      { name: 'out/app', content: elf },
      { name: 'out/kept', content: 'text', mode: 0o755 },
      { name: 'out/README', content: 'text' },
    ]);
    const platform = { os: 'linux', architecture: 'amd64' };
    const archive = dockerArchive({ platform, config: makeConfig(platform, [layer]), layers: [layer] });
    await temporary.write('image.tar', archive);
    const { executable, log } = await push('image', '--extract', '/out', 'image.tar');
    expect(executable).toEqual(['linux/amd64/app', 'linux/amd64/kept']);
    expect(log).toContain('1 file, image.tar:/out/app');
  });
});
