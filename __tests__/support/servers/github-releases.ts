import type { ServerResponse } from 'node:http';
import { digestOf } from '../../../src/oci/digest.ts';
import type { Seen } from '../../repository/registry/fake.ts';
import { answerJson, type HostAnswer } from './hosts.ts';

interface Kept {
  readonly id: number;
  name: string;
  readonly bytes: Buffer;
  state: string;
}

interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly prerelease: boolean;
  draft: boolean;
  immutable: boolean;
  body?: string;
  readonly assets: Kept[];
}

/** How a stand-in behaves. */
export interface GitHubReleasesOptions {
  /** Where assets are sent, `https://uploads.github.com` if not given. */
  readonly uploads?: () => string;
  readonly gitTags?: readonly string[];
  /** Whether it tells the digests of assets, as GitHub does since June 2025. */
  readonly hasDigests?: boolean;
  /** Answers this before all else, where it gives true. */
  readonly before?: (request: Seen, response: ServerResponse, github: GitHubSite) => boolean;
}

/** Releases of `org/app`, written from GitHub's "REST API endpoints for releases and release assets", and tried against nothing else. */
export class GitHubSite {
  readonly releases: Release[] = [];
  readonly #options: GitHubReleasesOptions;
  #next = 1;

  constructor(options: GitHubReleasesOptions = {}) {
    this.#options = options;
  }

  add(tag: string, more: Partial<Release> = {}): Release {
    const release = { tag_name: tag, prerelease: false, draft: false, immutable: false, assets: [], ...more };
    const made = { id: this.#id(), ...release };
    this.releases.unshift(made);
    return made;
  }

  keep(release: Release, name: string, bytes: Uint8Array | string, state = 'uploaded'): Kept {
    const kept = { id: this.#id(), name, bytes: Buffer.from(bytes), state };
    release.assets.push(kept);
    return kept;
  }

  /** The names of the assets of a tag that are there to their end. */
  names(tag: string): string[] {
    const found = this.releases.filter(({ tag_name }) => tag_name === tag).flatMap(({ assets }) => assets);
    return found.flatMap(({ name, state }) => (state === 'uploaded' ? name : [])).sort();
  }

  read(tag: string, name: string): Buffer | undefined {
    const found = this.releases.find(({ tag_name }) => tag_name === tag);
    return found?.assets.find((asset) => asset.name === name)?.bytes;
  }

  readonly answer: HostAnswer = (request, response) => {
    if (this.#options.before?.(request, response, this)) return;
    if (!/^token ghs_/.test(request.headers.authorization ?? '')) {
      return answerJson(response, 401, { message: 'Bad credentials' });
    }
    const path = request.path.replace(/^\/api\/(v3|uploads)/, '');
    if (!path.startsWith('/repos/org/app/')) return answerJson(response, 404, { message: 'Not Found' });
    const below = path.slice('/repos/org/app/'.length);
    const [, gitTag] = /^git\/ref\/tags\/(.+)$/.exec(below) ?? [];
    if (gitTag) {
      const { gitTags = ['v1.0.0'] } = this.#options;
      return answerJson(response, gitTags.includes(decodeURIComponent(gitTag)) ? 200 : 404, { ref: gitTag });
    }
    const [, tag] = /^releases\/tags\/(.+)$/.exec(below) ?? [];
    if (tag) {
      const found = this.releases.find((one) => !one.draft && one.tag_name === decodeURIComponent(tag));
      return found
        ? answerJson(response, 200, this.#told(found))
        : answerJson(response, 404, { message: 'Not Found' });
    }
    if (below === 'releases' && request.method === 'GET') {
      return answerJson(
        response,
        200,
        paged(request, this.releases).map((one) => this.#told(one)),
      );
    }
    if (below === 'releases') {
      const { tag_name, draft, prerelease, body } = JSON.parse(`${request.body}`);
      return answerJson(response, 201, this.#told(this.add(tag_name, { draft, prerelease, body })));
    }
    const [, assetId] = /^releases\/assets\/(\d+)$/.exec(below) ?? [];
    if (assetId) return this.#answerAsset(request, Number(assetId), response);
    const [, id, rest] = /^releases\/(\d+)(\/assets)?$/.exec(below) ?? [];
    const release = this.releases.find((one) => one.id === Number(id));
    if (!release) return answerJson(response, 404, { message: 'Not Found' });
    if (rest && request.method === 'POST') return this.#upload(request, release, response);
    if (rest)
      return answerJson(
        response,
        200,
        paged(request, release.assets).map((one) => this.#asset(one)),
      );
    if (request.method === 'DELETE') {
      this.releases.splice(this.releases.indexOf(release), 1);
      return response.writeHead(204).end();
    }
    Object.assign(release, JSON.parse(`${request.body}`));
    return answerJson(response, 200, this.#told(release));
  };

  #answerAsset({ method, body }: Seen, id: number, response: ServerResponse): unknown {
    const release = this.releases.find(({ assets }) => assets.some((one) => one.id === id));
    const asset = release?.assets.find((one) => one.id === id);
    if (!release || !asset) return answerJson(response, 404, { message: 'Not Found' });
    if (method === 'GET') return response.writeHead(200).end(asset.bytes);
    if (release.immutable) return answerJson(response, 422, { message: 'Cannot delete asset' });
    if (method === 'PATCH') {
      const { name } = JSON.parse(`${body}`);
      if (release.assets.some((one) => one.name === name))
        return answerJson(response, 422, { message: 'Taken' });
      asset.name = name;
      return answerJson(response, 200, this.#asset(asset));
    }
    release.assets.splice(release.assets.indexOf(asset), 1);
    return response.writeHead(204).end();
  }

  #upload({ query, body, headers }: Seen, release: Release, response: ServerResponse): unknown {
    const name = query.get('name') ?? '';
    const isWhole = Number(headers['content-length']) === body.length;
    if (!isWhole || body.length === 0) return answerJson(response, 400, { message: 'Bad Content-Length' });
    if (release.immutable) return answerJson(response, 422, { message: 'Release is immutable' });
    if (release.assets.some((one) => one.name === name)) {
      const errors = [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }];
      return answerJson(response, 422, { message: 'Validation Failed', errors });
    }
    return answerJson(response, 201, this.#asset(this.keep(release, name, body)));
  }

  #asset({ id, name, bytes, state }: Kept) {
    const { hasDigests = true } = this.#options;
    return {
      ...{ id, name, state, size: state === 'uploaded' ? bytes.length : 0 },
      digest: hasDigests && state === 'uploaded' ? digestOf(bytes) : null,
      browser_download_url: `https://github.com/org/app/releases/download/${name}`,
    };
  }

  #told({ id, tag_name, draft, immutable, prerelease, assets }: Release) {
    const uploads = this.#options.uploads?.() ?? 'https://uploads.github.com';
    return {
      ...{ id, tag_name, draft, immutable, prerelease, created_at: '2026-01-02T03:04:05Z' },
      ...(!draft && { published_at: `2026-02-01T00:00:${`${id % 60}`.padStart(2, '0')}Z` }),
      assets: assets.map((one) => this.#asset(one)),
      html_url: `https://github.com/org/app/releases/tag/${tag_name}`,
      upload_url: `${uploads}/repos/org/app/releases/${id}/assets{?name,label}`,
    };
  }

  #id(): number {
    this.#next += 1;
    return this.#next;
  }
}

function paged<T>({ query }: Seen, all: readonly T[]): T[] {
  const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  return all.slice((page - 1) * size, page * size);
}
