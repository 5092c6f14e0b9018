import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFiles } from '../../fixtures/binaries.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAlba } from '../../support/alba.ts';
import { run } from '../../support/run.ts';
import { startApache } from '../../support/servers/apache.ts';
import { startFileServer } from '../../support/servers/file-server.ts';
import { describeWith, requireTool } from '../../support/tools.ts';

const temporary = useTemporary();
const alba = (...words: string[]): Promise<Ended> => runAlba(words, { cwd: temporary.path });
const push = async (tag: string, target: string, ...more: string[]): Promise<Ended> => {
  await writeFiles(join(temporary.path, 'files'), { hello: tag });
  const words = ['container', 'push', '--no-cache', '--from-files', '--platforms', 'linux/amd64'];
  return alba(...words, '-t', tag, ...more, 'files', target);
};
async function succeed(ended: Promise<Ended>): Promise<string> {
  const done = await ended;
  expect(done, done.stderr).toMatchObject({ code: 0 });
  return done.stdout;
}

describeWith(['apache2'], 'images on Apache httpd, which keeps no types', () => {
  it('are refused before any tag, also where manifests are there already', async () => {
    await using apache = await startApache();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const ended = await push('app:1', `${apache.url}/reg`);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(
        /is served as no type at all, where clients insist on application\/vnd\.oci\.image\.(manifest|index)\.v1\+json: the server does not keep the types of files, .* no tag was written/,
      );
      if (attempt === 1) expect(ended.stderr).toContain('gc removes what nobody needs, if the server lists');
      const manifests = await readdir(join(apache.root, 'reg/v2/app/manifests'));
      expect(manifests.filter((name) => !name.startsWith('sha256:'))).toEqual([]);
    }
  });
});

describeWith(['crane'], 'images on WebDAV that keeps types', () => {
  it('are published, pulled by clients, listed and deleted', async () => {
    await using server = await startFileServer({ kind: 'webdav' });
    const target = `${server.url}?server=webdav`;
    await succeed(push('org/app:1', target));
    await succeed(push('org/app:2', target));
    expect([...server.files.keys()].filter((key) => /manifests\/\d$/.test(key))).toHaveLength(2);
    const again = server.requests.length;
    await succeed(push('org/app:2', target));
    expect(server.requests.slice(again).filter(({ method }) => method === 'PUT')).toEqual([]);

    const at = `${server.url}#org/app`;
    expect(await succeed(alba('container', 'ls', at))).toMatch(/1[\s\S]*2|2[\s\S]*1/);
    await succeed(alba('container', 'pull', `${at}:1`, 'oci:./pulled'));
    await using other = await startFileServer({ kind: 'webdav' });
    await succeed(alba('container', 'copy', `${at}:1`, `${other.url}#mirror/app:1`));
    expect(other.files.get('v2/mirror/app/manifests/1')?.bytes).toEqual(
      server.files.get('v2/org/app/manifests/1')?.bytes,
    );
    await succeed(alba('container', 'rm', `${at}:1`));
    await succeed(alba('container', 'gc', '--grace', '0s', '--keep', '1', at));
    const left = [...server.files.keys()];
    expect(left.filter((key) => /manifests\/\d$/.test(key))).toEqual(['v2/org/app/manifests/2']);
    expect(left.filter((key) => key.includes('/blobs/'))).toHaveLength(2);
    expect(left.find((key) => key === 'v2/org/app/tags/list')).toBeDefined();
  });

  it('are what crane pulls, where the tree is at the root of the server', async () => {
    await using server = await startFileServer({ kind: 'webdav', isRoot: true });
    const { host } = new URL(server.url);
    await succeed(push('org/app:1', `${server.url}?server=webdav`));
    const crane = requireTool('crane');
    await run(crane, ['validate', '--insecure', '--remote', `${host}/org/app:1`]);
    expect(await run(crane, ['ls', '--insecure', `${host}/org/app`])).toBe('1\n');
  });
});
