import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request with all of its body. */
export interface SpecRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const digest = /^sha256:[0-9a-f]{64}$/;
/** distribution-spec 1.1, "Pulling manifests". */
const name = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*';
const tag = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** The table "Endpoints" of the spec: what each is, and how it may be asked. The first one that matches counts. */
const endpoints: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/^\/v2\/$/, 'base', ['GET', 'HEAD']],
  [new RegExp(`^/v2/${name}/blobs/uploads/$`), 'session', ['POST']],
  [new RegExp(`^/v2/${name}/blobs/uploads/[^/]+$`), 'upload', ['PATCH', 'PUT', 'GET', 'DELETE']],
  [new RegExp(`^/v2/${name}/blobs/(?<digest>[^/]+)$`), 'blob', ['GET', 'HEAD', 'DELETE']],
  [new RegExp(`^/v2/${name}/manifests/(?<reference>[^/]+)$`), 'manifest', ['GET', 'HEAD', 'PUT', 'DELETE']],
  [new RegExp(`^/v2/${name}/tags/list$`), 'tags', ['GET']],
  [new RegExp(`^/v2/${name}/referrers/(?<digest>[^/]+)$`), 'referrers', ['GET']],
];

/** Holds the requests of one client to the OCI distribution spec 1.1, one after the other as they come. */
export class SpecCheck {
  readonly violations: string[] = [];
  /** Where uploads go on, as the registry said, without its origin. */
  readonly #locations = new Set<string>();
  #isChallenged = false;

  /** Gives what is asked for: `PUT manifest`. */
  request(request: SpecRequest): string {
    const { method, path, headers, body } = request;
    const url = new URL(path, 'http://registry');
    const found = endpoints.find(([pattern]) => pattern.test(url.pathname));
    const kind = `${method} ${found?.[1] ?? 'nothing'}`;
    const groups = found?.[0].exec(url.pathname)?.groups ?? {};
    const must = (isSo: boolean, rule: string): void => {
      if (!isSo) this.violations.push(`${method} ${path}: ${rule}`);
    };
    must(found !== undefined, 'is no endpoint');
    must(found === undefined || found[2].includes(method), 'is no method of this endpoint');
    must(Boolean(headers.host), 'has no Host');
    must(Boolean(headers['user-agent']), 'has no User-Agent');
    must(!headers.authorization || this.#isChallenged, 'has credentials that nobody asked for');
    must(!headers['content-length'] || !headers['transfer-encoding'], 'has two lengths (RFC 9112, 6.2)');
    if (['GET', 'HEAD', 'DELETE'].includes(method)) must(body.length === 0, 'has a body');
    if (headers.range)
      must(kind === 'GET blob' && /^bytes=\d+-\d*$/.test(headers.range), 'has a wrong Range');
    const known = decodeURIComponent(groups.digest ?? '');
    if (groups.digest !== undefined) must(digest.test(known), 'names no digest');
    if (groups.reference !== undefined)
      must(tag.test(groups.reference) || digest.test(groups.reference), 'names neither a tag nor a digest');
    const rules = this.#rules[kind];
    rules?.({ ...request, url, reference: groups.reference ?? '', must });
    return kind;
  }

  /** What the registry said to the last request. */
  answer(status: number, headers: IncomingHttpHeaders): void {
    if (status === 401) this.#isChallenged = true;
    if (status !== 202 || headers.location === undefined) return;
    const { pathname, search } = new URL(headers.location, 'http://registry');
    this.#locations.add(pathname + search);
  }

  readonly #rules: Readonly<Record<string, (request: Ruled) => void>> = {
    'POST session': ({ url, headers, body, must }) => {
      const { mount, ...more } = Object.fromEntries(url.searchParams);
      must(headers['content-length'] === '0' && body.length === 0, 'begins no upload of Content-Length 0');
      must(mount === undefined || digest.test(mount), 'mounts no digest');
      must(mount !== undefined || Object.keys(more).length === 0, 'has parameters');
    },
    'PATCH upload': ({ path, headers, body, must }) => {
      must(this.#locations.has(path), 'is not where the registry said');
      must(headers['content-type'] === 'application/octet-stream', 'is no application/octet-stream');
      must(body.length > 0, 'has no bytes');
      const [, first, last] = /^(\d+)-(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
      const isStreamed = headers['transfer-encoding'] === 'chunked' && headers['content-range'] === undefined;
      const isChunk =
        Number(last) - Number(first) + 1 === body.length && headers['content-length'] === `${body.length}`;
      must(isStreamed || isChunk, 'is neither a stream nor a chunk that says where it lies');
    },
    'PUT upload': ({ url, path, headers, body, must }) => {
      const digests = url.searchParams.getAll('digest');
      must(digests.length === 1 && digest.test(digests[0] ?? ''), 'has not one digest');
      const without = path.replace(/[?&]digest=[^&]*$/, '');
      must(this.#locations.has(without), 'is not where the registry said, with the digest behind it');
      must(headers['content-length'] === `${body.length}`, 'does not say its Content-Length');
      if (body.length === 0) return;
      must(headers['content-type'] === 'application/octet-stream', 'is no application/octet-stream');
      must(digestOf(body) === digests[0], 'is other bytes than its digest');
    },
    'PUT manifest': ({ reference, headers, body, must }) => {
      const { mediaType } = JSON.parse(body.toString()) as { readonly mediaType?: string };
      must(headers['content-type'] === mediaType, 'has another Content-Type than its mediaType');
      must(headers['content-length'] === `${body.length}`, 'does not say its Content-Length');
      must(!digest.test(reference) || digestOf(body) === reference, 'is other bytes than its digest');
      must(body.length <= 4 * 1024 * 1024, 'is larger than registries have to take');
    },
    'GET manifest': acceptsSome,
    'HEAD manifest': acceptsSome,
    'DELETE manifest': ({ reference, must }) => {
      must(tag.test(reference) || digest.test(reference), 'names neither a tag nor a digest');
    },
    'GET tags': ({ url, must }) => {
      const { n, last: _, ...more } = Object.fromEntries(url.searchParams);
      must(n === undefined || /^\d+$/.test(n), 'has a wrong n');
      must(Object.keys(more).length === 0, 'has parameters that no list of tags has');
    },
    'GET referrers': ({ url, must }) => {
      const names = [...url.searchParams.keys()].filter((key) => key !== 'artifactType');
      must(names.length === 0, 'has parameters that no list of referrers has');
    },
  };
}

type Ruled = SpecRequest & {
  readonly url: URL;
  readonly reference: string;
  readonly must: (isSo: boolean, rule: string) => void;
};

function acceptsSome({ headers, must }: Ruled): void {
  const types = (headers.accept ?? '').split(',').map((type) => type.trim());
  must(
    types.every((type) => /^application\/vnd\.[\w.+-]+$/.test(type)),
    `accepts ${headers.accept}, which is no type of a manifest`,
  );
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
