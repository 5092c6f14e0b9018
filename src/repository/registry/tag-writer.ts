import pLimit from 'p-limit';
import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import { optionally } from '../../concurrency/retry.ts';
import type { Blob } from '../../content/content.ts';
import { readDocument } from '../../content/verify.ts';
import { messageOf } from '../../errors.ts';
import { passesAfter, statusOf } from '../../network/http/error.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Progress } from '../../progress/progress.ts';
import type { Exchanged } from '../../storage/exchange.ts';
import type { Client } from './client.ts';
import type { CountedOn } from './counted-on.ts';
import { putManifest, putManifestOnce } from './manifest.ts';

/** How registries refuse to move a tag that they hold to be immutable. */
const refusals: readonly (number | undefined)[] = [400, 403, 409, 412];

/** What a writer of tags has of its repository. */
export interface TagWriterOptions {
  readonly countedOn: CountedOn;
  readonly progress: Pick<Progress, 'warn'>;
  /** What a tag names now. */
  readonly resolve: (tag: string) => Promise<Descriptor | undefined>;
  /** How a tag is told. */
  readonly reference: (tag: string) => string;
}

/** Writes tags on a registry, each after a look at what it names (distribution-spec, "Pushing Manifests"). */
export class TagWriter {
  readonly #client: Client;
  readonly #options: TagWriterOptions;

  constructor(client: Client, options: TagWriterOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Gives what those named before that were written, so many at once; the others name the manifest already. */
  async write(
    manifest: Blob,
    tags: readonly string[],
    atOnce: number,
  ): Promise<ReadonlyMap<string, Digest | undefined>> {
    const { descriptor } = manifest;
    const bytes = await readDocument(manifest, `manifest ${descriptor.digest}`);
    const written = new Map<string, Digest | undefined>();
    const failed = new AbortController();
    const write = async (tag: string): Promise<void> => {
      if (failed.signal.aborted) return;
      const before = await optionally(() => this.#look(tag));
      if (before === descriptor.digest) return;
      await this.#put(descriptor, bytes, tag);
      this.#options.countedOn.addTag(descriptor.digest, tag);
      written.set(tag, before);
    };
    const limit = pLimit(atOnce);
    await allOrAbort(
      tags.map((tag) => limit(write, tag)),
      failed,
    );
    return written;
  }

  /** The distribution API has no conditional writes: between the look and the write there are moments. */
  async move(tag: string, before: Digest | undefined, manifest: Blob): Promise<Exchanged> {
    const { descriptor } = manifest;
    const bytes = await readDocument(manifest, `manifest ${descriptor.digest}`);
    return this.#client.retry(async () => {
      const found = await this.#options.resolve(tag);
      if (found?.digest === descriptor.digest) return 'doubtful';
      if (found?.digest !== before) return 'lost';
      await putManifestOnce(this.#client, descriptor, bytes, tag);
      this.#options.countedOn.addTag(descriptor.digest, tag);
      return 'doubtful';
    });
  }

  /** Only for a tag that does not name this manifest: ECR refuses even that where tags are immutable. */
  async #put(descriptor: Descriptor, bytes: Buffer, tag: string): Promise<void> {
    const { progress, reference } = this.#options;
    try {
      await putManifest(this.#client, descriptor, bytes, tag);
    } catch (error) {
      const isDoubtful = passesAfter(error) !== undefined;
      if (!isDoubtful && !refusals.includes(statusOf(error))) throw error;
      if ((await this.#look(tag)) !== descriptor.digest) throw error;
      if (isDoubtful) progress.warn(`${reference(tag)} names the release all the same: ${messageOf(error)}`);
    }
  }

  async #look(tag: string): Promise<Digest | undefined> {
    const found = await this.#options.resolve(tag).catch(() => undefined);
    return found?.digest;
  }
}
