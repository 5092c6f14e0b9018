import type { Digest } from '../../oci/digest.ts';
import { formatReference, type Reference } from '../../oci/reference.ts';
import { subjectOfTag } from '../../oci/referrer.ts';
import type { Progress } from '../../progress/progress.ts';
import type { InventoryQuery, Removal, Removed, RepositoryDeleter } from '../deleter.ts';
import type { Inventory } from '../inventory.ts';
import { Client } from '../registry/client.ts';
import { type KnownContent, readRegistryInventory } from '../registry/inventory.ts';
import { resolveTag } from '../registry/manifest.ts';
import type { RegistryOptions } from '../registry/options.ts';
import type { HubApi } from './api.ts';

/** Deletes on Docker Hub: tags alone, by its own API. What no tag leads to, it cleans up by itself. */
export function openHubDeleter(place: Reference, hub: HubApi, options: RegistryOptions): RepositoryDeleter {
  return new HubDeleter(place, hub, options);
}

class HubDeleter implements RepositoryDeleter {
  readonly url: string;
  readonly #place: Reference;
  readonly #hub: HubApi;
  readonly #client: Client;
  readonly #known: KnownContent = { documents: new Map(), created: new Map() };

  constructor({ registry, repository }: Reference, hub: HubApi, options: RegistryOptions) {
    this.#place = { registry, repository };
    this.url = `docker://${registry}/${repository}`;
    this.#hub = hub;
    this.#client = new Client(this.#place, { ...options, access: 'pull' });
  }

  reference(tag: string | undefined, digest: Digest | undefined): string {
    return formatReference({ ...this.#place, ...(tag && { tag }), ...(digest && { digest }) });
  }

  /** The time of a tag is when Docker Hub says that it was pushed; where it says none, its image's own. */
  async inventory({ needsTime }: InventoryQuery): Promise<Inventory> {
    const times = await this.#hub.pushTimes();
    const reference = this.reference(undefined, undefined);
    const inventory = await readRegistryInventory(this.#client, reference, this.#known, {
      needsTime: (tag) => needsTime(tag) && !times.has(tag),
    });
    const tags = inventory.tags.map((entry) => {
      const at = times.get(entry.tag);
      return at ? { ...entry, time: { at, from: 'stored' } as const } : entry;
    });
    return { ...inventory, tags };
  }

  /** Tags of releases first, then those that stand for what refers to them. */
  async remove(
    query: InventoryQuery,
    choose: (inventory: Inventory) => Removal,
    progress: Progress,
  ): Promise<Removed> {
    const { tags } = choose(await this.inventory(query));
    const isAbout = ({ tag }: { readonly tag: string }): boolean => subjectOfTag(tag) !== undefined;
    const gone: string[] = [];
    for (const { tag, digest } of [...tags.filter((one) => !isAbout(one)), ...tags.filter(isAbout)]) {
      const found = await resolveTag(this.#client, tag);
      if (found && found.digest !== digest) continue;
      if (found) await this.#hub.deleteTag(tag);
      gone.push(tag);
    }
    if (gone.length > 0) progress.line(`${this.url}: Docker Hub cleans up by itself what no tag leads to`);
    return { tags: gone, manifests: 0, blobs: 0, refusals: [] };
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.close(), this.#hub.close()]);
  }
}
