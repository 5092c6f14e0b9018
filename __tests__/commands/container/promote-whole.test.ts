import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Node } from '../../../src/content/content.ts';
import { documentNode } from '../../../src/image/assemble.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { openLayout } from '../../../src/repository/layout.ts';
import { openStatic } from '../../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { pushAll } from '../../repository/referrer.ts';
import { openApp } from '../../repository/registry/fake.ts';
import { makeRelease } from '../../repository/release.ts';
import { runAlba } from '../../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';

const temporary = useTemporary();
const [one, other] = [makeRelease('one'), makeRelease('other')];

function indexOver(children: readonly Node[]): Node {
  const manifests = children.map(({ descriptor }) => descriptor);
  return documentNode({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests }, children);
}

describeWith([registryTool[3]], 'an index that a reference names', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry?.stop());

  it.each([
    ['holds two images for each platform', 'twice', indexOver([...one.children, ...other.children])],
    ['names other indexes', 'nested', indexOver([one])],
    ['names indexes with two images for each platform', 'both', indexOver([one, other])],
    ['names an index and images', 'mixed', indexOver([one, ...other.children])],
  ])('is promoted as it is where it %s', async (_, name, index) => {
    await using app = openApp(registry.host);
    await pushAll(app, index);
    await app.tag(index, [name]);
    const at = (end: string) => join(temporary.path, `${name}${end}`);
    const targets = [`docker://${registry.host}/${name}:1`, `file://${at('')}`, `oci:${at('.oci')}`];
    const from = ['--from', `docker://${registry.host}/app:${name}`, '-t', `${name}:1`];
    const platforms = ['--platforms', 'linux/386,linux/amd64,linux/arm/v7,linux/arm64'];
    const ended = await runAlba(['container', 'push', '--json', ...from, ...platforms, ...targets]);
    expect(ended).toMatchObject({ code: 0 });
    const { digest } = index.descriptor;
    expect(JSON.parse(ended.stdout)).toMatchObject({ digest });
    const headers = { accept: mediaTypes.oci.index };
    const tagged = await fetch(`${registry.url}/v2/${name}/manifests/1`, { headers });
    expect(tagged.headers.get('docker-content-digest')).toBe(digest);
    const folder = openStatic(new FilesystemStorage(at('')), name);
    expect(await folder.resolve('1')).toMatchObject({ digest });
    expect(await folder.findMissing(descriptorsOf(index))).toEqual([]);
    const layout = openLayout(at('.oci'));
    expect(await layout.resolve('1')).toMatchObject({ digest });
    expect(await layout.findMissing(descriptorsOf(index))).toEqual([]);
  });

  it('is held to the platforms that are asked for', async () => {
    const index = indexOver([...one.children, ...other.children]);
    await using app = openApp(registry.host);
    await pushAll(app, index);
    await app.tag(index, ['held']);
    const wanted = ['--platforms', 'linux/386'];
    const from = ['--from', `docker://${registry.host}/app:held`, '-t', 'app:1'];
    const target = `file://${join(temporary.path, 'held')}`;
    const { code, stderr } = await runAlba(['container', 'push', ...from, ...wanted, target]);
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('is for linux/amd64, which "platforms" does not name');
  });
});

function descriptorsOf(node: Node): Node['descriptor'][] {
  return [node.descriptor, ...node.children.flatMap(descriptorsOf)];
}
