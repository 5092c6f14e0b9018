import { gzipSync } from 'node:zlib';
import { gzipMembers, gzipMixed } from '../../__tests__/compression/samples.ts';
import { dockerMembers, type Shape } from '../../__tests__/fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../../__tests__/fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../../__tests__/fixtures/oci-layout.ts';
import { sparseFile, sparseFormats, sparseMember } from '../../__tests__/fixtures/sparse.ts';
import { type TarMember, tar } from '../../__tests__/fixtures/tar.ts';
import { digestOf, hexOf } from '../../src/oci/digest.ts';
import type { Platform } from '../../src/oci/platform.ts';
import { damageBytes, damageJson, damageTarHeader, type Random } from './damage.ts';

/** An archive, or a folder, as a build left it: whole or damaged somewhere. */
export interface SampleArchive {
  /** The archive's bytes; of a folder nothing. */
  readonly bytes: Buffer | undefined;
  /** Its members, which are the files of a folder. */
  readonly members: readonly TarMember[];
  /** Where it was damaged; undefined: it is whole. */
  readonly damage: Damage | undefined;
  /** Digests of all blobs that were put in, and of all layers before they were compressed. */
  readonly given: ReadonlySet<string>;
  /** Of a whole one: a line for each platform with the diffIDs of its layers, as a reader has to find them. */
  readonly images: readonly string[];
}

/** A value of a document, a header of the tar, a byte of the tar, a byte of the compressed file. */
export type Damage = (typeof damages)[number];
const damages = ['document', 'header', 'tar', 'file'] as const;

const platforms: readonly Platform[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
];
const shapes: readonly Shape[] = ['nix', 'docker', 'podman'];
/** Of a whole tar, besides the usual. */
const ends = [
  Buffer.alloc(512),
  Buffer.alloc(1500),
  Buffer.concat([Buffer.alloc(1024), Buffer.from('behind')]),
];

/** Makes images of one or two platforms, packs them as one of those tools does that alba reads, and damages that. */
export async function sampleArchive(seed: number, random: Random): Promise<SampleArchive> {
  const damage = random(8) === 0 ? undefined : damages[random(damages.length)];
  const images = platforms.slice(0, 1 + random(2)).map((platform) => makeSample(platform, seed, random));
  const members = damage === 'document' ? packDamaged(images, random) : pack(images, random);
  const contents = [
    ...members.map(({ content }) => content ?? ''),
    ...images.flatMap(({ layers }) => layers),
  ];
  const sample = {
    members,
    damage,
    given: new Set(contents.map((content) => digestOf(Buffer.from(content)))),
    images: images.map(({ platform, layers }) => imageLine(platform, layers.map(digestOf))),
  };
  const isBytes = damage !== undefined && damage !== 'document';
  const isLayout = members.some(({ name }) => name === 'oci-layout');
  if (isLayout && !isBytes && random(4) === 0) return { ...sample, bytes: undefined };
  const end = ends[random(2 * ends.length)];
  const whole = tar(storeSome(members, random), {
    longNames: random(2) ? 'pax' : 'gnu',
    record: random(2) ? 512 : 10_240,
    ...(end && { end }),
  });
  const plain =
    damage === 'header'
      ? damageTarHeader(whole, random)
      : damage === 'tar'
        ? damageBytes(whole, random)
        : whole;
  const bytes = await compressFile(plain, seed, random);
  return { ...sample, bytes: damage === 'file' ? damageBytes(bytes, random) : bytes };
}

/** An image as a line of text, to be compared. */
export function imageLine({ os, architecture }: Platform, diffIds: readonly string[]): string {
  return `${os}/${architecture}: ${diffIds.join(' ')}`;
}

function makeSample(platform: Platform, seed: number, random: Random): FixtureImage {
  const sizes = Array.from({ length: random(4) }, () => random(random(4) ? 3000 : 60_000));
  const image = makeImage(platform, { seed: `${seed}`, layers: sizes });
  // A layer that is there twice, as an empty one often is.
  const layers = random(4) ? image.layers : [...image.layers, ...image.layers.slice(0, 1)];
  return { platform, layers, config: makeConfig(platform, layers) };
}

/** Some files of a tar without their holes, in any of the formats for that. */
function storeSome(members: readonly TarMember[], random: Random): TarMember[] {
  const isSparse = random(3) === 0;
  return members.map((member) => {
    const { name, content } = member;
    const format = sparseFormats[random(sparseFormats.length)];
    if (!isSparse || !format || !content || random(2)) return member;
    return sparseMember(sparseFile(name, Buffer.from(content)), format);
  });
}

type Change = (json: Buffer) => Buffer;

/** Damages one document: the list of an archive or a layout, a config, or a manifest; digests of it are right. */
function packDamaged(images: readonly FixtureImage[], random: Random): TarMember[] {
  const change: Change = (json) => Buffer.from(damageJson(`${json}`, random));
  const which = random(3);
  if (which === 0) {
    const lists = ['manifest.json', 'index.json', 'oci-layout'];
    return pack(images, random).map((member) =>
      lists.includes(member.name) && member.content
        ? { ...member, content: change(Buffer.from(member.content)) }
        : member,
    );
  }
  if (which === 1) return packLayout(images, random, change);
  return pack(
    images.map((image, at) => (at === 0 ? { ...image, config: change(image.config) } : image)),
    random,
  );
}

function pack(images: readonly FixtureImage[], random: Random): TarMember[] {
  const shape = shapes[random(2 * shapes.length)];
  return shape ? dockerMembers(images, shape) : packLayout(images, random, (json) => json);
}

/** As an OCI layout, with a manifest.json for docker at times; the first manifest is changed. */
function packLayout(images: readonly FixtureImage[], random: Random, change: Change): TarMember[] {
  const layout = new FixtureLayout();
  const compression = compressions[random(compressions.length)] ?? 'none';
  const whole = images.map((image) => layout.image(image, { compression }));
  const listed = whole.map((descriptor, at) => {
    const bytes = layout.blobs.get(`blobs/sha256/${hexOf(descriptor.digest)}`);
    const changed = at === 0 && bytes ? layout.blob(descriptor.mediaType, change(bytes)) : descriptor;
    const platform = images[at]?.platform;
    return platform && random(2) ? { ...changed, platform } : changed;
  });
  const [first] = listed;
  if (first && random(3) === 0) listed.push(layout.attestation(first));
  if (random(2)) layout.list(...listed);
  else layout.list(layout.index(listed));
  return random(3) ? layout.members() : layout.dockerMembers(whole);
}

async function compressFile(bytes: Buffer, seed: number, random: Random): Promise<Buffer> {
  const how = random(6);
  if (how === 0) return gzipSync(bytes);
  if (how === 1) return gzipMixed(bytes, seed);
  if (how === 2) return gzipMembers(bytes, 3);
  return compress(bytes, how === 3 ? (compressions[2] ?? 'gzip') : 'none');
}
