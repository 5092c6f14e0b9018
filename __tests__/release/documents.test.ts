import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { checksumsOf } from '../../src/release/checksums.ts';
import { formatJson, parseTagList, parseTagManifest, tagManifestOf } from '../../src/release/documents.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { run } from '../support/run.ts';
import { itWith } from '../support/tools.ts';
import { albatros, publish, readFiles, writeTree } from './support.ts';

const temporary = useTemporary();
const tree = (name: string, files: Readonly<Record<string, string>>) =>
  writeTree(`${temporary.path}/${name}`, files).then(readFiles);

/** As the older tool wrote it. */
const older =
  '{"flavors":[{"resources":[{"path":"albatros"}],"platform":{"architecture":"386","os":"linux"}},{"resources":[{"path":"albatros"}],"platform":{"architecture":"amd64","os":"linux"}},{"resources":[{"path":"albatros"}],"platform":{"architecture":"arm","os":"linux"}},{"resources":[{"path":"albatros"}],"platform":{"architecture":"arm64","os":"linux"}}]}';

describe('the documents of df-dist-v1', () => {
  it('read what the older tool wrote and write it back as it was', () => {
    expect(formatJson(parseTagManifest(Buffer.from(older), 'tag')).toString()).toBe(older);
    const list = '{"name":"albatros","tags":["0.9"]}';
    expect(formatJson(parseTagList(Buffer.from(list), 'list')).toString()).toBe(list);
    expect(parseTagList(Buffer.from('{"name":"a","tags":null}'), 'list').tags).toEqual([]);
    expect(parseTagManifest(Buffer.from('{"flavors":null}'), 'tag').flavors).toEqual([]);
  });

  it('take a field that is null for one that is absent', () => {
    const nulls = '{"path":"app","size":null,"digest":null,"executable":null,"notes":null}';
    const document = `{"flavors":[{"resources":[${nulls}],"platform":{"architecture":"arm","os":"linux","variant":null}}]}`;
    const [flavor] = parseTagManifest(Buffer.from(document), 'tag').flavors;
    expect(flavor?.platform.variant).toBeUndefined();
    expect(flavor?.resources[0]?.digest).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')(
    'differ from those only by what each resource also carries',
    async () => {
      const manifest = formatJson(tagManifestOf(await tree('albatros', albatros), undefined)).toString();
      const more = /,"size":\d+,"digest":"sha256:[0-9a-f]{64}","executable":true/g;
      expect(manifest.match(more)).toHaveLength(4);
      expect(manifest.replace(more, '')).toBe(older);
    },
  );

  it('name the variant, whose folder is part of the path, so that older readers find the file', async () => {
    const files = await tree('variant', { 'linux/arm/v6/app': 'x' });
    expect(tagManifestOf(files, undefined).flavors).toEqual([
      {
        resources: [{ path: 'v6/app', size: 1, digest: digestOf(Buffer.from('x')) }],
        platform: { architecture: 'arm', os: 'linux', variant: 'v6' },
      },
    ]);
  });

  it('keep what others added, save what was said of other bytes', async () => {
    const files = await tree('kept', { 'linux/arm/same': 'x', 'linux/arm/changed': 'x' });
    const published = parseTagManifest(
      Buffer.from(
        JSON.stringify({
          notes: 'https://example.org',
          flavors: [
            {
              resources: [
                { path: 'same', digest: digestOf(Buffer.from('x')), executable: true, signature: 'abc' },
                { path: 'changed', digest: digestOf(Buffer.from('y')), signature: 'def' },
                { path: 'gone' },
              ],
              platform: { architecture: 'arm', os: 'linux', libc: 'musl' },
              label: 'Raspberry Pi',
            },
          ],
        }),
      ),
      'tag',
    );
    const resource = (path: string) => ({ path, size: 1, digest: digestOf(Buffer.from('x')) });
    expect(tagManifestOf(files, published)).toEqual({
      notes: 'https://example.org',
      flavors: [
        {
          resources: [resource('changed'), { ...resource('same'), signature: 'abc' }],
          platform: { architecture: 'arm', os: 'linux', libc: 'musl' },
          label: 'Raspberry Pi',
        },
      ],
    });
  });

  it.each(['not json', '{"tags":[]}', '{"name":"a","tags":"b"}'])(
    'refuse a list that is none: %s',
    (text) => {
      expect(() => parseTagList(Buffer.from(text), 's3://b/k')).toThrow(
        /s3:\/\/b\/k, where the list of tags belongs/,
      );
    },
  );

  it('escape a backslash in SHA256SUMS as coreutils do', () => {
    const digest = digestOf(Buffer.from('x'));
    const file = {
      platform: { os: 'linux', architecture: 'arm' },
      origin: '',
      location: '',
      executable: false,
      size: 1,
    };
    const sums = checksumsOf([{ ...file, digest, path: 'a\\b' }]).toString();
    expect(sums).toBe(`\\${digest.slice(7)}  linux/arm/a\\\\b\n`);
  });

  itWith(['sha256sum'], 'have checksums that sha256sum accepts', async () => {
    const names = ['back\\slash', "quo'te", 'sp ace', '*star', 'größe', '-dash'];
    const files = await tree('sums', Object.fromEntries(names.map((name) => [`linux/amd64/${name}`, name])));
    await publish(new FilesystemStorage(`${temporary.path}/out`), '1.0', files);
    const folder = `${temporary.path}/out/df-dist-v1/albatros/1.0`;
    const stdout = await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder });
    expect(stdout.match(/: OK$/gm)).toHaveLength(names.length);
  });
});
