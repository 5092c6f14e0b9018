import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaf, openBytes } from '../../src/content/content.ts';
import {
  type Document,
  type GraphSource,
  graphLimits,
  nodesOf,
  readGraph,
  walkGraph,
} from '../../src/content/graph.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { formatDocument } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';

const { index, manifest, config } = mediaTypes.oci;

/** Documents in memory, and how often each was read. */
class Shelf {
  readonly #documents = new Map<Digest, Buffer>();
  readonly referrers = new Map<Digest, readonly Descriptor[]>();
  readonly reads: Digest[] = [];

  index(...manifests: readonly Descriptor[]): Descriptor {
    return this.#add(index, formatDocument({ schemaVersion: 2, mediaType: index, manifests }));
  }

  manifest(name: string): Descriptor {
    const bytes = Buffer.from(name);
    const blob = { mediaType: config, digest: digestOf(bytes), size: bytes.length };
    return this.#add(
      manifest,
      formatDocument({ schemaVersion: 2, mediaType: manifest, config: blob, layers: [] }),
    );
  }

  lose({ digest }: Descriptor): void {
    this.#documents.delete(digest);
  }

  source(more: Partial<GraphSource> = {}): GraphSource {
    return {
      origin: 'the shelf',
      fault: 'target',
      limits: {},
      read: async ({ digest }) => {
        this.reads.push(digest);
        const bytes = this.#documents.get(digest);
        return bytes && { bytes, origin: digest };
      },
      ...more,
    };
  }

  #add(mediaType: string, bytes: Buffer): Descriptor {
    const digest = digestOf(bytes);
    this.#documents.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  }
}

async function walked(roots: readonly Descriptor[], source: GraphSource): Promise<Digest[]> {
  const found: Document[] = [];
  for await (const document of walkGraph(roots, source)) found.push(document);
  return found.map(({ descriptor }) => descriptor.digest);
}

/** An index over an index over … over a manifest, `depth` of them. */
function chain(shelf: Shelf, depth: number): Descriptor {
  return depth === 0 ? shelf.manifest('end') : shelf.index(chain(shelf, depth - 1));
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown);

describe('a walk of a graph', () => {
  it('reads the same documents, each once, in whatever order they are named', async () => {
    const anyGraph = fc.array(fc.array(fc.nat(20), { maxLength: 5 }), { minLength: 1, maxLength: 12 });
    const check = async (levels: number[][], isReversed: boolean) => {
      const shelf = new Shelf();
      const made: Descriptor[] = [shelf.manifest('a'), shelf.manifest('b')];
      for (const picks of levels) {
        made.push(shelf.index(...picks.map((pick) => made[pick % made.length] as Descriptor)));
      }
      const roots = isReversed ? [...made].reverse() : made;
      const found = await walked(roots, shelf.source());
      expect(shelf.reads.length).toBe(new Set(shelf.reads).size);
      expect(found.sort()).toEqual([...new Set(made.map(({ digest }) => digest))].sort());
    };
    await fc.assert(fc.asyncProperty(anyGraph, fc.boolean(), check), { seed: 6, numRuns: 50 });
  });

  it('ends where more ways lead to a document than can be gone', async () => {
    const shelf = new Shelf();
    let root = shelf.manifest('end');
    for (let depth = 0; depth < 8; depth += 1) root = shelf.index(...Array.from({ length: 50 }, () => root));
    const graph = await readGraph([root], shelf.source({ limits: graphLimits.release }));
    expect(graph.size).toBe(9);
    expect(shelf.reads).toHaveLength(9);
    const node = nodesOf(graph, (descriptor) => ({ descriptor, open: openBytes(Buffer.alloc(0)) }))(root);
    expect(node.children[0]?.children).toBe(node.children[49]?.children);
  });

  it('passes over what is not there, and does not look into what is no document', async () => {
    const shelf = new Shelf();
    const [there, lost] = [shelf.manifest('there'), shelf.manifest('lost')];
    shelf.lose(lost);
    const text = { mediaType: 'text/plain', digest: digestOf(Buffer.from('x')), size: 1 };
    const root = shelf.index(lost, text, there);
    expect(await walked([root], shelf.source())).toEqual([root.digest, there.digest]);
    expect(shelf.reads).not.toContain(text.digest);
  });

  it('follows what refers to documents, in circles, too', async () => {
    const shelf = new Shelf();
    const [root, signature, note] = [
      shelf.manifest('root'),
      shelf.manifest('signature'),
      shelf.manifest('note'),
    ];
    shelf.referrers.set(root.digest, [signature]);
    shelf.referrers.set(signature.digest, [note, root]);
    const asked: Digest[] = [];
    const referrers = async (digest: Digest): Promise<readonly Descriptor[]> => {
      asked.push(digest);
      return shelf.referrers.get(digest) ?? [];
    };
    const all = [root.digest, signature.digest, note.digest];
    expect(await walked([root], shelf.source({ referrers }))).toEqual(all);
    expect(asked).toEqual(all);
  });
});

