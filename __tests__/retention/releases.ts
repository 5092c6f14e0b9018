import { gzipSync } from 'node:zlib';
import { leaf, type Node, openBytes } from '../../src/content/content.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { makeConfig } from '../fixtures/image.ts';
import { tar } from '../fixtures/tar.ts';

const { oci } = mediaTypes;

/** A release, and what else is pushed with it. */
export interface FixtureRelease {
  readonly tag: string;
  readonly root: Node;
  /** What refers to it, and what refers to that. */
  readonly referrers: readonly Node[];
}

function blob(mediaType: string, bytes: Buffer, more: Partial<Descriptor> = {}): Node {
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length, ...more };
  return leaf({ descriptor, open: openBytes(bytes) });
}

function document(
  mediaType: string,
  content: object,
  children: readonly Node[],
  more: Partial<Descriptor> = {},
): Node {
  return {
    ...blob(mediaType, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...content })), more),
    children,
  };
}

const layerOf = (text: string) => tar([{ name: `${text.replaceAll(' ', '-')}.txt`, content: text }]);

function image(architecture: string, created: string, texts: readonly string[]): Node {
  const layers = texts.map(layerOf);
  const config = blob(oci.config, makeConfig({ os: 'linux', architecture }, layers, { created }));
  const blobs = layers.map((bytes) => blob(oci.layer.gzip, gzipSync(bytes)));
  const content = { config: config.descriptor, layers: blobs.map(({ descriptor }) => descriptor) };
  return document(oci.manifest, content, [config, ...blobs], { platform: { os: 'linux', architecture } });
}

function attestation(subject: Node): Node {
  const statement = blob(
    'application/vnd.in-toto+json',
    Buffer.from(JSON.stringify({ of: subject.descriptor.digest })),
  );
  const config = blob(
    oci.config,
    Buffer.from(
      JSON.stringify({
        ...{ architecture: 'unknown', os: 'unknown' },
        rootfs: { type: 'layers', diff_ids: [] },
      }),
    ),
  );
  const content = { config: config.descriptor, layers: [statement.descriptor] };
  return document(oci.manifest, content, [config, statement], {
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': subject.descriptor.digest,
    },
  });
}

function index(children: readonly Node[]): Node {
  return document(oci.index, { manifests: children.map(({ descriptor }) => descriptor) }, children);
}

/** A signature of something, with a blob of its own. */
export function signature(of: Node, text: string): Node {
  const config = blob('application/vnd.oci.empty.v1+json', Buffer.from('{}'));
  const layer = blob('application/vnd.example.signature', Buffer.from(text));
  const { mediaType, digest, size } = of.descriptor;
  const content = {
    artifactType: 'application/vnd.example.signature',
    config: config.descriptor,
    layers: [layer.descriptor],
    subject: { mediaType, digest, size },
  };
  return document(oci.manifest, content, [config, layer]);
}

/**
 * Releases `1.0.0` to `1.<count - 1>.0`: all share a layer, ten each another one, and each has one of its own; with an attestation.
 * One that is old has an image that the newest has, too; one is an index of an index; an old and a new one are signed, and the
 * new signature as well.
 */
export function makeReleases(count: number): FixtureRelease[] {
  const images = Array.from({ length: count }, (_, at) => {
    const created = new Date(Date.UTC(2024, 0, 1 + at)).toISOString();
    const texts = (architecture: string) => [
      'base',
      `decade ${Math.floor(at / 10)}`,
      `${architecture} ${at}`,
    ];
    return [image('amd64', created, texts('amd64')), image('arm64', created, texts('arm64'))] as const;
  });
  return images.map(([amd64, arm64], at) => {
    const shared = at === count - 1 ? (images[5]?.[1] ?? arm64) : arm64;
    const all = [amd64, shared, attestation(amd64)];
    const root = at === 7 || at === count - 3 ? index([index(all)]) : index(all);
    const isSigned = at === 3 || at === count - 2;
    const signed = isSigned ? [signature(root, `signature of ${at}`)] : [];
    const countersigned = at === count - 2 ? signed.map((one) => signature(one, 'countersigned')) : [];
    return { tag: `1.${at}.0`, root, referrers: [...signed, ...countersigned] };
  });
}

/** Pushes what is not there, leaves first, and tags it; also with tags that follow. */
export async function pushReleases(
  repository: Repository,
  releases: readonly FixtureRelease[],
): Promise<void> {
  const done = new Set<string>();
  const push = async (node: Node): Promise<void> => {
    if (done.has(node.descriptor.digest)) return;
    done.add(node.descriptor.digest);
    for (const child of node.children) await push(child);
    await repository.push(node);
  };
  for (const [at, { tag, root, referrers }] of releases.entries()) {
    await push(root);
    for (const referrer of referrers) await push(referrer);
    const minor = at === 3 ? ['1.3'] : [];
    const newest = at === releases.length - 1 ? ['1', `1.${at}`, 'latest'] : [];
    await repository.tag(root, [tag, ...minor, ...newest]);
  }
}

/** All digests that a release consists of, with what refers to it, by following its nodes. */
export function digestsOf({ root, referrers }: FixtureRelease): string[] {
  const all = (node: Node): string[] => [node.descriptor.digest, ...node.children.flatMap(all)];
  return [...new Set([root, ...referrers].flatMap(all))];
}
