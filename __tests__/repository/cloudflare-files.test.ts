import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { openDirectory } from '../../src/repository/static/web/open-directory.ts';
import { putBytes } from '../../src/storage/bytes.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const manifest = Buffer.from('{"schemaVersion":2}');
const headers = { contentType: mediaTypes.oci.manifest };
const key = `v2/app/manifests/${digestOf(manifest)}`;

describe('a directory for Cloudflare Pages', () => {
  it('gets no rules from a media type or a name that is more than one line', async () => {
    const directory = join(temporary.path, 'lines');
    const folder = join(directory, 'v2/app/manifests');
    await mkdir(folder, { recursive: true });
    if (process.platform !== 'win32') await writeFile(join(folder, 'a\n/evil'.replace('/', '*')), manifest);
    const files = await openDirectory(directory, 'cloudflare-pages');
    await putBytes(files, key, manifest, headers);
    expect(await readFile(join(directory, '_headers'), 'utf8')).not.toContain('evil');
    await writeFile(join(folder, '1.0'), JSON.stringify({ mediaType: 'a/b\n/*\n  Set-Cookie: evil' }));
    await expect(putBytes(files, key, manifest, headers)).rejects.toThrow(
      /manifests\/1\.0 says .*media type/,
    );
    expect(await readFile(join(directory, '_headers'), 'utf8')).not.toContain('evil');
  });

  it.each([
    ['nothing, who began before', undefined, false],
    ['web servers', 'web', true],
  ] as const)('has the rules of documents of one who publishes there for %s', async (_, layout, isFirst) => {
    const directory = await mkdtemp(join(temporary.path, 'both-'));
    const other = Buffer.from('{"schemaVersion":2,"annotations":{}}');
    const otherKey = `v2/app/manifests/${digestOf(other)}`;
    const plain = await openDirectory(directory, layout);
    if (isFirst) await putBytes(plain, otherKey, other, headers);
    const pages = await openDirectory(directory, 'cloudflare-pages');
    await putBytes(pages, key, manifest, headers);
    if (!isFirst) await putBytes(plain, otherKey, other, headers);
    const rules = () => readFile(join(directory, '_headers'), 'utf8');
    for (const one of [key, otherKey]) expect(await rules()).toContain(`/${one}\n`);
    const later = await openDirectory(directory);
    await putBytes(later, 'v2/app/manifests/1.0', manifest, headers);
    expect(await rules()).toContain('/v2/app/manifests/1.0\n');
    await later.delete(otherKey);
    expect(await rules()).not.toContain(otherKey);
    const copies = await readdir(join(directory, 'alba-web/v2/app/manifests')).catch(() => []);
    expect(copies.sort()).toEqual(isFirst ? ['1.0.oci-manifest', `${digestOf(manifest)}.oci-manifest`] : []);
  });

  it('whose rules are no file is told so, whatever it is for', async () => {
    const directory = join(temporary.path, 'folder');
    await mkdir(join(directory, '_headers'), { recursive: true });
    await expect(openDirectory(directory)).rejects.toThrow(/_headers is no file/);
  });

  it.skipIf(process.platform === 'win32')('takes no rules from behind a link that leads out', async () => {
    const directory = join(temporary.path, 'link');
    await mkdir(directory);
    await writeFile(join(temporary.path, 'secret'), 'SECRET-OF-THE-JOB');
    await symlink('../secret', join(directory, '_headers'));
    const files = await openDirectory(directory, 'cloudflare-pages');
    await expect(putBytes(files, key, manifest, headers)).rejects.toThrow(/symbolic link that leads out/);
  });
});
