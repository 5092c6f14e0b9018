import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageWithManifest, type ImageWithoutManifest, leaf } from '../../src/content/content.ts';
import {
  type Annotation,
  annotationWarnings,
  checkAnnotations,
  parseAnnotation,
  toAnnotations,
} from '../../src/image/annotate.ts';
import { assembleImage, mergeImages } from '../../src/image/assemble.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { formatPlatform, parsePlatform } from '../../src/oci/platform.ts';
import { bytesOf } from '../fixtures/read.ts';

const arm64 = parsePlatform('linux/arm64');
const annotations = (...lines: string[]): Annotation[] => lines.flatMap(parseAnnotation);

function blobOf(text: string, mediaType: string) {
  const bytes = Buffer.from(text);
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length };
  return { descriptor, open: () => Readable.from([bytes]) };
}

function imageWithoutManifest(platform: string): ImageWithoutManifest {
  return {
    kind: 'without-manifest',
    origin: `${platform}.tar`,
    platform: parsePlatform(platform),
    config: blobOf(`config of ${platform}`, mediaTypes.oci.config),
    layers: [],
  };
}

/** As it came from a layout whose index says something about it. */
function foundImage(platform: string, said: Record<string, string>): ImageWithManifest {
  const image = assembleImage(imageWithoutManifest(platform), [], 'oci');
  const descriptor = { ...image.manifest.descriptor, annotations: said };
  return { ...image, origin: 'layout', manifest: { ...image.manifest, descriptor } };
}

async function readRelease(images: readonly ImageWithManifest[], wanted: readonly Annotation[]) {
  const node = mergeImages(images, 'oci', wanted);
  const index = parseIndex(await bytesOf(node.open), 'index');
  const manifests: Record<string, unknown> = {};
  for (const { platform, manifest } of images) {
    manifests[formatPlatform(platform)] = parseManifest(await bytesOf(manifest.open), 'x').annotations;
  }
  const entries = index.manifests.map((entry) => entry.annotations);
  return { digest: node.descriptor.digest, index: index.annotations, manifests, entries };
}

const platforms = ['linux/amd64', 'linux/arm64'];
const release = (wanted: readonly Annotation[]) =>
  readRelease(
    platforms.map((platform) => assembleImage(imageWithoutManifest(platform), [], 'oci', wanted)),
    wanted,
  );

describe('an annotation', () => {
  it.each<[line: string, expected: Annotation[]]>([
    ['index:a=b', [{ level: 'index', key: 'a', value: 'b' }]],
    ['manifest:a=b', [{ level: 'manifest', key: 'a', value: 'b' }]],
    ['manifest[linux/arm64]:a=b', [{ level: 'manifest', platform: arm64, key: 'a', value: 'b' }]],
    [
      'index,manifest-descriptor[linux/arm64]:a=b',
      [
        { level: 'index', key: 'a', value: 'b' },
        { level: 'manifest-descriptor', platform: arm64, key: 'a', value: 'b' },
      ],
    ],
    ['index-descriptor:a=', [{ level: 'index-descriptor', key: 'a', value: '' }]],
    ['index:a:b=c:d=e,"f"', [{ level: 'index', key: 'a:b', value: 'c:d=e,"f"' }]],
    ['url=https://x/y?z=1', toAnnotations({ url: 'https://x/y?z=1' })],
    ['', []],
    ['  ', []],
  ])('is read from "%s"', (line, expected) => {
    expect(parseAnnotation(line)).toEqual(expected);
  });

  it.each([
    ['key', /"key" is not key=value/],
    ['index:key', /"index:key" is not key=value/],
    ['=value', /"=value" is not key=value/],
    ['index:=value', /is not key=value/],
    ['"key=value"', /without quotes/],
    ['com.example:key=1', /is for "com.example", which is unknown: expected index, manifest, index-desc/],
    ['index,:key=1', /is for "", which is unknown/],
    ['manifest[linux/arm64:key=1', /is for "manifest\[linux\/arm64", which is unknown/],
    ['manifest[arm64]:key=1', /"arm64" is not a platform/],
    ['index[linux/arm64]:key=1', /index is of all platforms/],
  ])('is not read from "%s"', (line, message) => {
    expect(() => parseAnnotation(line)).toThrow(message);
  });

  it('is of no use in Docker media types', () => {
    expect(() => checkAnnotations(annotations('a=b'), 'docker')).toThrow(/no annotations in format docker/);
    expect(() => checkAnnotations([], 'docker')).not.toThrow();
    expect(() => checkAnnotations(annotations('a=b'), 'oci')).not.toThrow();
  });
});

