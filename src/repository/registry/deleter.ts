import pLimit from 'p-limit';
import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import { onFailure } from '../../concurrency/on-failure.ts';
import { AlbaError } from '../../errors.ts';
import { discard } from '../../network/http/http.ts';
import type { Digest } from '../../oci/digest.ts';
import { formatReference, type Reference } from '../../oci/reference.ts';
import type { Progress } from '../../progress/progress.ts';
import { ContentOrder } from '../content-order.ts';
import type { InventoryQuery, Removal, Removed, RepositoryDeleter } from '../deleter.ts';
import type { Inventory } from '../inventory.ts';
import { Client } from './client.ts';
import { fetchDocument, type KnownContent, readRegistryInventory } from './inventory.ts';
import { putManifest, resolveTag } from './manifest.ts';
import type { RegistryOptions } from './options.ts';
import { StayingContent } from './staying-content.ts';

/** Releases that are deleted at once. */
const concurrency = 4;
/** In milliseconds: how often, while it deletes, it is looked whether tags have come to need what goes. */
const usualLookEvery = 2_000;

/** Of a deletion that is answered with a status that may have to do with what others do meanwhile. */
const attempts = 3;

/** How registries say that they delete nothing of this kind. */
const unsupported: readonly number[] = [400, 405, 501];

type Choose = (inventory: Inventory) => Removal;

/** Deletes on a registry, by the distribution API (distribution-spec 1.1, "Content Management"). */
export function openRegistryDeleter(
  reference: Reference,
  options: RegistryOptions,
  lookEvery = usualLookEvery,
): RepositoryDeleter {
  return new RegistryDeleter(reference, options, lookEvery);
}

class RegistryDeleter implements RepositoryDeleter {
  readonly url: string;
  readonly freedBy =
    'a registry frees the bytes when it collects its garbage: distribution by "registry garbage-collect", others by themselves';
  readonly #place: Reference;
  readonly #client: Client;
  readonly #known: KnownContent = { documents: new Map(), created: new Map() };
  readonly #lookEvery: number;
  #untags = true;
  /** Whether it has deleted a manifest. */
  #deletes = false;

  constructor({ registry, repository }: Reference, options: RegistryOptions, lookEvery: number) {
    this.#lookEvery = lookEvery;
    this.url = `docker://${registry}/${repository}`;
    this.#place = { registry, repository };
    this.#client = new Client({ registry, repository }, options);
  }

