import type { ServerResponse } from 'node:http';
import { digestOf } from '../../../src/oci/digest.ts';
import { refuse, type Seen } from '../../repository/registry/fake.ts';
import { answerJson, type HostAnswer } from './hosts.ts';
import type { StoredManifest } from './stored-images.ts';

/** A version as GitHub keeps it. */
export interface StoredVersion extends StoredManifest {
  readonly id: number;
  tags: string[];
  updated: string;
}

/** What a token may do. Each is one that GitHub gives out. */
export type TokenKind = 'workflow' | 'reader' | 'classic' | 'without-scope' | 'fine-grained';

/** How a stand-in behaves; written from the design note, and tried against nothing else. */
export interface GhcrOptions {
  readonly registry?: string;
  readonly owner?: string;
  readonly ownerType?: 'Organization' | 'User';
  /** Who a classic token belongs to. */
  readonly login?: string;
  readonly name?: string;
  readonly kind?: TokenKind;
  /** Versions of these digests were downloaded more than 5,000 times. */
  readonly popular?: readonly string[];
  /** Answers this before all else, where it gives something. */
  readonly before?: (request: Seen, response: ServerResponse, package_: Ghcr) => boolean;
}

/** GitHub's container registry and its packages API, with one package. */
export class Ghcr {
  readonly versions: StoredVersion[] = [];
  readonly deleted: StoredVersion[] = [];
  readonly #options: Required<Omit<GhcrOptions, 'before'>> & Pick<GhcrOptions, 'before'>;
  #next = 100;

