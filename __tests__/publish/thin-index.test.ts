import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { thinIndex } from '../../src/publish/copy/thin-index.ts';
import { makeConfig } from '../fixtures/image.ts';

/** Documents by their digest; reading any other is a failure. */
class Documents {
  readonly #bytes = new Map<Digest, Buffer>();
  readonly read: Digest[] = [];

  add(mediaType: string, document: object | Buffer, more: Partial<Descriptor> = {}): Descriptor {
    const bytes = Buffer.isBuffer(document) ? document : Buffer.from(JSON.stringify(document));
    this.#bytes.set(digestOf(bytes), bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length, ...more };
  }

  image(name: string, more: Partial<Descriptor> = {}): Descriptor {
    const config = this.add(mediaTypes.oci.config, makeConfig(parsePlatform(name), []));
    return this.add(mediaTypes.oci.manifest, { schemaVersion: 2, config, layers: [] }, more);
  }

  index(manifests: readonly object[], more: object = {}): Descriptor {
    return this.add(mediaTypes.oci.index, { schemaVersion: 2, manifests, ...more });
  }

  thin(descriptor: Descriptor, ...platforms: string[]) {
    return thinIndex(descriptor, platforms.map(parsePlatform), async ({ digest }) => {
      this.read.push(digest);
      const bytes = this.#bytes.get(digest);
      if (!bytes) throw new Error(`${digest} is not there`);
      return { bytes, origin: digest };
    });
  }
}

describe('an index that is thinned out', () => {
  it('keeps its other fields and those of its entries, null and unknown ones, too', async () => {
    const documents = new Documents();
    const [amd64, arm64] = ['amd64', 'arm64'].map((architecture) => {
      const platform = { os: 'linux', architecture };
      return {
        ...documents.image(`linux/${architecture}`, { platform }),
        annotations: { a: 'b' },
        urls: null,
      };
    });
    const index = documents.index([amd64 ?? {}, arm64 ?? {}], {
      annotations: { of: 'größe' },
      unknown: null,
    });
    const { descriptor, made, left } = await documents.thin(index, 'linux/arm64');
    const bytes = made.get(descriptor?.digest ?? 'sha256:')?.bytes.toString() ?? '';
    expect(JSON.parse(bytes)).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.oci.index,
      manifests: [arm64],
      annotations: { of: 'größe' },
      unknown: null,
    });
    expect(left).toEqual(['linux/amd64']);
    expect(digestOf(Buffer.from(bytes))).toBe(descriptor?.digest);
  });

  it('reads nothing of what its entries say is for others, so that it may be missing', async () => {
    const documents = new Documents();
    const missing = {
      mediaType: mediaTypes.oci.manifest,
      digest: digestOf(Buffer.from('missing')),
      size: 7,
      platform: { os: 'linux', architecture: 's390x' },
    };
    const own = documents.image('linux/amd64', { platform: parsePlatform('linux/amd64') });
    const index = documents.index([missing, own]);
    const { kept } = await documents.thin(index, 'linux/amd64');
    expect(kept).toEqual([{ os: 'linux', architecture: 'amd64' }]);
    expect(documents.read).toEqual([index.digest]);
  });

  it('is read where its entries do not tell their platforms, and through indexes in it', async () => {
    const documents = new Documents();
    const inner = documents.index([documents.image('linux/amd64'), documents.image('linux/arm/v7')]);
    const index = documents.index([documents.image('linux/386'), inner]);
    const { descriptor, made, left } = await documents.thin(index, 'linux/arm/v7');
    expect(left).toEqual(['linux/386', 'linux/amd64']);
    expect(made.size).toBe(2);
    const outer = JSON.parse(made.get(descriptor?.digest ?? 'sha256:')?.bytes.toString() ?? '');
    expect(outer.manifests).toHaveLength(1);
    expect(made.has(outer.manifests[0].digest)).toBe(true);
  });

  it('keeps what is for no platform, what describes what stays, and every version of Windows', async () => {
    const documents = new Documents();
    const windows = ['10.0.17763', '10.0.20348'].map((version) => {
      const platform = { os: 'windows', architecture: 'amd64', 'os.version': version };
      return { ...documents.image('windows/amd64'), platform };
    });
    const linux = documents.image('linux/amd64', { platform: parsePlatform('linux/amd64') });
    const attestationOf = (digest: string) => ({
      ...documents.add(mediaTypes.oci.manifest, { of: digest }),
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': digest,
      },
    });
    const config = documents.add('application/vnd.oci.empty.v1+json', {});
    const artifact = documents.add(mediaTypes.oci.manifest, { schemaVersion: 2, config, layers: [] });
    const attestations = [windows[0] ?? linux, linux].map(({ digest }) => attestationOf(digest));
    const index = documents.index([...windows, linux, artifact, ...attestations]);
    const { descriptor, made } = await documents.thin(index, 'windows/amd64');
    const { manifests } = JSON.parse(made.get(descriptor?.digest ?? 'sha256:')?.bytes.toString() ?? '');
    const kept = manifests.map(({ digest }: Descriptor) => digest);
    expect(kept).toEqual([...windows, artifact, attestations[0]].map((one) => one?.digest));
  });

  it('is nothing where nothing of it is wanted', async () => {
    const documents = new Documents();
    const own = documents.image('linux/amd64');
    expect((await documents.thin(documents.index([own]), 'linux/arm64')).descriptor).toBeUndefined();
    expect((await documents.thin(own, 'linux/arm64')).descriptor).toBeUndefined();
    expect((await documents.thin(own, 'linux/amd64')).descriptor).toBe(own);
  });
});