describe('a limit of a graph', () => {
  it('is of its depth', async () => {
    const shelf = new Shelf();
    const source = shelf.source({ limits: graphLimits.release });
    expect(await walked([chain(shelf, 8)], source)).toHaveLength(9);
    const thrown = await failure(walked([chain(shelf, 9)], source));
    expect(thrown).toMatchObject({
      code: 'target',
      message: 'the shelf nests its documents more than 8 deep',
    });
  });

  it('is of every way through what is held, however short another one is', async () => {
    const shelf = new Shelf();
    const all = Array.from({ length: 10 }, (_, depth) => chain(shelf, depth));
    const root = shelf.index(...all);
    expect(await walked([root], shelf.source({ limits: graphLimits.release }))).toHaveLength(11);
    for (const roots of [[root], [...all, root]]) {
      await expect(readGraph(roots, shelf.source({ limits: graphLimits.release }))).rejects.toThrow(
        'more than 8 deep',
      );
    }
  });

  it('is of bytes, before they are read', async () => {
    const shelf = new Shelf();
    const [small, large] = [shelf.manifest('small'), { ...shelf.manifest('large'), size: 70_000_000 }];
    const source = shelf.source({ limits: graphLimits.release });
    await expect(walked([shelf.index(small, large)], source)).rejects.toThrow(
      'leads to manifests of more than 67108864 bytes',
    );
    expect(shelf.reads).toHaveLength(1);
  });

  it('is of how many there are', async () => {
    const shelf = new Shelf();
    const roots = Array.from({ length: 4 }, (_, number) => shelf.manifest(`${number}`));
    expect(await walked(roots, shelf.source({ limits: { count: 4 } }))).toHaveLength(4);
    await expect(walked(roots, shelf.source({ limits: { count: 3 } }))).rejects.toThrow(
      'leads to more than 3 manifests',
    );
  });
});

it('a graph in which more refers to one document than a call has arguments is walked to its end', async () => {
  const shelf = new Shelf();
  const [root, other] = [shelf.manifest('root'), shelf.manifest('other')];
  shelf.referrers.set(root.digest, Array<Descriptor>(300_000).fill(other));
  const source = shelf.source({ limits: graphLimits.referrers });
  const referrers = async (digest: Digest) => shelf.referrers.get(digest) ?? [];
  expect(await walked([root], { ...source, referrers })).toHaveLength(2);
});

describe('a node of a graph', () => {
  it('has the bytes of documents, and leaves of all else', async () => {
    const shelf = new Shelf();
    const [image, text] = [
      shelf.manifest('image'),
      { mediaType: 'text/plain', digest: digestOf(Buffer.from('x')), size: 1 },
    ];
    const root = shelf.index(image, text);
    const graph = await readGraph([root], shelf.source());
    const toBlob = (descriptor: Descriptor) => ({ descriptor, open: openBytes(Buffer.from('x')) });
    const node = nodesOf(graph, toBlob)(root);
    expect(node.children.map(({ descriptor }) => descriptor)).toEqual([image, text]);
    expect(node.children[0]?.children.map(({ descriptor }) => descriptor.mediaType)).toEqual([config]);
    expect(node.children[1]).toEqual(leaf({ ...toBlob(text), open: expect.any(Function) }));
    for await (const chunk of node.open()) expect(digestOf(chunk)).toBe(root.digest);
  });
});
