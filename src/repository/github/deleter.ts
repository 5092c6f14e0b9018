import { onFailure } from '../../concurrency/on-failure.ts';
import { AlbaError } from '../../errors.ts';
import type { GitHubApi } from '../../network/github/github.ts';
import type { Digest } from '../../oci/digest.ts';
import { formatReference } from '../../oci/reference.ts';
import { subjectOfTag } from '../../oci/referrer.ts';
import { formatCount } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import type { InventoryQuery, Removal, Removed, RepositoryDeleter } from '../deleter.ts';
import { HoldersFirst } from '../holders-first.ts';
import type { Inventory } from '../inventory.ts';
import type { ReadDocument } from '../inventory-document.ts';
import { Client } from '../registry/client.ts';
import type { RegistryOptions } from '../registry/options.ts';
import { type PackageInventory, readPackageInventory } from './inventory.ts';
import { type Going, goingBy, neededSince } from './needed.ts';
import { type PackageName, Packages } from './packages.ts';
import { TagRemover } from './tag-remover.ts';

/** In milliseconds: how often, while it deletes, all is looked at. */
const lookEvery = 30_000;
/** A look takes no more than this part of the time. */
const lookShare = 4;

/**
 * Deletes on GitHub's container registry: versions by the packages API, as the registry deletes nothing itself. The versions that have a tag
 * and those that have none are listed alike.
 */
export function openPackageDeleter(
  name: PackageName,
  api: GitHubApi,
  options: RegistryOptions,
): RepositoryDeleter {
  return new PackageDeleter(name, api, options);
}

class PackageDeleter implements RepositoryDeleter {
  readonly url: string;
  readonly #place: { readonly registry: string; readonly repository: string };
  readonly #api: GitHubApi;
  readonly #packages: Packages;
  /** Reading is all that deletion takes at the registry, but for taking a tag off. */
  readonly #reader: Client;
  readonly #tags: TagRemover;
  readonly #known = new Map<Digest, ReadDocument>();

  constructor(name: PackageName, api: GitHubApi, options: RegistryOptions) {
    this.#place = { registry: name.registry, repository: `${name.owner}/${name.name}` };
    this.url = `docker://${this.#place.registry}/${this.#place.repository}`;
    this.#api = api;
    this.#packages = new Packages(api, name);
    this.#reader = new Client(this.#place, { ...options, access: 'pull' });
    this.#tags = new TagRemover(this.#place, this.#packages, options);
  }

