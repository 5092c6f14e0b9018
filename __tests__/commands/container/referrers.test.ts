import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Node } from '../../../src/content/content.ts';
import type { Digest } from '../../../src/oci/digest.ts';
import { parseIndex } from '../../../src/oci/manifest.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { readIn } from '../../interop/pipeline.ts';
import { makeReferrer, pushAll } from '../../repository/referrer.ts';
import { openApp } from '../../repository/registry/fake.ts';
import { makeRelease } from '../../repository/release.ts';
import { type Ended, runAlba } from '../../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';

const temporary = useTemporary();
const release = makeRelease('one');
const [first, second] = release.children;
if (!first || !second) throw new Error('the release has several platforms');
/** What refers to the index, to an image of it, and to that. */
const ofIndex = makeReferrer(release.descriptor, 'of the index');
const ofImage = makeReferrer(first.descriptor, 'of an image');
const ofReferrer = makeReferrer(ofImage.descriptor, 'of what refers to an image');
const ofOther = makeReferrer(second.descriptor, 'of another image');

describeWith([registryTool[3]], 'what refers to a published image', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
    await using app = openApp(registry.host);
    for (const node of [release, ofIndex, ofImage, ofReferrer, ofOther]) await pushAll(app, node);
    await app.tag(release, ['1']);
    await app.tag(first, ['first']);
    await app.tag(second, ['second']);
  });
  afterAll(() => registry?.stop());

  /** Promotes to a registry, to a folder and to a layout. */
  const promote = async (name: string, tags: readonly string[], more: readonly string[] = []) => {
    const from = tags.flatMap((tag) => ['--from', `docker://${registry.host}/app:${tag}`]);
    const targets = [
      `docker://${registry.host}/${name}`,
      `file://${join(temporary.path, name)}`,
      `oci:${join(temporary.path, `${name}.oci`)}`,
    ];
    const words = ['container', 'push', ...from, ...more, '-t', `${name}:1`, ...targets];
    const ended = await runAlba(words);
    expect(ended).toMatchObject({ code: 0 });
    return ended;
  };
  /** The digests of what refers to a manifest, as the registry and the folder tell it. */
  const referrersOf = async (name: string, { descriptor }: Node): Promise<readonly Digest[][]> => {
    const response = await fetch(`${registry.url}/v2/${name}/manifests/sha256-${descriptor.digest.slice(7)}`);
    const inRegistry = response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
    const folder = readIn(join(temporary.path, name));
    const inFolder = await folder(`v2/${name}/referrers/${descriptor.digest}`);
    return [inRegistry, inFolder].map((bytes) =>
      bytes ? parseIndex(bytes, name).manifests.map(({ digest }) => digest) : [],
    );
  };
  const both = ({ descriptor }: Node) => [[descriptor.digest], [descriptor.digest]];
  const warnings = ({ stderr }: Ended) => stderr.split('\n').filter((line) => line.includes('left out'));

  it('goes with it into a new index over one, and what refers to that', async () => {
    const ended = await promote('wrapped', ['first']);
    expect(await referrersOf('wrapped', first)).toEqual(both(ofImage));
    expect(await referrersOf('wrapped', ofImage)).toEqual(both(ofReferrer));
    expect(warnings(ended)).toEqual([]);
  });

  it('goes with each of several into their index', async () => {
    const ended = await promote('merged', ['first', 'second']);
    expect(await referrersOf('merged', first)).toEqual(both(ofImage));
    expect(await referrersOf('merged', ofImage)).toEqual(both(ofReferrer));
    expect(await referrersOf('merged', second)).toEqual(both(ofOther));
    expect(warnings(ended)).toEqual([]);
  });

  it('goes with an index that changes, save what refers to that index, which is told', async () => {
    const ended = await promote('annotated', ['1'], ['--annotations', 'index:stage=production']);
    expect(await referrersOf('annotated', first)).toEqual(both(ofImage));
    expect(await referrersOf('annotated', second)).toEqual(both(ofOther));
    expect(await referrersOf('annotated', release)).toEqual([[], []]);
    const [warning, ...others] = warnings(ended);
    expect(warning).toContain(
      `1 referrer (signatures and the like) left out: of index ${release.descriptor.digest}`,
    );
    expect(others).toEqual([]);
  });

  it('goes with an index that stays as it is, all of it', async () => {
    const ended = await promote('whole', ['1']);
    expect(await referrersOf('whole', release)).toEqual(both(ofIndex));
    expect(await referrersOf('whole', first)).toEqual(both(ofImage));
    expect(warnings(ended)).toEqual([]);
  });

  it('goes with an index that is there already, though it was added since', async () => {
    await promote('later', ['1']);
    const late = makeReferrer(second.descriptor, 'added since');
    await using app = openApp(registry.host);
    await pushAll(app, late);
    await promote('later', ['1']);
    const added = [ofOther, late].map(({ descriptor }) => descriptor.digest);
    for (const digests of await referrersOf('later', second)) {
      expect(new Set(digests)).toEqual(new Set(added));
    }
  });
});
