import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaf, type Node } from '../../../src/content/content.ts';
import { documentNode } from '../../../src/image/assemble.ts';
import type { Manifest } from '../../../src/oci/manifest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { openLayout } from '../../../src/repository/layout.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import { openStatic } from '../../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { makeReferrer, pushAll } from '../../repository/referrer.ts';
import { openApp, quick, startFake } from '../../repository/registry/fake.ts';
import { blobOf, makeRelease } from '../../repository/release.ts';
import { runAlba } from '../../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';

const temporary = useTemporary();
const emptyConfig = 'application/vnd.oci.empty.v1+json';

/** A manifest of other things than an image. */
function makeArtifact(config: string, layers: readonly string[], more: Partial<Manifest> = {}): Node {
  const blobs = [
    blobOf(config, Buffer.from('{}')),
    ...layers.map((type) => blobOf(type, Buffer.from(`content of ${type}`))),
  ];
  const [first, ...others] = blobs.map(({ descriptor }) => descriptor);
  if (!first) throw new Error('there is a config');
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes.oci.manifest,
    config: first,
    layers: others,
    ...more,
  };
  return documentNode({ ...document, schemaVersion: 2 }, blobs.map(leaf));
}

const helm = 'application/vnd.cncf.helm.config.v1+json';
const chart = makeArtifact(helm, ['application/vnd.cncf.helm.chart.content.v1.tar+gzip']);
const emptyIndex = documentNode({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [] }, []);
const chartIndex = documentNode(
  { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [chart.descriptor] },
  [chart],
);
/** What each reference is, and what it is called. */
const artifacts: readonly (readonly [name: string, node: Node, told: string])[] = [
  ['chart', chart, helm],
  ['sbom', makeArtifact(mediaTypes.oci.config, ['text/spdx+json']), 'text/spdx+json'],
  [
    'wasm',
    makeArtifact('application/vnd.wasm.config.v0+json', ['application/wasm']),
    'application/vnd.wasm.config.v0+json',
  ],
  [
    'wasm-compat',
    makeArtifact(mediaTypes.oci.config, ['application/vnd.wasm.content.layer.v1+wasm']),
    'application/vnd.wasm.content.layer.v1+wasm',
  ],
  ['files', makeArtifact(emptyConfig, ['text/plain'], { artifactType: 'text/example' }), 'text/example'],
  ['empty', emptyIndex, 'an index without manifests'],
  ['chart-index', chartIndex, 'an index without images'],
];