  reference(tag: string | undefined, digest: Digest | undefined): string {
    return formatReference({ ...this.#place, ...(tag && { tag }), ...(digest && { digest }) });
  }

  async inventory(): Promise<Inventory> {
    return (await this.#look()).inventory;
  }

  /** Whole versions first, then tags of those that stay. A run that is killed leaves versions without a tag, which the next one finds. */
  async remove(
    _: InventoryQuery,
    choose: (inventory: Inventory) => Removal,
    progress: Progress,
  ): Promise<Removed> {
    const began = await this.#look();
    const removal = choose(began.inventory);
    const going = goingBy(removal);
    const run: Run = {
      ...{ began, going, progress, tags: new Set(), deleted: new Map(), refusals: new Map() },
      ...{ needed: new Set(), lookAt: performance.now() + lookEvery },
    };
    await onFailure(
      () => this.#deleteAll(removal, run),
      () => this.#putRight(run),
      'what may be needed again could not be restored',
    );
    const [obstacle] = await this.#lookAgain(run);
    if (obstacle !== undefined) progress.warn(`not all that is left can be told: ${obstacle}`);
    await this.#tellOf(run);
    const { tags, deleted, refusals } = run;
    const manifests = [...deleted.keys()].filter((digest) => began.inventory.documents.has(digest)).length;
    return { tags: [...tags], manifests, blobs: 0, refusals: [...refusals.values()] };
  }

  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), this.#tags.close(), this.#api.close()]);
  }

  #look(): Promise<PackageInventory> {
    return readPackageInventory({
      ...{ packages: this.#packages, client: this.#reader, known: this.#known },
      reference: this.reference(undefined, undefined),
    });
  }

  async #deleteAll({ tags }: Removal, run: Run): Promise<void> {
    const order = new HoldersFirst(run.began.inventory, run.going.digests);
    for (let digest = order.next(); digest; digest = order.next()) {
      if (performance.now() > run.lookAt) await this.#lookBetween(run);
      if (!run.needed.has(digest) && (await this.#deleteVersion(digest, run))) order.gone(digest);
    }
    for (const one of tags) {
      if (!run.going.digests.has(one.digest)) await this.#takeOff(one, run);
    }
  }

  /** After a failure: restores what is needed again, and says what is gone. */
  async #putRight(run: Run): Promise<string> {
    if (run.deleted.size > 0) {
      await this.#lookAgain(run).finally(() => this.#tellOf(run));
    }
    return `${formatCount(run.deleted.size, 'version')} of this run gone`;
  }

  /** What came meanwhile may lead to what was deleted a moment before: that is restored. */
  async #lookAgain(run: Run): Promise<readonly string[]> {
    const start = performance.now();
    const { inventory } = await this.#look();
    run.needed = neededSince(run.began.inventory, inventory, run.going);
    const missing = [...inventory.documents.values()].flatMap((document) => document.missing ?? []);
    for (const digest of new Set(missing)) {
      const id = run.deleted.get(digest);
      if (id === undefined) continue;
      await this.#packages.restore(id);
      run.deleted.delete(digest);
      run.progress.line(`${this.reference(undefined, digest)} is needed again: restored`);
    }
    run.lookAt = performance.now() + Math.max(lookEvery, (performance.now() - start) * lookShare);
    return inventory.obstacles;
  }

  async #lookBetween(run: Run): Promise<void> {
    const [obstacle] = await this.#lookAgain(run);
    if (obstacle === undefined) return;
    throw new AlbaError('target', `${this.url}: not all that is there can be told any more: ${obstacle}`);
  }

  /** Whether it is gone. It is looked at right before: one that has got a tag stays. */
  async #deleteVersion(digest: Digest, run: Run): Promise<boolean> {
    const { id = 0 } = run.began.versions.get(digest) ?? {};
    const now = await this.#packages.version(id);
    const stranger = now?.tags.find((tag) => !run.going.tags.has(tag));
    if (stranger !== undefined) {
      run.progress.line(`${this.reference(stranger, undefined)} names ${digest} by now: it stays`);
      return false;
    }
    const fate = now ? await this.#packages.delete(id) : ({ is: 'gone' } as const);
    if (fate.is === 'refused') {
      run.refusals.set(digest, `${this.reference(now?.tags[0], digest)}: ${fate.why}`);
      return false;
    }
    for (const tag of run.began.versions.get(digest)?.tags ?? []) run.tags.add(tag);
    run.deleted.set(digest, id);
    return true;
  }

  async #takeOff({ tag, digest }: Removal['tags'][number], run: Run): Promise<void> {
    const subject = subjectOfTag(tag);
    if (subject && run.refusals.has(subject)) return;
    const isProved = run.deleted.size > 0;
    const fate = await this.#tags.takeOff(tag, digest, isProved);
    if (fate.is === 'refused') run.refusals.set(tag, `${this.reference(tag, undefined)}: ${fate.why}`);
    else if (fate.is !== 'moved') run.tags.add(tag);
  }

  async #tellOf({ deleted, progress }: Run): Promise<void> {
    if (deleted.size === 0) return;
    const ids = [...deleted.values()].join(', ');
    const how = await this.#packages.restoring();
    progress.line(
      `${this.url}: deleted versions ${ids}; GitHub keeps them for 30 days: ${how} brings one back`,
    );
  }
}

/** How far a removal has come. */
interface Run {
  readonly began: PackageInventory;
  readonly going: Going;
  readonly progress: Progress;
  readonly tags: Set<string>;
  /** The ids of versions that are gone. */
  readonly deleted: Map<Digest, number>;
  readonly refusals: Map<string, string>;
  needed: ReadonlySet<Digest>;
  /** Of `performance.now`. */
  lookAt: number;
}
