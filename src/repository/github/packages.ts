import * as v from 'valibot';
import type { GitHubAnswer, GitHubApi } from '../../network/github/github.ts';
import { compareText } from '../../oci/compare.ts';
import { digestSchema } from '../../oci/descriptor.ts';
import type { Digest } from '../../oci/digest.ts';
import { readNumberedPages } from '../numbered-pages.ts';
import { findOwner, type PackageOwner } from './owner.ts';
import { parseAnswer, refusedRequest } from './refused.ts';

/** A version of a package: one manifest, with all of its tags. */
export interface PackageVersion {
  /** By which it is deleted, and restored. */
  readonly id: number;
  readonly digest: Digest;
  readonly tags: readonly string[];
  /** When it was pushed, or its tags last changed. */
  readonly updated: Date;
}

/** A package on GitHub's container registry. */
export interface PackageName {
  /** `ghcr.io` */
  readonly registry: string;
  readonly owner: string;
  /** `app`, `app/sub`. */
  readonly name: string;
}

/** What became of an order to delete a version; `why` is a sentence that says what to do. */
export type VersionFate =
  | { readonly is: 'deleted' | 'gone' }
  | { readonly is: 'refused'; readonly why: string };

const versionSchema = v.object({
  id: v.number(),
  name: digestSchema,
  updated_at: v.nullish(v.string()),
  created_at: v.nullish(v.string()),
  metadata: v.nullish(v.object({ container: v.nullish(v.object({ tags: v.nullish(v.array(v.string())) })) })),
});
const perPage = 100;

/** The versions of one package, by GitHub's REST API ("Packages"). */
export class Packages {
  readonly #api: GitHubApi;
  readonly #package: PackageName;
  #owner: Promise<PackageOwner> | undefined;

  constructor(api: GitHubApi, name: PackageName) {
    this.#api = api;
    this.#package = name;
  }

  /** All of them, newest first. */
  async versions(): Promise<PackageVersion[]> {
    const read = async (page: number) => {
      const items = await this.#page(page);
      return { items, isLast: items.length < perPage };
    };
    return readNumberedPages(`the versions of ${this.#shown}`, read, ({ id }) => id);
  }

  /** The version of a manifest that was pushed a moment ago. */
  async newest(digest: Digest): Promise<PackageVersion | undefined> {
    return (await this.#page(1)).find((version) => version.digest === digest);
  }

  /** One of them as it is now; undefined where it is gone. */
  async version(id: number): Promise<PackageVersion | undefined> {
    const answer = await this.#ask('GET', '/versions/{id}', { id });
    if (answer.status === 404) return undefined;
    return readVersion(parseAnswer(versionSchema, answer, `version ${id} of ${this.#shown}`));
  }

  /** Deletes one; one that is gone already is fine, one that the token does not see is not. Throws where it may delete none. */
  async delete(id: number): Promise<VersionFate> {
    const answer = await this.#ask('DELETE', '/versions/{id}', { id }, [400, 404]);
    if (answer.status === 404) {
      if (!(await this.version(id))) return { is: 'gone' };
      throw refusedRequest(answer, { method: 'DELETE', api: this.#api.home, what: this.#shown });
    }
    if (answer.status !== 400) return { is: 'deleted' };
    return { is: 'refused', why: refusedVersion(answer, `version ${id} of ${this.#shown}`) };
  }

  /** Brings one back; GitHub keeps it for 30 days. */
  async restore(id: number): Promise<void> {
    await this.#ask('POST', '/versions/{id}/restore', { id }, []);
  }

  /** How a person brings versions back. */
  async restoring(): Promise<string> {
    const { shown } = await this.#ownerOnce();
    return `gh api -X POST ${shown}/packages/container/${encodeURIComponent(this.#package.name)}/versions/ID/restore`;
  }

  get #shown(): string {
    return shownPackage(this.#package);
  }

  async #page(page: number): Promise<PackageVersion[]> {
    const parameters = { per_page: perPage, page };
    const answer = await this.#ask('GET', '/versions', parameters, []);
    const listed = parseAnswer(v.array(versionSchema), answer, `the versions of ${this.#shown}`);
    return listed.map(readVersion);
  }

  async #ask(
    method: string,
    below: string,
    parameters: Readonly<Record<string, string | number>>,
    accept: readonly number[] = [404],
  ): Promise<GitHubAnswer> {
    const { path } = await this.#ownerOnce();
    const { owner, name } = this.#package;
    const route = `${method} ${path}/packages/container/{package_name}${below}`;
    const given = { ...parameters, package_name: name, ...(path !== '/user' && { owner }) };
    const answer = await this.#api.request(route, given);
    if (answer.status < 400 || accept.includes(answer.status)) return answer;
    throw refusedRequest(answer, { method, api: this.#api.home, what: this.#shown });
  }

  #ownerOnce(): Promise<PackageOwner> {
    this.#owner ??= findOwner(this.#api, this.#package.owner, this.#package.name);
    return this.#owner;
  }
}

/** The names of an owner's packages, as a reference has them: `ghcr.io/org/app`. */
export async function listPackages(api: GitHubApi, registry: string, owner: string): Promise<string[]> {
  const { path } = await findOwner(api, owner);
  const what = `the packages of ${owner}`;
  const read = async (page: number) => {
    const answer = await api.request(`GET ${path}/packages`, {
      ...{ package_type: 'container', per_page: perPage, page },
      ...(path !== '/user' && { owner }),
    });
    if (answer.status >= 400) {
      throw refusedRequest(answer, { method: 'GET', api: api.home, what: `${registry}/${owner}` });
    }
    const items = parseAnswer(v.array(v.object({ name: v.string() })), answer, what);
    return { items, isLast: items.length < perPage };
  };
  const listed = await readNumberedPages(what, read, ({ name }) => name);
  return listed.map(({ name }) => shownPackage({ registry, owner, name })).sort(compareText);
}

/** `ghcr.io/org/app` */
function shownPackage({ registry, owner, name }: PackageName): string {
  return `${registry}/${owner}/${name}`;
}

/** Versions that GitHub does not delete, whoever asks. */
function refusedVersion({ said }: GitHubAnswer, what: string): string {
  if (/last (tagged )?version/i.test(said)) {
    return `${what} stays: GitHub deletes no last tagged version; keep a release, or delete the whole package on its page`;
  }
  if (/downloads/i.test(said)) {
    return `${what} stays: GitHub deletes no public version that was downloaded more than 5,000 times; leave it by keep-matching, or ask GitHub's support`;
  }
  return `${what} stays: GitHub refuses to delete it (400: ${said})`;
}

function readVersion(read: v.InferOutput<typeof versionSchema>): PackageVersion {
  const { id, name, updated_at, created_at, metadata } = read;
  return {
    ...{ id, tags: metadata?.container?.tags ?? [] },
    digest: name,
    updated: new Date(updated_at ?? created_at ?? 0),
  };
}
