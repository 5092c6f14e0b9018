import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Blob, leaf, type Node } from '../../src/content/content.ts';
import { Copier, type Fate, type Sink } from '../../src/content/copy.ts';
import { AlbaError } from '../../src/errors.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { silent } from '../fixtures/silent.ts';

const { index, manifest, layer } = mediaTypes.oci;

function blob(text: string, mediaType: string = layer.gzip): Blob {
  const bytes = Buffer.from(text);
  return {
    descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length },
    open: () => Readable.from([bytes]),
  };
}

function parent(text: string, mediaType: string, children: readonly Node[]): Node {
  return { ...blob(text, mediaType), children };
}

/** A repository in memory that keeps the order in which things came and how often it was asked. */
class Shelf implements Sink {
  readonly closed: boolean;
  readonly stored: string[] = [];
  asked = 0;

  constructor(closed: boolean) {
    this.closed = closed;
  }

  async exists({ digest }: Descriptor): Promise<boolean> {
    this.asked += 1;
    return this.stored.includes(digest);
  }

  async push({ descriptor, open }: Blob): Promise<void> {
    expect(digestOf(await buffer(await open()))).toBe(descriptor.digest);
    this.stored.push(descriptor.digest);
  }
}

function copierTo(shelf: Sink, options: { dryRun?: boolean; abort?: AbortController } = {}) {
  const fates = new Map<string, Fate>();
  const copier = new Copier(shelf, {
    concurrency: 3,
    dryRun: options.dryRun ?? false,
    progress: silent,
    abort: options.abort ?? new AbortController(),
    onCopied: ({ digest }, fate) => fates.set(digest, fate),
  });
  return { copier, fates };
}

/** Any index over manifests that share blobs with each other. */
const anyRelease = fc
  .array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((images) =>
    parent(
      `index ${JSON.stringify(images)}`,
      index,
      images.map((layers) =>
        parent(
          `manifest ${layers}`,
          manifest,
          layers.map((number) => leaf(blob(`layer ${number}`))),
        ),
      ),
    ),
  );