  reference(tag: string | undefined, digest: Digest | undefined): string {
    return formatReference({ ...this.#place, ...(tag && { tag }), ...(digest && { digest }) });
  }

  inventory(query: InventoryQuery): Promise<Inventory> {
    return readRegistryInventory(this.#client, this.reference(undefined, undefined), this.#known, query);
  }

  /**
   * Release by release: its tags, what refers to it, it, and what is part of nothing else by then. A run that is killed leaves a
   * few manifests without a tag, of which the registry tells nobody.
   */
  async remove(query: InventoryQuery, choose: Choose, progress: Progress): Promise<Removed> {
    const look = async () => {
      const inventory = await this.inventory(query);
      return { inventory, removal: choose(inventory) };
    };
    const watch = await StayingContent.begin(this.#client, look, this.#lookEvery);
    const { inventory, removal } = watch.first;
    const run: Run = {
      isNeeded: (digest) => watch.isNeeded(digest, (now) => this.#putBack(now, run)),
      ...{ tags: new Set(), manifests: new Map(), refusals: new Map(), remarks: new Set(), progress },
      going: new Set(removal.manifests.flat()),
      tagsOf: tagsByDigest(removal),
    };
    const putBack = async () => this.#putBack(await this.inventory(query), run);
    await onFailure(
      () => this.#deleteAll(new ContentOrder(inventory, removal), run),
      async () => (run.manifests.size > 0 ? putBack() : undefined),
      'what may be needed again could not be put back',
    );
    await putBack();
    for (const remark of run.remarks) progress.line(remark);
    return {
      tags: [...run.tags],
      manifests: run.manifests.size,
      blobs: 0,
      refusals: [...run.refusals.values()],
    };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Rejects when nothing is under way any more. */
  async #deleteAll(order: ContentOrder, run: Run): Promise<void> {
    const failed = new AbortController();
    const limit = pLimit(concurrency);
    const deleteFrom = async (root: Digest): Promise<void> => {
      if (failed.signal.aborted) return;
      for (const digest of order.from(root)) {
        if (!(await run.isNeeded(digest)) && !failed.signal.aborted) await this.#delete(digest, run);
        if (failed.signal.aborted) return;
      }
    };
    await allOrAbort(
      order.roots().map((root) => limit(deleteFrom, root)),
      failed,
    );
  }

  async #delete(digest: Digest, run: Run): Promise<void> {
    const own = run.tagsOf.get(digest) ?? [];
    const kept: string[] = [];
    for (const tag of own) {
      const found = await resolveTag(this.#client, tag);
      if (found?.digest !== digest) continue;
      if (await this.#untag(tag)) run.tags.add(tag);
      else kept.push(tag);
    }
    if (!run.going.has(digest)) {
      if (kept.length > 0) run.refusals.set(digest, refusedTags(this.reference(kept[0], undefined)));
      return;
    }
    const document = this.#known.documents.get(digest);
    const bytes = document && (await fetchDocument(this.#client, { digest, mediaType: document.mediaType }));
    if (await run.isNeeded(digest)) return;
    // It may be gone where the answer is an error, too. A look that finds it needed again has to find that it is not there.
    const status = await this.#sendDigest(digest).finally(() => {
      this.#known.documents.delete(digest);
      run.manifests.set(digest, document && bytes && { mediaType: document.mediaType, bytes });
    });
    if (unsupported.includes(status)) {
      run.manifests.delete(digest);
      if (own.length === kept.length && !this.#deletes) throw refusedAll(this.#place.registry, status);
      if (this.#deletes) {
        run.refusals.set(digest, refusedNow(this.reference(undefined, digest), status));
        return;
      }
      run.remarks.add(refusedManifests(this.url));
      return;
    }
    for (const tag of kept) run.tags.add(tag);
  }

  /** Whether a tag can be deleted by itself; distribution before 3 cannot. */
  async #untag(tag: string): Promise<boolean> {
    if (!this.#untags) return false;
    this.#untags = !unsupported.includes(await this.#send(tag));
    return this.#untags;
  }

  /** distribution 2.8 answers 400 for a manifest that it has deleted, where a tag comes or goes meanwhile. */
  async #sendDigest(digest: Digest): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      const status = await this.#send(digest);
      const isDone = !unsupported.includes(status);
      this.#deletes ||= isDone && status !== 404;
      if (isDone || status !== 400) return status;
      if (!(await resolveTag(this.#client, digest))) return 404;
      if (attempt === attempts) return status;
    }
  }

  /** What is gone already is fine. */
  async #send(tagOrDigest: string): Promise<number> {
    const response = await this.#client.call({
      method: 'DELETE',
      to: `manifests/${tagOrDigest}`,
      accept: [404, ...unsupported],
    });
    await discard(response);
    return response.status;
  }

  /** A tag may have come to lead to a manifest just before that was deleted: its blobs are still there. */
  async #putBack({ documents }: Inventory, run: Run): Promise<undefined> {
    const needed = new Set([...documents.values()].flatMap(({ missing = [] }) => missing));
    for (const digest of needed) {
      const deleted = run.manifests.get(digest);
      if (!deleted) continue;
      const descriptor = { mediaType: deleted.mediaType, digest, size: deleted.bytes.length };
      await putManifest(this.#client, descriptor, deleted.bytes, digest);
      run.manifests.delete(digest);
      run.progress.line(`${this.reference(undefined, digest)} is needed again: put back`);
    }
  }
}

/** How far a removal has come. */
interface Run {
  /** Whether something that stays has come to lead to it, by what was there a moment ago. */
  isNeeded(digest: Digest): Promise<boolean>;
  readonly going: ReadonlySet<Digest>;
  readonly tagsOf: ReadonlyMap<Digest, readonly string[]>;
  readonly tags: Set<string>;
  readonly manifests: Map<Digest, { readonly mediaType: string; readonly bytes: Buffer } | undefined>;
  readonly refusals: Map<string, string>;
  readonly remarks: Set<string>;
  readonly progress: Progress;
}

function refusedTags(reference: string): string {
  return `${reference} stays: this registry deletes no tag by itself, only a manifest with all of its tags, and another tag of it stays (distribution does from version 3 on)`;
}

function refusedManifests(url: string): string {
  return `${url}: the tags are gone; this registry deletes no manifests, and cleans up by itself what no tag leads to`;
}

function refusedNow(reference: string, status: number): string {
  return `${reference} stays: the registry answered ${status} to its deletion, and deletes others: run it again`;
}

function refusedAll(host: string, status: number): AlbaError {
  const remedy = host.startsWith('containers.')
    ? 'GitHub deletes through its packages API: set GITHUB_API_URL to that of the server, such as https://github.example.org/api/v3'
    : 'deletion has to be switched on there (distribution: REGISTRY_STORAGE_DELETE_ENABLED=true)';
  return new AlbaError(
    'target',
    `${host} answered ${status}: it deletes nothing by the registry API; ${remedy}`,
  );
}

function tagsByDigest({ tags }: Removal): Map<Digest, string[]> {
  const found = new Map<Digest, string[]>();
  for (const { tag, digest } of tags) found.set(digest, [...(found.get(digest) ?? []), tag]);
  return found;
}
