import { AlbaError } from '../errors.ts';
import { formatReference, parseReference, type Reference } from '../oci/reference.ts';
import { redactUrl } from '../progress/format.ts';
import { isRead, type Place, type Role, type Scheme } from './scheme.ts';
import { parseParameters } from './url-parameters.ts';

const form = 'docker://host[:port]/repository[:tag]';

/** A repository on a registry, as skopeo writes it; `?plain-http=` takes it to http, or to https on loopback. */
export const dockerScheme: Scheme = {
  name: 'docker',
  calledElsewhere: ['registry', 'docker-image'],
  about: 'a registry',
  forms: { target: form, reference: `${form}[@digest]`, download: `${form}[@digest]` },
  match: (text) => /^docker:\/\//i.test(text) || isPulled(text),
  parse(text, role) {
    const url = redactUrl(text);
    const [, rest = '', query = ''] = /^(?:docker:\/\/)?([^?]*)\??(.*)$/is.exec(text) ?? [];
    checkParts(rest, text, url, role);
    const { tag, digest, spelled, ...reference } = parseReference(rest);
    const { 'plain-http': plainHttp } = parseParameters(query, { 'plain-http': 'boolean' }, url);
    return {
      url,
      place: placeOf(reference, url, plainHttp),
      ...(tag !== undefined && { tag }),
      ...(digest && { digest }),
      ...(spelled !== undefined && { lowered: { name: spelled.toLowerCase(), spelled } }),
    };
  },
  /** A text that begins with a host (with a dot or a port, or localhost, as docker has it), or another tool's scheme. */
  guess(text) {
    const rest = text.replace(/^(?:docker|oci|https?):\/*/i, '');
    return /^(?:localhost|[^/]*[.:][^/]*)\/./.test(rest) ? `docker://${rest}` : undefined;
  },
};

/** What a push tells to pull, `ghcr.io/org/app:1.0@sha256:…`: a host and a digest make it one without a scheme. */
function isPulled(text: string): boolean {
  return /^(?:localhost|\[[\da-f:]+\]|[a-z\d-]+(?:\.[a-z\d-]+)+|[a-z\d-]+(?=:\d))(?::\d+)?\/[^\s@?#]+@sha256:[\da-f]{64}$/i.test(
    text,
  );
}

/** A password may hold any sign, so it is looked for in the whole text, before any part of that is shown. */
function checkParts(rest: string, text: string, url: string, role: Role): void {
  const isTarget = !isRead(role);
  if (isTarget ? text.includes('@') : /@(?!sha256:)/.test(text)) {
    const why = isTarget ? 'a release gets its digest by itself, and credentials' : 'credentials';
    const where = isTarget ? '' : ' but before a digest';
    throw new AlbaError('usage', `${url} must not contain "@"${where}: ${why} are inputs of their own`);
  }
  if (text.includes('#')) {
    throw new AlbaError('usage', `${url} has a "#", which means nothing here: expected ${form}`);
  }
  if (!rest.includes('/')) {
    throw new AlbaError('usage', `${url} names no repository: expected ${form}`);
  }
}

function placeOf(reference: Reference, url: string, plainHttp: boolean | undefined): Place {
  const query = plainHttp === undefined ? '' : `?plain-http=${plainHttp}`;
  return {
    url,
    loginHost: reference.registry,
    ...(plainHttp && { origin: new URL(`http://${reference.registry}`).origin }),
    reference,
    listsUntagged: false,
    referenceOf(tag, digest) {
      const text = formatReference({ ...reference, ...(tag && { tag }), digest });
      return query === '' ? text : `docker://${text}${query}`;
    },
    urlOf: (digest) => `docker://${formatReference({ ...reference, digest })}${query}`,
    async openRepository(connection, context, access) {
      const { openRegistryWith } = await import('./open-registry.ts');
      return openRegistryWith(connection, reference, {
        ...context,
        access,
        ...(plainHttp !== undefined && { plainHttp }),
      });
    },
    async openDeleter(connection, context, access) {
      const { openDeleterWith } = await import('./open-deleter.ts');
      return openDeleterWith(connection, reference, {
        ...context,
        access,
        ...(plainHttp !== undefined && { plainHttp }),
      });
    },
    async examine(connection, context, asked) {
      const [{ registryOptionsFor }, { examineRegistry }] = await Promise.all([
        import('./open-registry.ts'),
        import('../repository/registry/examine.ts'),
      ]);
      const own = { ...context, access: 'pull', ...(plainHttp !== undefined && { plainHttp }) } as const;
      return examineRegistry(reference, registryOptionsFor(connection, reference, own), asked);
    },
    async listNames(connection, context) {
      const { listOwnedNames } = await import('./open-deleter.ts');
      return listOwnedNames(connection, reference, context);
    },
  };
}
