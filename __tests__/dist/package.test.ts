import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { bareEnvironment } from '../support/alba.ts';

const root = join(import.meta.dirname, '../..');
const temporary = useTemporary();

it('npx from a git reference installs no devDependencies: no script is one for which npm does', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const preparing = ['preinstall', 'install', 'postinstall', 'build', 'prepack', 'prepare', 'postpack'];
  expect(Object.keys(scripts).filter((name) => preparing.includes(name) || /^pre|^post/.test(name))).toEqual(
    [],
  );
});

it('dist has the text of the licence of each package that it bundles', async () => {
  const licences = (await readFile(join(root, 'dist/licenses.txt'), 'utf8')).trim();
  const blocks = licences.split(/\n\n(?=(?:@[a-z0-9-]+\/)?[a-z0-9._-]+\n[A-Z0-9][\w .()-]*(?:\n|$))/);
  const names = blocks.map((block) => block.split('\n')[0]);
  expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-s3', 'commander', 'undici', 'alba-action']));
  expect(blocks.filter((block) => block.length < 500)).toEqual([]);
});

/** What a shell says that its children took, in seconds of a processor: `0m0.580000s 0m0.300000s`. */
function secondsIn(times: string): number {
  const [own = '', system = ''] = times.split(' ');
  const seconds = (text: string): number => {
    const [minutes = '', rest = ''] = text.replace('s', '').split('m');
    return Number(minutes) * 60 + Number(rest);
  };
  return seconds(own) + seconds(system);
}

it.skipIf(process.platform === 'win32')(
  'npx has the package at work with an empty cache and without a network, in less than 5 s of a processor',
  { timeout: 60_000 },
  () => {
    const { path } = temporary;
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', path];
    const [{ filename, version }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }));
    const script = `npx --yes ./${filename} --version && times`;
    const env = {
      ...bareEnvironment(path),
      npm_config_cache: join(path, 'cache'),
      npm_config_offline: 'true',
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_update_notifier: 'false',
    };
    const told = execFileSync('sh', ['-c', script], { cwd: path, encoding: 'utf8', env });
    const [first, , times = ''] = told.trim().split('\n');
    expect(first).toBe(version);
    expect(secondsIn(times)).toBeGreaterThan(0.1);
    expect(secondsIn(times)).toBeLessThan(5);
  },
);
