import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { albatros, writeTree } from '../release/support.ts';
import { type Ended, runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
let made = 0;
const fresh = async (): Promise<string> => {
  made += 1;
  const folder = join(temporary.path, `${made}`);
  await mkdir(folder);
  return folder;
};
/** `[[[…]]]`, or objects in each other. */
const nested = (depth: number, [open = '[', close = ']'] = ['[', ']']): string =>
  `${open.repeat(depth)}${close === '}' ? '1' : ''}${close.repeat(depth)}`;
const depths = [2_500, 4_000, 100_000];

describe('JSON that is nested without end', () => {
  it('is told with the file that it is in, as that of a layout', async () => {
    for (const depth of depths) {
      const folder = await fresh();
      const layout = new FixtureLayout();
      layout.list(layout.image(makeImage({ os: 'linux', architecture: 'amd64' })));
      await layout.write(join(folder, 'layout'));
      const index = await readFile(join(folder, 'layout/index.json'), 'utf8');
      const more = `"more":${nested(depth, ['{"a":', '}'])},`;
      await writeFile(join(folder, 'layout/index.json'), index.replace('{', `{${more}`));
      const words = ['container', 'push', '--no-cache', '-t', 'app:1', 'layout', 'file://./site'];
      const { code, stderr } = await runAlba(words, { cwd: folder });
      expect(stderr).toMatch(/layout \(index\.json\) is not JSON: it nests more than 500 deep/);
      expect(code).toBe(1);
    }
  });

  it('is told with the key that it is at, as that of a release, before anything is written', async () => {
    for (const depth of depths) {
      const folder = await fresh();
      await writeTree(join(folder, 'df'), albatros);
      await mkdir(join(folder, 'site/df-dist-v1/app/1.0'), { recursive: true });
      const document = `{"flavors":[{"resources":[{"path":"a"}],"platform":{"os":"linux","architecture":"arm"}}],"more":${nested(depth)}}`;
      await writeFile(join(folder, 'site/df-dist-v1/app/1.0/_self.json'), document);
      const words = ['static', 'push', '-t', 'app:1.0', 'df', 'file://./site'];
      const { code, stderr } = await runAlba(words, { cwd: folder });
      expect(stderr).toMatch(/site\/df-dist-v1\/app\/1\.0, where the manifest .* nests more than 500 deep/);
      expect(code).toBe(1);
      expect(await readdir(join(folder, 'site/df-dist-v1/app'))).toEqual(['1.0']);
    }
  });

  it('is told as the input that it is in', async () => {
    for (const depth of depths.slice(0, 2)) {
      const inputs = { artifacts: nested(depth), tag: 'app:1', target: 'file://./site' };
      const { code, stdout } = await runAction(inputs, { cwd: await fresh() });
      expect(stdout).toMatch(/artifacts begin like JSON, but are none: .*nests more than 500 deep/);
      expect(code).toBe(1);
    }
  });
});

describe.skipIf(process.platform === 'win32')(
  'a layout of which a part is a link to a file of the job',
  () => {
    it.each([
      ['a key', 'index.json', 'SECRET-OF-THE-JOB'],
      ['lines of a config', 'index.json', 'user = SECRET\ntoken = SECRET\n'],
      ['JSON that ends early', 'index.json', '{"auths":{"x":{"auth":"SECRET'],
      ['JSON with a comment', 'index.json', '{"token":\'SECRET\'}'],
      ['a text in JSON', 'index.json', '"SECRET-OF-THE-JOB"'],
      ['a marker', 'oci-layout', 'SECRET-OF-THE-JOB'],
    ])('quotes nothing of it: %s', async (_, name, secret) => {
      const folder = await fresh();
      await mkdir(join(folder, 'layout/blobs/sha256'), { recursive: true });
      await writeFile(join(folder, 'secret'), secret);
      await writeFile(join(folder, 'layout/oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
      await writeFile(join(folder, 'layout/index.json'), '{"schemaVersion":2,"manifests":[]}');
      await rm(join(folder, 'layout', name));
      await symlink(join(folder, 'secret'), join(folder, 'layout', name));
      const words = [
        'container',
        'push',
        '--no-cache',
        '--verbose',
        'layout',
        '-t',
        'app:1',
        'file://./site',
      ];
      const { code, stdout, stderr } = await runAlba(words, { cwd: folder });
      expect(code).toBe(1);
      expect(stderr).toMatch(/layout \((index\.json|oci-layout)\) is (not JSON|malformed)/);
      expect(stdout + stderr).not.toMatch(/SEC|RET/);
    });
  },
);

describe('a document in which somebody wrote what is no text', () => {
  const lone = '\\ud800';
  const push = (cwd: string, tag: string): Promise<Ended> =>
    runAlba(['static', 'push', '--page', '-t', `app:${tag}`, 'df', 'file://./site'], { cwd });
  const deface = async (folder: string, key: string, from: string, to: string): Promise<void> => {
    const file = join(folder, 'site/df-dist-v1', key, '_self.json');
    const document = await readFile(file, 'utf8');
    expect(document).toContain(from);
    await writeFile(file, document.replace(from, to));
  };
  const released = async (): Promise<string> => {
    const folder = await fresh();
    await writeTree(join(folder, 'df'), albatros);
    expect((await push(folder, '1.0')).code).toBe(0);
    return folder;
  };

  it('takes an older release off the page, and the new one is published with a warning', async () => {
    for (const [from, to] of [
      ['"path":"albatros"', `"path":"${lone}"`],
      ['"os":"linux"', `"os":"${lone}"`],
      ['{"flavors"', '{{'],
    ] as const) {
      const folder = await released();
      await deface(folder, 'app/1.0', from, to);
      const { code, stderr } = await push(folder, '1.1');
      expect(stderr).toMatch(
        /not on the page: .*site\/df-dist-v1\/app\/1\.0, where the manifest of a tag belongs, /,
      );
      expect(code).toBe(0);
      const page = await readFile(join(folder, 'site/df-dist-v1/app/index.html'), 'utf8');
      expect(page).toContain('<bdi>1.1</bdi>');
      expect(page).not.toContain('<bdi>1.0</bdi>');
    }
  });

  it('is an error before anything is written where it is of the release itself, or the list', async () => {
    for (const [key, from, to] of [
      ['app/1.0', '"path":"albatros"', `"path":"${lone}"`],
      ['app', '["1.0"]', `["1.0","${lone}"]`],
    ] as const) {
      const folder = await released();
      await deface(folder, key, from, to);
      await writeTree(join(folder, 'df'), { 'linux/amd64/albatros': '#!other' });
      const { code, stderr } = await push(folder, '1.0');
      expect(stderr).toMatch(new RegExp(`site/df-dist-v1/${key}, where .* is malformed at .*is no text`));
      expect(code).toBe(1);
      expect(await readFile(join(folder, 'site/df-dist-v1/app/1.0/linux/amd64/albatros'), 'utf8')).toBe(
        '#!amd64',
      );
    }
  });
});

it('a host that no URL can have is told by its name, before anything is read', async () => {
  for (const host of ['1.2.3.4.5', '256.256.256.256', 'a.example:99999', '[:::]']) {
    const words = ['container', 'push', '--no-cache', 'nowhere.tar', `docker://${host}/app:1`];
    const { code, stderr } = await runAlba(words, { cwd: temporary.path });
    expect(stderr).toContain(`"${host}" is not a registry host: expected host[:port]`);
    expect(code).toBe(2);
  }
});
