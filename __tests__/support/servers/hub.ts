import { refuse } from '../../repository/registry/fake.ts';
import { answerJson, type HostAnswer } from './hosts.ts';
import type { StoredManifest } from './stored-images.ts';

/** How a stand-in for Docker Hub behaves; written from the design note, and tried against nothing else. */
export interface HubOptions {
  /** What the access token may do; one without `delete` is refused with 403. */
  readonly rights?: 'delete' | 'read';
  /** Answers this before all else, where it gives something. */
  readonly before?: HostAnswer;
}

/** `org/app` on Docker Hub: its registry, its token service and its own API. */
export class Hub {
  readonly manifests = new Map<string, StoredManifest>();
  readonly tags = new Map<string, { readonly digest: string; readonly pushed: string }>();
  readonly #options: HubOptions;
  #tokens = 0;

  constructor(options: HubOptions = {}) {
    this.#options = options;
  }

  readonly answerRegistry: HostAnswer = ({ method, path, headers }, response) => {
    if (!headers.authorization) {
      const challenge = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';
      return refuse(response, 401, 'UNAUTHORIZED', '', { 'www-authenticate': challenge });
    }
    if (method === 'DELETE') return refuse(response, 405, 'UNSUPPORTED');
    if (path === '/v2/org/app/tags/list') return answerJson(response, 200, { tags: [...this.tags.keys()] });
    const last = path.replace('/v2/org/app/manifests/', '');
    const found = this.manifests.get(this.tags.get(last)?.digest ?? last);
    if (!found) return refuse(response, 404, 'MANIFEST_UNKNOWN');
    response.writeHead(200, {
      ...{ 'content-type': found.mediaType, 'content-length': found.bytes.length },
      'docker-content-digest': found.digest,
    });
    return response.end(method === 'HEAD' ? undefined : found.bytes);
  };

  readonly answerTokens: HostAnswer = (_, response) => answerJson(response, 200, { token: 'registry-token' });

  readonly answerApi: HostAnswer = (request, response) => {
    const { method, path, query, headers, body } = request;
    this.#options.before?.(request, response);
    if (response.headersSent) return response;
    if (method === 'POST' && path === '/v2/auth/token') {
      const { identifier, secret } = JSON.parse(`${body}`);
      if (identifier !== 'ann' || secret !== 'dckr_pat_hush') {
        return answerJson(response, 401, { detail: 'Incorrect authentication credentials' });
      }
      this.#tokens += 1;
      return answerJson(response, 200, { access_token: `jwt-${this.#tokens}` });
    }
    const tags = '/v2/repositories/org/app/tags';
    if (method === 'GET' && path === tags) {
      const [size, page] = [Number(query.get('page_size') ?? 10), Number(query.get('page') ?? 1)];
      const all = [...this.tags].map(([name, { digest, pushed }]) => ({
        ...{ name, digest, last_updated: pushed, tag_last_pushed: pushed },
      }));
      const next = page * size < all.length ? `https://hub.docker.com${tags}?page=${page + 1}` : null;
      return answerJson(response, 200, { next, results: all.slice((page - 1) * size, page * size) });
    }
    if (method !== 'DELETE') return answerJson(response, 404, { message: 'object not found' });
    if (headers.authorization !== `Bearer jwt-${this.#tokens}`) {
      return answerJson(response, 401, { detail: 'Authentication required' });
    }
    if (this.#options.rights === 'read') {
      return answerJson(response, 403, {
        message: 'access to the resource is forbidden with personal access token',
      });
    }
    const [, tag = ''] = /^\/v2\/repositories\/org\/app\/tags\/([^/]+)\/$/.exec(path) ?? [];
    return response.writeHead(this.tags.delete(tag) ? 204 : 404).end();
  };

  /** Forgets the token that was given last, as one that has expired. */
  expire(): void {
    this.#tokens += 1;
  }
}