describeWith([registryTool[3]], 'a reference that is no image', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
    await using repository = openApp(registry.host);
    for (const [name, node] of artifacts) {
      await pushAll(repository, node);
      await repository.tag(node, [name]);
    }
  });
  afterAll(() => registry?.stop());

  const targets = () => [
    `docker://${registry.host}/production`,
    `file://${join(temporary.path, 'site')}`,
    `oci:${join(temporary.path, 'layout')}`,
  ];
  const promote = (from: string) =>
    runAlba(['container', 'push', '--from', from, '-t', 'production:1', ...targets()]);
  const places = () => [
    openRegistry({ registry: registry.host, repository: 'production' }, quick),
    openStatic(new FilesystemStorage(join(temporary.path, 'site')), 'production'),
    openLayout(join(temporary.path, 'layout')),
  ];

  it('is published as it is to every target, with what refers to it, and promoted from there again', async () => {
    await using repository = openApp(registry.host);
    for (const [name, node, told] of artifacts.filter(([name]) => name !== 'empty')) {
      const referrer = makeReferrer(node.descriptor, `about ${name}`);
      await pushAll(repository, referrer);
      const { digest } = node.descriptor;
      const ended = await promote(`docker://${registry.host}/app:${name}`);
      expect({ name, ...ended }).toMatchObject({ name, code: 0 });
      expect(ended.stderr).toContain(
        `${registry.host}/app:${name} is no image but ${told}: it is published as it is`,
      );
      for (const place of places()) {
        expect(await place.resolve('1'), `${name} at ${place.url}`).toMatchObject({ digest });
        expect(await place.referrers(digest), `${name} at ${place.url}`).toMatchObject([
          { digest: referrer.descriptor.digest },
        ]);
      }
      const back = [`oci:${join(temporary.path, 'layout')}:1`, `docker://${registry.host}/back:${name}`];
      const again = await runAlba(['container', 'push', '--json', '--from', ...back]);
      expect(again, again.stderr).toMatchObject({ code: 0 });
      expect(JSON.parse(again.stdout)).toMatchObject({ digest, manifests: [] });
    }
  });

  it('that leads to nothing is published nowhere, and the tag keeps what it names', async () => {
    await using repository = openApp(registry.host);
    const release = makeRelease('one');
    await pushAll(repository, release);
    await repository.tag(release, ['image']);
    expect(await promote(`docker://${registry.host}/app:image`)).toMatchObject({ code: 0 });
    const { code, stderr } = await promote(`docker://${registry.host}/app:empty`);
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('app:empty is no image but an index without manifests');
    for (const place of places()) expect(await place.resolve('1')).toMatchObject(release.descriptor);
  });

  it('gets no annotations, and joins no index', async () => {
    const from = ['container', 'push', '--from', `docker://${registry.host}/app:chart`];
    const target = `oci:${join(temporary.path, 'untouched')}:1`;
    const annotated = await runAlba([...from, '--annotation', 'a=b', target]);
    expect(annotated).toMatchObject({ code: 1 });
    expect(annotated.stderr).toContain('so that it gets no annotations');
    const joining = await runAlba([...from, '--update', target]);
    expect(joining).toMatchObject({ code: 1 });
    expect(joining.stderr).toContain('it cannot join an index of images');
  });

  it('passes with an index that holds images, too', async () => {
    await using repository = openApp(registry.host);
    const release = makeRelease('mixed');
    const mixed = documentNode(
      {
        schemaVersion: 2,
        mediaType: mediaTypes.oci.index,
        manifests: [...release.children, chart].map(({ descriptor }) => descriptor),
      },
      [...release.children, chart],
    );
    await pushAll(repository, mixed);
    await repository.tag(mixed, ['mixed']);
    const promoted = await promote(`docker://${registry.host}/app:mixed`);
    expect(promoted).toMatchObject({ code: 0 });
    expect(promoted.stderr).not.toContain('left out');
    for (const place of places()) {
      expect(await place.resolve('1')).toMatchObject({ digest: mixed.descriptor.digest });
      expect(await place.exists(chart.descriptor)).toBe(true);
    }
    const from = ['--from', `docker://${registry.host}/app:mixed`, '--annotation', 'a=b'];
    const anew = await runAlba(['container', 'push', ...from, `oci:${join(temporary.path, 'anew')}:1`]);
    expect(anew).toMatchObject({ code: 0 });
    expect(anew.stderr).toContain(
      `left out ${chart.descriptor.digest}, which is no image but ${helm}; to keep it, publish the index by itself, without annotations`,
    );
  });

  it('is told apart where it stands beside an image', async () => {
    const both = [`docker://${registry.host}/app:image`, `docker://${registry.host}/app:chart`];
    const target = `file://${join(temporary.path, 'both')}`;
    const from = both.flatMap((reference) => ['--from', reference]);
    const { code, stderr } = await runAlba(['container', 'push', ...from, '-t', 'app:1', target]);
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain(`is no image but ${helm}`);
  });

  it('is refused where a portal answers every request with a page, as is a portal for a target', async () => {
    const type = { 'content-type': 'text/html; charset=utf-8' };
    await using portal = await startFake(({ method }, response) => {
      response.writeHead(200, type);
      // In pieces: its size is not told, so that whatever is asked for seems to be there.
      if (method !== 'HEAD') response.write('<!DOCTYPE html>');
      response.end(method === 'HEAD' ? undefined : '<title>Welcome</title>');
    });
    const page = 'answered a web page (text/html), not a manifest';
    const source = await promote(`docker://${portal.host}/app:1`);
    expect(source).toMatchObject({ code: 1 });
    expect(source.stderr).toContain(page);
    const words = ['--from', `docker://${registry.host}/app:image`, `docker://${portal.host}/app:1`];
    const target = await runAlba(['container', 'push', ...words]);
    expect(target).toMatchObject({ code: 1 });
    expect(target.stderr).toContain(page);
  });
});