describe('copier', () => {
  it('stores an attestation after the images of its index, whatever comes first there, as it may have one as its subject', async () => {
    const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
    const made = parent('attestation', manifest, []);
    const attestation = { ...made, descriptor: { ...made.descriptor, annotations } };
    const image = parent('image', manifest, [leaf(blob('one layer')), leaf(blob('another layer'))]);
    const shelf = new Shelf(true);
    await copierTo(shelf).copier.copy(parent('index', index, [attestation, image]));
    expect(shelf.stored.slice(-3)).toEqual([
      image.descriptor.digest,
      made.descriptor.digest,
      parent('index', index, []).descriptor.digest,
    ]);
  });

  it('stores children before parents, and each digest once', async () => {
    await fc.assert(
      fc.asyncProperty(anyRelease, fc.boolean(), async (root, closed) => {
        const shelf = new Shelf(closed);
        await copierTo(shelf).copier.copy(root);
        const place = (node: Node): number => shelf.stored.indexOf(node.descriptor.digest);
        for (const child of root.children) {
          expect(place(child)).toBeLessThan(place(root));
          for (const grandchild of child.children) expect(place(grandchild)).toBeLessThan(place(child));
        }
        expect(new Set(shelf.stored).size).toBe(shelf.stored.length);
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  it('sends nothing the second time, and asks a closed destination for its documents alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyRelease, fc.boolean(), async (root, closed) => {
        const shelf = new Shelf(closed);
        await copierTo(shelf).copier.copy(root);
        const before = [...shelf.stored];
        shelf.asked = 0;
        const { copier, fates } = copierTo(shelf);
        await copier.copy(root);
        expect(shelf.stored).toEqual(before);
        expect([...fates.values()].every((fate) => fate === 'skipped')).toBe(true);
        expect(fates.size).toBe(before.length);
        const documents = new Set([root, ...root.children].map(({ descriptor }) => descriptor.digest));
        if (closed) expect(shelf.asked).toBe(documents.size);
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it('believes no index, and no manifest of a destination that is not closed', async () => {
    const layerNode = leaf(blob('layer'));
    const root = parent('manifest', manifest, [layerNode]);
    const shelf = new Shelf(false);
    shelf.stored.push(root.descriptor.digest);
    await copierTo(shelf).copier.copy(root);
    expect(shelf.stored).toContain(layerNode.descriptor.digest);
  });

  it('asks for an index while what it points to is copied', async () => {
    const release = parent('index', index, [parent('manifest', manifest, [leaf(blob('layer'))])]);
    const asked: string[] = [];
    const shelf = new (class extends Shelf {
      override exists(descriptor: Descriptor): Promise<boolean> {
        asked.push(descriptor.mediaType);
        return super.exists(descriptor);
      }
    })(true);
    await copierTo(shelf).copier.copy(release);
    expect(asked.slice(0, 2).sort()).toEqual([index, manifest]);
    expect(asked).toHaveLength(3);
  });

  it('does not ask a closed destination for a manifest of which a blob was missing', async () => {
    const sent = leaf(blob('layer'));
    const image = parent('manifest', manifest, [sent]);
    const shelves = [new Shelf(true), new Shelf(false)];
    for (const shelf of shelves) {
      const { copier, fates } = copierTo(shelf);
      await copier.copy(sent);
      await copier.copy(image);
      expect([...fates.values()]).toEqual(['pushed', 'pushed']);
    }
    expect(shelves.map(({ asked }) => asked)).toEqual([1, 2]);
  });

  it('fails once where the look for an index does, with nothing that nobody hears of', async () => {
    const release = parent('index', index, [parent('manifest', manifest, [leaf(blob('layer'))])]);
    const shelf = new (class extends Shelf {
      override async exists(descriptor: Descriptor): Promise<boolean> {
        if (descriptor.mediaType === index) throw new AlbaError('target', 'no answer');
        return super.exists(descriptor);
      }
    })(true);
    await expect(copierTo(shelf).copier.copy(release)).rejects.toThrow('no answer');
    expect(shelf.stored).not.toContain(release.descriptor.digest);
  });

  it('tells in a dry run what it would send, and sends nothing', async () => {
    const root = parent('manifest', manifest, [leaf(blob('layer'))]);
    const shelf = new Shelf(true);
    const { copier, fates } = copierTo(shelf, { dryRun: true });
    await copier.copy(root);
    expect(shelf.stored).toEqual([]);
    expect([...fates.values()]).toEqual(['pushed', 'pushed']);
  });

  it('leaves layers alone that are kept at their vendor’s', async () => {
    const foreign = leaf(blob('windows', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'));
    const shelf = new Shelf(true);
    await copierTo(shelf).copier.copy(parent('manifest', manifest, [foreign]));
    expect(shelf.stored).not.toContain(foreign.descriptor.digest);
  });

  it('stores no parent when a child fails, and begins nothing once aborted', async () => {
    class Broken extends Shelf {
      override async push(given: Blob): Promise<void> {
        if (given.descriptor.digest === bad.descriptor.digest) throw new Error('disk full');
        await super.push(given);
      }
    }
    const bad = leaf(blob('bad'));
    const shelf = new Broken(true);
    await expect(copierTo(shelf).copier.copy(parent('manifest', manifest, [bad]))).rejects.toThrow(
      'disk full',
    );
    expect(shelf.stored).toEqual([]);

    const abort = new AbortController();
    abort.abort(new Error('another target failed'));
    const other = new Shelf(true);
    await expect(copierTo(other, { abort }).copier.copy(leaf(blob('good')))).rejects.toThrow(
      'another target',
    );
    expect(other.asked).toBe(0);
  });
});

it('asks before it sends, in turn, and sends large blobs first', async () => {
  const order: string[] = [];
  let begin = (): void => {};
  const held = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const names = new Map<string, string>();
  const sink: Sink = {
    closed: false,
    async exists({ digest }) {
      order.push(`? ${names.get(digest)}`);
      return false;
    },
    async push({ descriptor }) {
      order.push(`> ${names.get(descriptor.digest)}`);
      if (names.get(descriptor.digest) === 'a') await held;
    },
  };
  const options = { concurrency: 1, dryRun: false, progress: silent, abort: new AbortController() };
  const copier = new Copier(sink, { ...options, onCopied: () => {} });
  const copy = (name: string, size: number): Promise<void> => {
    const node = leaf(blob(name.repeat(size)));
    names.set(node.descriptor.digest, name);
    return copier.copy(node);
  };
  const copies = [copy('a', 5), copy('e', 2)];
  await vi.waitUntil(() => order.includes('> a'));
  copies.push(copy('b', 10), copy('c', 30), copy('d', 20));
  await setImmediate();
  begin();
  await Promise.all(copies);
  expect(order).toEqual(['? a', '? e', '> a', '? b', '? c', '? d', '> c', '> d', '> b', '> e']);
});

it('takes what is wrong with a source for no fault of the destination', async () => {
  const shelf: Sink = {
    ...{ closed: false, exists: async () => false, push: async () => {} },
    async receive(source) {
      for await (const _ of source);
      return { digest: digestOf(Buffer.from('x')), size: 1 };
    },
  };
  const { copier } = copierTo(shelf);
  const receive = (source: () => AsyncIterable<Uint8Array>) =>
    copier.receive(source, (received) => ({ mediaType: layer.gzip, ...received }));
  const changed = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    throw new AlbaError('source', 'app.tar changed while it was read');
  };
  await expect(receive(changed)).rejects.toThrow('app.tar changed while it was read');
  const sound = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
  };
  expect(await receive(sound)).toMatchObject({ size: 1 });
});

describe('what goes first', () => {
  const quiet = { dryRun: false, progress: silent, onCopied: () => {} };
  const copierOf = (sink: Sink, concurrency?: number) =>
    new Copier(sink, { ...quiet, concurrency, abort: new AbortController() });
  const large = (name: string) => leaf(blob(name.repeat(2 * 1024 * 1024)));

  it('is what is small: it goes beside large uploads, of which few run at once', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let running = 0;
    const stored: number[] = [];
    const sink: Sink = {
      closed: false,
      exists: async () => false,
      async push({ descriptor }) {
        running += 1;
        if (descriptor.size > 1024) await held;
        stored.push(descriptor.size);
      },
    };
    const copier = copierOf(sink);
    const copies = [...'abcdefgh'].map((name) => copier.copy(large(name)));
    await vi.waitUntil(() => running === 4);
    await Promise.all([...'123456'].map((name) => copier.copy(leaf(blob(name)))));
    expect(stored).toHaveLength(6);
    expect(running).toBe(4 + 6);
    release();
    await Promise.all(copies);
    expect(stored).toHaveLength(6 + 8);
  });

  it('is bounded as a whole by what is asked for', async () => {
    let [running, most] = [0, 0];
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await setImmediate();
      running -= 1;
    };
    const exists = () => work().then(() => false);
    const copier = copierOf({ closed: false, exists, push: work }, 3);
    const small = [...'123456'].map((name) => leaf(blob(name)));
    await Promise.all([...small, ...[...'ab'].map(large)].map((node) => copier.copy(node)));
    expect(most).toBe(3);
  });

  it('is a mount, with no look before it; where it is refused, a look, and then the bytes', async () => {
    const asked: string[] = [];
    const sink: Sink = {
      closed: true,
      async exists() {
        asked.push('look');
        return false;
      },
      async push() {
        asked.push('push');
      },
      async mount({ heldBy }) {
        asked.push('mount');
        return heldBy?.repository === 'good';
      },
    };
    const held = (name: string, repository: string) =>
      leaf({ ...blob(name), heldBy: { registry: 'here', repository } });
    await copierOf(sink).copy(held('a', 'good'));
    expect(asked.splice(0)).toEqual(['mount']);
    await copierOf(sink).copy(held('b', 'other'));
    expect(asked).toEqual(['mount', 'look', 'push']);
  });

  it('is what a node points to, where the node itself has to wait', async () => {
    let isThere = (): void => {};
    const subject = new Promise<void>((resolve) => {
      isThere = resolve;
    });
    const shelf = new Shelf(true);
    const root = parent('referrer', manifest, [leaf(blob('signature'))]);
    const copy = copierOf(shelf).copy(root, subject);
    await vi.waitUntil(() => shelf.stored.length === 1);
    await setImmediate();
    expect(shelf.stored).toEqual([root.children[0]?.descriptor.digest]);
    isThere();
    await copy;
    expect(shelf.stored).toContain(root.descriptor.digest);
  });
});
