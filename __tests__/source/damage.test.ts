import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArtifact } from '../../src/source/open.ts';
import { dockerArchive, dockerMembers } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { contentsOf } from '../fixtures/read.ts';
import { silent } from '../fixtures/silent.ts';
import { type SparseFormat, sparseFile, sparseMember } from '../fixtures/sparse.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [1200, 300] });
const layout = new FixtureLayout();
const described = layout.image(image);
layout.list(described, layout.attestation(described));
const long = { name: `${'ordner/'.repeat(20)}größe`, content: 'a long name' };

const archives: Readonly<Record<string, Buffer>> = {
  nix: dockerArchive(image, { shape: 'nix', record: 10240 }),
  docker: dockerArchive(image, { shape: 'docker' }),
  podman: dockerArchive(image, { shape: 'podman' }),
  layout: tar([...layout.members(), long]),
  'docker 25': tar(layout.dockerMembers([described])),
  'podman, sparse as in pax 1.0': sparse('1.0'),
  'podman, sparse as in GNU tar': sparse('gnu'),
};

function sparse(format: SparseFormat): Buffer {
  const members = dockerMembers([image], 'podman');
  return tar(
    members.map(({ name, content, ...rest }) =>
      content ? sparseMember(sparseFile(name, Buffer.from(content)), format) : { name, ...rest },
    ),
  );
}

async function read(bytes: Buffer): Promise<unknown> {
  return contentsOf(
    (await readArtifact(await temporary.write('damaged', bytes), { progress: silent })).images,
  );
}

/** Of a tar all that follows the first block of zeros is padding. */
function meaningful(archive: Buffer): number {
  let end = archive.length;
  while (archive[end - 1] === 0) end--;
  return Math.ceil(end / 512) * 512 + 512;
}

/** Where index.json lies: no digest and no checksum covers the annotations in it. */
function unprotected(archive: Buffer): [number, number] {
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: layout.manifests }));
  const from = archive.indexOf(index);
  return from < 0 ? [0, 0] : [from, from + index.length];
}

describe.each(Object.keys(archives))('%s', (name) => {
  const plain = archives[name] as Buffer;

  describe.each(compressions)('compression %s', (compression) => {
    const packed = compress(plain, compression);

    it('fails wherever it is cut', async () => {
      const end = compression === 'none' ? meaningful(plain) : packed.length;
      const check = async (at: number) => {
        await expect(read(packed.subarray(0, at)), `cut at ${at}`).rejects.toMatchObject({
          name: 'AlbaError',
        });
      };
      await fc.assert(fc.asyncProperty(fc.nat(end - 1), check), {
        seed: 1,
        numRuns: 25,
        examples: [[0], [end - 1], [end - 512]],
      });
    });

    it('fails or stays the same whatever bit is flipped', async () => {
      const whole = await read(packed);
      const [from, to] = compression === 'none' ? unprotected(plain) : [0, 0];
      const at = fc.nat(packed.length - 1).filter((at) => at < from || at >= to);
      const check = async (at: number, bit: number) => {
        const damaged = Buffer.from(packed);
        damaged.writeUInt8((damaged[at] as number) ^ (1 << bit), at);
        const found = await read(damaged).catch((error: unknown) => error);
        if (found instanceof Error) expect(found).toMatchObject({ name: 'AlbaError' });
        else expect(found).toEqual(whole);
      };
      await fc.assert(fc.asyncProperty(at, fc.nat(7), check), {
        seed: 1,
        numRuns: 40,
      });
    });
  });
});

describe('compressed archives of several parts', () => {
  const plain = archives.nix as Buffer;
  const parts = [plain.subarray(0, 1000), plain.subarray(1000, 3000), plain.subarray(3000)];

  it.each(compressions.filter((compression) => compression !== 'none'))(
    'are read to the last, %s',
    async (compression) => {
      const packed = parts.map((part) => compress(part, compression));
      expect(await read(Buffer.concat(packed))).toEqual(await read(plain));
      await expect(read(Buffer.concat(packed.slice(0, 2)))).rejects.toThrow('truncated');
    },
  );

  it.skipIf(!compressions.includes('zstd'))('may begin with a skippable frame, as pzstd writes', async () => {
    const skippable = Buffer.from('502a4d180400000001020304', 'hex');
    const packed = parts.flatMap((part) => [skippable, compress(part, 'zstd')]);
    expect(await read(Buffer.concat(packed))).toEqual(await read(plain));
  });

  it.skipIf(!compressions.includes('zstd'))('may end a frame anywhere in what is read at once', async () => {
    const large = dockerArchive(makeImage(image.platform, { layers: [1_500_000] }));
    const frames = Array.from({ length: 16 }, (_, index) =>
      large.subarray(index * 100_000).subarray(0, 100_000),
    );
    const packed = frames.map((frame) => compress(frame, 'zstd'));
    expect(await read(Buffer.concat(packed))).toEqual(await read(large));
  });

  it.skipIf(compressions.includes('zstd'))('need a later Node for zstd', async () => {
    await expect(read(Buffer.from('28b52ffd00', 'hex'))).rejects.toThrow('needs Node 22.15 or later');
  });

  it('take what a member of its own level and strategy made of it', async () => {
    const packed = parts.map((part, level) => zlib.gzipSync(part, { level, strategy: level }));
    expect(await read(Buffer.concat(packed))).toEqual(await read(plain));
  });
});
