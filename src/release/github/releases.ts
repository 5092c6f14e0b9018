import * as v from 'valibot';
import { retrying } from '../../concurrency/retry.ts';
import { AlbaError } from '../../errors.ts';
import {
  type GitHubAnswer,
  type GitHubApi,
  type GitHubParameters,
  UploadBody,
} from '../../network/github/github.ts';
import { isDigest } from '../../oci/digest.ts';
import type { Asset } from './asset.ts';
import { refusedRelease } from './refused.ts';

/** Of what GitHub tells of a release ("REST API endpoints for releases"). */
const releaseSchema = v.object({
  id: v.number(),
  tag_name: v.string(),
  html_url: v.string(),
  upload_url: v.string(),
  draft: v.boolean(),
  immutable: v.nullish(v.boolean()),
  published_at: v.nullish(v.string()),
});
const storedAssetSchema = v.object({
  ...{ id: v.number(), name: v.string(), size: v.number(), state: v.string() },
  digest: v.fallback(v.nullish(v.pipe(v.string(), v.guard(isDigest))), undefined),
  browser_download_url: v.nullish(v.string()),
});

const listedSchema = v.object({ ...releaseSchema.entries, assets: v.array(storedAssetSchema) });

/** A release on GitHub with its assets, as a list tells of it. */
export type ListedRelease = v.InferOutput<typeof listedSchema>;
/** A release on GitHub; a draft is seen by who may write alone. */
export type GitHubRelease = v.InferOutput<typeof releaseSchema>;
/** An asset that is there; one that was not sent to its end has another state than `uploaded`. */
export type StoredAsset = v.InferOutput<typeof storedAssetSchema>;

const pageSize = 100;
/** GitHub lists the newest 10,000. */
const mostPages = 100;
const base = '/repos/{owner}/{repo}';

/** The releases of one repository on GitHub, by its REST API. Each method throws an AlbaError that says what was refused. */
export class GitHubReleases {
  readonly #api: GitHubApi;
  readonly #names: { readonly owner: string; readonly repo: string };
  readonly #what: string;

  constructor(api: GitHubApi, repository: string) {
    const [owner = '', repo = ''] = repository.split('/');
    this.#api = api;
    this.#names = { owner, repo };
    this.#what = `github-release:${repository}`;
  }

  /** The release of a tag of git's: the one that is out, else the draft; undefined where there is none. */
  async find(tag: string): Promise<GitHubRelease | undefined> {
    const answer = await this.#ask(`GET ${base}/releases/tags/{tag}`, { tag }, [404]);
    if (answer.status !== 404) return this.#parse(releaseSchema, answer);
    const drafts = (await this.list()).filter((release) => release.draft && release.tag_name === tag);
    if (drafts.length < 2) return drafts[0];
    const urls = drafts.map(({ html_url }) => html_url).join(' and ');
    throw new AlbaError(
      'target',
      `${this.#what} has several drafts of ${tag}: delete all but one of ${urls}`,
    );
  }

  /** All releases, drafts as far as the token sees them. */
  async list(): Promise<ListedRelease[]> {
    // One that is made meanwhile moves others to the next page.
    const found = new Map<number, ListedRelease>();
    for (let page = 1; page <= mostPages; page += 1) {
      const listed = this.#parse(v.array(listedSchema), await this.#list('/releases', { page }));
      for (const release of listed) found.set(release.id, release);
      if (listed.length < pageSize) break;
    }
    return [...found.values()];
  }

  /** Deletes a release with its assets; the tag of git's stays. One that is gone is as good. */
  async delete({ id }: GitHubRelease): Promise<void> {
    await this.#ask(`DELETE ${base}/releases/{release_id}`, { release_id: id }, [404]);
  }

  /** Throws where the repository has no such tag: to publish would make one, of whatever the main branch is. */
  async assertTag(tag: string): Promise<void> {
    const answer = await this.#ask(`GET ${base}/git/ref/tags/{+tag}`, { tag }, [404, 409]);
    if (answer.status < 400) return;
    throw new AlbaError(
      'target',
      `${this.#what} has no git tag ${tag}: push it first (git push origin ${tag})`,
    );
  }

  /** Makes a draft; where an answer is lost, it is looked for before another one is made. */
  create(tag: string, isPrerelease: boolean, notes?: string): Promise<GitHubRelease> {
    return retrying(async (attempt) => {
      const made = attempt > 1 ? await this.find(tag) : undefined;
      if (made) return made;
      const parameters = { tag_name: tag, name: tag, draft: true, prerelease: isPrerelease };
      const answer = await this.#api.requestOnce(`POST ${base}/releases`, {
        ...{ ...this.#names, ...parameters, ...(notes !== undefined && { body: notes }) },
      });
      return this.#parse(releaseSchema, this.#accepted(answer, []));
    }, this.#api.retry);
  }

  /** Shows a draft to all, with these notes in place of its own. Which release is the latest is left to the order of versions. */
  async publish({ id }: GitHubRelease, notes?: string): Promise<GitHubRelease> {
    const parameters = {
      ...{ release_id: id, draft: false, make_latest: 'legacy' },
      ...(notes !== undefined && { body: notes }),
    };
    return this.#parse(releaseSchema, await this.#ask(`PATCH ${base}/releases/{release_id}`, parameters));
  }

