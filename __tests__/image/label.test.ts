import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageWithoutManifest } from '../../src/content/content.ts';
import { assembleImage } from '../../src/image/assemble.ts';
import { labelImage, labelWarnings, withLabels } from '../../src/image/label.ts';
import { parseLabel } from '../../src/image/parse-label.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { makeConfig } from '../fixtures/image.ts';
import { bytesOf } from '../fixtures/read.ts';

const platform = parsePlatform('linux/amd64');

function imageWithoutManifest(bytes: Buffer): ImageWithoutManifest {
  const descriptor = { mediaType: mediaTypes.docker.config, digest: digestOf(bytes), size: bytes.length };
  const config = { descriptor, open: () => Readable.from([bytes], { objectMode: false }) };
  return { kind: 'without-manifest', origin: 'app.tar', platform, config, layers: [] };
}

const relabel = (config: unknown, labels: Record<string, string>): string =>
  withLabels(Buffer.from(JSON.stringify(config)), labels, 'config').toString();

describe('a label', () => {
  it.each([
    ['a=b', [['a', 'b']]],
    ['org.opencontainers.image.description=', [['org.opencontainers.image.description', '']]],
    ['a=b=c "d" \'e\', f', [['a', 'b=c "d" \'e\', f']]],
    ['a= b', [['a', ' b']]],
    ['', []],
    [' ', []],
  ])('is read from "%s"', (line, expected) => {
    expect(parseLabel(line)).toEqual(expected);
  });

  it.each(['a', '=b', '"a=b"', 'a b=c'])('is not read from %s', (line) => {
    expect(() => parseLabel(line)).toThrow(`label "${line}" is not key=value`);
  });
});

describe('a config with labels', () => {
  it('keeps all else, in its order; given ones win', () => {
    const config = {
      vendor: { z: 1, a: [null, true] },
      rootfs: { type: 'layers', diff_ids: [] },
      config: { Cmd: ['x'], Labels: { b: 'old', a: 'kept' }, Extra: 'ä' },
      os: 'linux',
    };
    expect(relabel(config, { d: '4', b: 'new', c: '3' })).toBe(
      '{"vendor":{"z":1,"a":[null,true]},"rootfs":{"type":"layers","diff_ids":[]},' +
        '"config":{"Cmd":["x"],"Labels":{"b":"new","a":"kept","c":"3","d":"4"},"Extra":"ä"},"os":"linux"}',
    );
  });

  it.each([{}, { config: null }, { config: {} }, { config: { Labels: null } }])(
    'gets them where %j has none',
    (config) => {
      expect(JSON.parse(relabel(config, { a: 'b' }))).toEqual({ config: { Labels: { a: 'b' } } });
    },
  );

  it('is the same whatever their order', () => {
    const entries: [string, string][] = ['é', 'a', '10', '9', 'Z'].map((key) => [key, key]);
    const expected = relabel({}, Object.fromEntries(entries));
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (order) => {
        expect(relabel({}, Object.fromEntries(order))).toBe(expected);
      }),
      { seed: 6 },
    );
  });

  it.each(['[]', '{"config":1}', '{"config":{"Labels":{"a":1}}}', '{"config":{"Labels":["a"]}}', '{'])(
    'is not made of %s',
    (text) => {
      expect(() => withLabels(Buffer.from(text), { a: 'b' }, 'app.tar: config')).toThrow(
        /^app\.tar: config is/,
      );
    },
  );
});

describe('an image with labels', () => {
  it('has another config, of the right size and digest, that can be read again and again', async () => {
    const image = imageWithoutManifest(makeConfig(platform, []));
    const labelled = await labelImage(image, { title: 'Größe 2', a: 'b' });
    for (let round = 0; round < 2; round++) {
      const bytes = await bytesOf(labelled.config.open);
      expect(JSON.parse(bytes.toString()).config).toEqual({
        Cmd: ['/app/run'],
        Labels: { a: 'b', title: 'Größe 2' },
      });
      expect(labelled.config.descriptor).toEqual({
        mediaType: mediaTypes.docker.config,
        digest: digestOf(bytes),
        size: bytes.length,
      });
    }
  });

  it('is the very same without any', async () => {
    const image = imageWithoutManifest(Buffer.from('{ "config" : {} }'));
    expect(await labelImage(image, {})).toBe(image);
  });

  it('is not made of a damaged config', async () => {
    const image = imageWithoutManifest(Buffer.from('{}'));
    const damaged = { ...image, config: { ...image.config, open: () => Readable.from([Buffer.from('[]')]) } };
    await expect(labelImage(damaged, { a: 'b' })).rejects.toThrow(/app\.tar: config is damaged/);
  });

  it('is not made of one that has a manifest: a warning names it', () => {
    const loose = imageWithoutManifest(Buffer.from('{}'));
    const sealed = { ...assembleImage(loose, [], 'oci'), origin: 'layout' };
    expect(labelWarnings([loose, sealed], { b: '1', a: '2' })).toEqual([
      'layout (linux/amd64): images that have a manifest already stay as they are, without labels a, b',
    ]);
    expect(labelWarnings([loose], { a: '1' })).toEqual([]);
    expect(labelWarnings([sealed], {})).toEqual([]);
  });
});