  constructor(options: GhcrOptions = {}) {
    this.#options = {
      ...{ registry: 'ghcr.io', owner: 'org', ownerType: 'Organization', login: 'ann', name: 'app' },
      ...{ kind: 'workflow', popular: [], ...options },
    };
  }

  /** Pushes a manifest, under tags or by its digest alone; a tag leaves the version that it named. */
  push(manifest: StoredManifest, tags: readonly string[], updated: Date): void {
    for (const version of this.versions) version.tags = version.tags.filter((tag) => !tags.includes(tag));
    const known = this.versions.find(({ digest }) => digest === manifest.digest);
    if (known) {
      known.tags.push(...tags);
      known.updated = updated.toISOString();
      return;
    }
    this.#next += 1;
    this.versions.unshift({
      ...{ ...manifest, id: this.#next, tags: [...tags], updated: updated.toISOString() },
    });
  }

  tags(): string[] {
    return this.versions.flatMap(({ tags }) => tags).sort();
  }

  digests(): string[] {
    return this.versions.map(({ digest }) => digest).sort();
  }

  readonly answerRegistry: HostAnswer = (request, response) => {
    const { registry, before, owner, name } = this.#options;
    if (before?.(request, response, this)) return;
    const { method, path, headers, body } = request;
    if (path === '/token') return answerJson(response, 200, { token: 'registry-token' });
    if (!headers.authorization) {
      const challenge = `Bearer realm="https://${registry}/token",service="${registry}"`;
      return refuse(response, 401, 'UNAUTHORIZED', '', { 'www-authenticate': challenge });
    }
    const base = `/v2/${owner}/${name}/`;
    if (path === `${base}tags/list`) return answerJson(response, 200, { tags: this.tags() });
    if (!path.startsWith(`${base}manifests/`)) return refuse(response, 404, 'NOT_FOUND');
    const last = path.slice(`${base}manifests/`.length);
    if (method === 'DELETE') return refuse(response, 405, 'UNSUPPORTED');
    if (method === 'PUT') {
      const mediaType = headers['content-type'] ?? '';
      const digest = digestOf(body);
      this.push({ digest, mediaType, bytes: body }, last.startsWith('sha256:') ? [] : [last], new Date());
      return response.writeHead(201, { 'docker-content-digest': digest }).end();
    }
    const found = this.versions.find(({ digest, tags }) => digest === last || tags.includes(last));
    if (!found) return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    response.writeHead(200, {
      ...{ 'content-type': found.mediaType, 'content-length': found.bytes.length },
      'docker-content-digest': found.digest,
    });
    return response.end(method === 'HEAD' ? undefined : found.bytes);
  };

  readonly answerApi: HostAnswer = (request, response) => {
    const { before, owner, ownerType, login, name, kind } = this.#options;
    if (before?.(request, response, this)) return;
    const path = request.path.replace(/^\/api\/v3/, '');
    const isRead = request.method === 'GET';
    if (!request.headers.authorization)
      return answerJson(response, 401, { message: 'Requires authentication' });
    if (/token wrong$/.test(request.headers.authorization)) {
      return answerJson(response, 401, { message: 'Bad credentials' });
    }
    if (path === `/users/${owner}`) return answerJson(response, 200, { login: owner, type: ownerType });
    if (path === '/user') {
      return kind === 'classic'
        ? answerJson(response, 200, { login, type: 'User' })
        : answerJson(response, 403, { message: 'Resource not accessible by integration' });
    }
    if (kind === 'fine-grained') {
      return answerJson(response, 403, { message: 'Resource not accessible by personal access token' });
    }
    if (kind === 'without-scope') {
      return answerJson(response, 403, {
        message: 'You need at least read:packages scope to list packages.',
      });
    }
    const isOwn = kind === 'classic' && login === owner;
    const scopes = ownerType === 'Organization' ? [`/orgs/${owner}`] : [`/users/${owner}`];
    const scope = [...scopes, ...(isOwn ? ['/user'] : [])].find((one) => path.startsWith(`${one}/packages`));
    if (scope === undefined) return answerJson(response, 404, { message: 'Not Found' });
    const below = path.slice(`${scope}/packages`.length);
    if (below === '') {
      return kind === 'classic'
        ? answerJson(response, 200, [{ name }, { name: 'app/sub' }])
        : answerJson(response, 403, { message: 'Resource not accessible by integration' });
    }
    const base = `/container/${encodeURIComponent(name)}`;
    if (below === base) return answerJson(response, 200, { name, owner: { login: owner } });
    if (!below.startsWith(`${base}/versions`))
      return answerJson(response, 404, { message: 'Package not found.' });
    if (!isRead && kind === 'reader') {
      return answerJson(response, 403, { message: 'You must be an admin of the package to delete it.' });
    }
    return this.#answerVersions(request, below.slice(`${base}/versions`.length), response);
  };

  #answerVersions({ method, query }: Seen, below: string, response: ServerResponse): unknown {
    if (below === '') {
      const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
      const listed = this.versions.slice((page - 1) * size, page * size);
      return answerJson(response, 200, listed.map(written));
    }
    const [, id, action] = /^\/(\d+)(\/restore)?$/.exec(below) ?? [];
    const found = this.versions.find((version) => version.id === Number(id));
    if (method === 'POST' && action) {
      const restored = this.deleted.find((version) => version.id === Number(id));
      if (restored) this.versions.unshift(restored);
      return response.writeHead(restored ? 204 : 404).end();
    }
    if (!found) return answerJson(response, 404, { message: 'Package version not found.' });
    if (method === 'GET') return answerJson(response, 200, written(found));
    const message = this.#refusal(found);
    if (message) return answerJson(response, 400, { message });
    this.versions.splice(this.versions.indexOf(found), 1);
    this.deleted.push(found);
    return response.writeHead(204).end();
  }

  #refusal({ digest, tags }: StoredVersion): string | undefined {
    if (this.#options.popular.includes(digest)) {
      return 'Publicly visible package versions with more than 5000 downloads cannot be deleted. Contact GitHub support for further assistance.';
    }
    const tagged = this.versions.filter((version) => version.tags.length > 0);
    return tags.length > 0 && tagged.length === 1
      ? 'You cannot delete the last tagged version of a package. You must delete the package instead.'
      : undefined;
  }
}

/** A version as the API tells of it. */
export function written({ id, digest, tags, updated }: StoredVersion) {
  return {
    ...{ id, name: digest, created_at: updated, updated_at: updated },
    metadata: { package_type: 'container', container: { tags } },
  };
}
