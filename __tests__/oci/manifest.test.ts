import { describe, expect, it } from 'vitest';
import { parseConfig, parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';

const bytes = (document: object): Buffer => Buffer.from(JSON.stringify(document));
const digest = `sha256:${'0'.repeat(64)}`;
const descriptor = { mediaType: mediaTypes.oci.config, digest, size: 1 };
const manifest = { schemaVersion: 2, config: descriptor, layers: [] };
const index = { schemaVersion: 2, manifests: [] };

describe('documents from outside', () => {
  it('are a manifest or an index, not both', () => {
    expect(parseManifest(bytes(manifest), 'it').config).toEqual(descriptor);
    expect(parseIndex(bytes(index), 'it').manifests).toEqual([]);
    const both = bytes({ ...manifest, ...index });
    expect(() => parseManifest(both, 'it')).toThrow(/^it is malformed at manifests: .*not both$/);
    expect(() => parseIndex(both, 'it')).toThrow(/^it is malformed at config: .*not both$/);
  });

  it.each(['linux\n::error::x', 'linux/arm', 'linux\u001b[2J', 'lin ux'])(
    'name platforms that can be shown, and told from others, not %j',
    (os) => {
      const platform = { os, architecture: 'amd64' };
      const config = { ...platform, rootfs: { type: 'layers', diff_ids: [] } };
      expect(() => parseConfig(bytes(config), 'it')).toThrow(/^it is malformed at os: expected letters/);
      const entry = { ...index, manifests: [{ ...descriptor, platform }] };
      expect(() => parseIndex(bytes(entry), 'it')).toThrow(
        /^it is malformed at manifests\.0\.platform\.os: /,
      );
    },
  );

  it.each([
    ['an index that is its list alone', { manifests: [descriptor] }, [descriptor]],
    ['an index without a list', { schemaVersion: 2, manifests: null }, []],
    [
      'a platform of nulls',
      { ...index, manifests: [{ ...descriptor, platform: { os: null, architecture: null, variant: null } }] },
      [descriptor],
    ],
    [
      'a platform that lacks its system',
      { ...index, manifests: [{ ...descriptor, platform: { os: '', architecture: 'arm64' } }] },
      [descriptor],
    ],
    [
      'fields that nobody knows',
      { ...index, more: 1, manifests: [{ ...descriptor, annotations: null, data: 'e30=' }] },
      [{ ...descriptor, data: 'e30=' }],
    ],
  ])('are read where they have %s', (_, document, manifests) => {
    expect(parseIndex(bytes(document), 'it').manifests).toEqual(manifests);
  });

  it('take absent and null layers, and a config without any, for none', () => {
    for (const layers of [undefined, null]) {
      expect(parseManifest(bytes({ ...manifest, layers }), 'it').layers).toEqual([]);
    }
    const config = { os: 'linux', architecture: 'amd64', variant: null, rootfs: { diff_ids: null } };
    expect(parseConfig(bytes(config), 'it')).toEqual({
      platform: { os: 'linux', architecture: 'amd64' },
      diffIds: [],
    });
  });

  it('are quoted in short', () => {
    const long = { ...index, schemaVersion: 'x'.repeat(100_000) };
    expect(() => parseIndex(bytes(long), 'it')).toThrow(/^it is malformed at schemaVersion: .{1,301}$/);
  });
});