describe('a release with annotations', () => {
  it('has them in the index, its manifests and their descriptors, as asked', async () => {
    const wanted = annotations(
      'both=1',
      'index:top=2',
      'manifest[linux/arm64/v8]:arm=3',
      'manifest-descriptor:entry=4',
    );
    const { index, manifests, entries } = await release(wanted);
    expect(index).toEqual({ both: '1', top: '2' });
    expect(manifests).toEqual({
      'linux/amd64': { both: '1' },
      'linux/arm64': { arm: '3', both: '1' },
    });
    expect(entries).toEqual([{ entry: '4' }, { entry: '4' }]);
  });

  it('takes the one for a platform before those for all, then the last', async () => {
    const context = toAnnotations({ title: 'context', url: 'context' });
    const given = annotations(
      'manifest[linux/arm64]:title=arm',
      'manifest:title=first',
      'manifest:title=last',
    );
    const { index, manifests } = await release([...context, ...given]);
    expect(index).toEqual({ title: 'context', url: 'context' });
    expect(manifests).toEqual({
      'linux/amd64': { title: 'last', url: 'context' },
      'linux/arm64': { title: 'arm', url: 'context' },
    });
  });

  it('has one digest whatever their order, and none of them is the same as no mention', async () => {
    const lines = [
      'b=1',
      'index:a=2',
      'manifest[linux/arm64]:c=3',
      'manifest-descriptor:e=4',
      'manifest:d=5',
    ];
    const { digest } = await release(annotations(...lines));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (order) => {
        expect((await release(annotations(...order))).digest).toBe(digest);
      }),
      { seed: 6, numRuns: 20 },
    );
    const plain = platforms.map((platform) => assembleImage(imageWithoutManifest(platform), [], 'oci'));
    expect((await release([])).digest).toBe(mergeImages(plain, 'oci').descriptor.digest);
  });

  it('leaves manifests that came with one as they are, and keeps what their index said', async () => {
    const image = foundImage('linux/amd64', { old: 'kept', key: 'old' });
    const wanted = annotations('manifest:in=vain', 'manifest-descriptor:key=new');
    const { manifests, entries } = await readRelease([image], wanted);
    expect(manifests).toEqual({ 'linux/amd64': undefined });
    expect(entries).toEqual([{ key: 'new', old: 'kept' }]);
  });

  it('says nothing on attestations', async () => {
    const attestation = leaf(blobOf('attestation', mediaTypes.oci.manifest));
    const image = {
      ...assembleImage(imageWithoutManifest('linux/amd64'), [], 'oci'),
      attestations: [attestation],
    };
    const { entries } = await readRelease([image], annotations('manifest-descriptor:a=b'));
    expect(entries).toEqual([{ a: 'b' }, undefined]);
  });
});

describe('warnings', () => {
  const images = [imageWithoutManifest('linux/amd64'), foundImage('linux/arm64', {})];

  it('name the images whose manifests stay as they are, and the keys', () => {
    expect(annotationWarnings(images, annotations('b=1', 'manifest[linux/arm64]:a=1'))).toEqual([
      expect.stringMatching(/^layout \(linux\/arm64\): .* without a, b; manifest-descriptor: puts/),
    ]);
  });

  it('name the annotations that are on nothing', () => {
    const wanted = annotations('manifest[linux/386]:a=1', 'index-descriptor:b=1');
    expect(annotationWarnings(images, wanted)).toEqual([
      'annotation manifest[linux/386]:a is on nothing: no artifact is for linux/386',
      'annotation index-descriptor:b is on nothing: no document names the index',
    ]);
  });

  it('are none where all is done', () => {
    const wanted = annotations('index:a=1', 'manifest[linux/amd64]:b=1', 'manifest-descriptor:c=1');
    expect(annotationWarnings(images, wanted)).toEqual([]);
  });
});