  /** All assets, also those that were not sent to their end. */
  async assets({ id }: Pick<GitHubRelease, 'id'>): Promise<StoredAsset[]> {
    const found: StoredAsset[] = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await this.#list('/releases/{release_id}/assets', { page, release_id: id });
      const listed = this.#parse(v.array(storedAssetSchema), answer);
      for (const one of listed) found.push(one);
      if (listed.length < pageSize) break;
    }
    return found;
  }

  /** Deletes an asset; one that is gone is as good. */
  async remove({ id }: StoredAsset): Promise<void> {
    await this.#ask(`DELETE ${base}/releases/assets/{asset_id}`, { asset_id: id }, [404]);
  }

  /** Gives an asset another name, which no other has. */
  async rename({ id }: StoredAsset, name: string): Promise<void> {
    await this.#ask(`PATCH ${base}/releases/assets/{asset_id}`, { asset_id: id, name });
  }

  /** Whether an asset has these bytes: by the digest that GitHub tells, else by its size and its bytes. */
  async holds(stored: StoredAsset, { size, digest }: Pick<Asset, 'size' | 'digest'>): Promise<boolean> {
    if (stored.state !== 'uploaded' || stored.size !== size) return false;
    if (stored.digest) return stored.digest === digest;
    const { owner, repo } = this.#names;
    return (await this.#api.digestAt(`/repos/${owner}/${repo}/releases/assets/${stored.id}`)) === digest;
  }

  /**
   * Sends an asset. Where that fails, it is looked for before it is sent again: it may be there, or a part of it in its way.
   */
  upload(release: GitHubRelease, asset: Asset): Promise<StoredAsset> {
    const url = this.#uploadUrl(release);
    const parameters: GitHubParameters = {
      ...{ name: asset.name, data: new UploadBody(asset.size, asset.open) },
      headers: { 'content-type': 'application/octet-stream' },
    };
    return retrying(async (attempt) => {
      const there = attempt > 1 ? await this.#settled(release, asset) : undefined;
      if (there) return there;
      const answer = await this.#api.requestOnce(`POST ${url}`, parameters);
      if (answer.status !== 422) return this.#parse(storedAssetSchema, this.#accepted(answer, []));
      const settled = await this.#settled(release, asset);
      if (settled) return settled;
      return this.#parse(
        storedAssetSchema,
        this.#accepted(await this.#api.requestOnce(`POST ${url}`, parameters), []),
      );
    }, this.#api.retry);
  }

  /** The asset where it is there already; what is left of one that was not sent to its end is deleted. */
  async #settled(release: GitHubRelease, asset: Asset): Promise<StoredAsset | undefined> {
    const stored = (await this.assets(release)).find(({ name }) => name === asset.name);
    if (!stored) return undefined;
    if (await this.holds(stored, asset)) return stored;
    if (stored.state === 'uploaded') {
      throw new AlbaError(
        'target',
        `${this.#what}: ${asset.name} came there meanwhile with other content: does another run publish ${release.tag_name}, too?`,
      );
    }
    await this.remove(stored);
    return undefined;
  }

  /** Who we are is shown to the host of the API and to that of its uploads alone. */
  #uploadUrl({ upload_url }: GitHubRelease): string {
    const { home } = this.#api;
    const plain = upload_url.replace(/\{.*$/s, '');
    const hosts = [home.host, `uploads.${home.host.replace(/^api\./, '')}`];
    if (URL.canParse(plain)) {
      const { protocol, host, username } = new URL(plain);
      if (protocol === home.protocol && hosts.includes(host) && username === '') return `${plain}{?name}`;
    }
    throw new AlbaError(
      'target',
      `${this.#what}: ${home.host} has assets sent to a host that is not its own: expected ${hosts.join(' or ')}`,
    );
  }

  #list(path: string, parameters: GitHubParameters): Promise<GitHubAnswer> {
    return this.#ask(`GET ${base}${path}`, { ...parameters, per_page: pageSize });
  }

  async #ask(
    route: string,
    parameters: GitHubParameters,
    expected: readonly number[] = [],
  ): Promise<GitHubAnswer> {
    return this.#accepted(await this.#api.request(route, { ...this.#names, ...parameters }), expected);
  }

  #accepted(answer: GitHubAnswer, expected: readonly number[]): GitHubAnswer {
    if (answer.status < 400 || expected.includes(answer.status)) return answer;
    throw refusedRelease(answer, this.#what, this.#api.home.host);
  }

  #parse<S extends v.GenericSchema>(schema: S, { data }: GitHubAnswer): v.InferOutput<S> {
    const read = v.safeParse(schema, data);
    if (read.success) return read.output;
    const [issue] = read.issues;
    const path = v.getDotPath(issue);
    throw new AlbaError(
      'target',
      `${this.#what}: ${this.#api.home.host} answered what is no release${path ? `, at ${path}` : ''}: ${issue.message}`,
    );
  }
}
