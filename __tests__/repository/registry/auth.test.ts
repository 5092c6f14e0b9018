import { describe, expect, it } from 'vitest';
import { Authorizer } from '../../../src/repository/registry/authorizer.ts';
import type { CredentialSource } from '../../../src/repository/registry/credentials.ts';
import { passwordCredentials } from '../../../src/repository/registry/credentials.ts';
import {
  blobOf,
  type Fake,
  failureOf,
  heldBy,
  memory,
  openApp,
  refuse,
  type Seen,
  startFake,
} from './fake.ts';

interface TokenServer extends Fake {
  /** The requests that asked for a token. */
  asked(): Seen[];
  /** Tokens that the registry takes no longer. */
  readonly revoked: Set<string>;
}

interface Service {
  readonly token?: (count: number) => object;
  readonly challenge?: (url: string) => string;
  readonly status?: number;
}

/** A registry that wants a bearer token, and the service that gives it. */
async function startTokenServer({ token, challenge, status = 200 }: Service = {}): Promise<TokenServer> {
  const registry = memory();
  const revoked = new Set<string>();
  let count = 0;
  const server = await startFake((request, response) => {
    if (request.path === '/token') {
      const answer = token?.(++count) ?? { token: `t${count}` };
      if (status !== 200) return refuse(response, status, 'UNAUTHORIZED', 'who are you?');
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    }
    const { authorization = '' } = request.headers;
    if (/^Bearer t\d+$/.test(authorization) && !revoked.has(authorization.slice('Bearer '.length))) {
      return registry(request, response);
    }
    const url = `http://${request.headers.host}/token`;
    const header = challenge?.(url) ?? `Bearer realm="${url}",service="the, \\"service\\""`;
    return refuse(response, 401, 'UNAUTHORIZED', 'token', { 'www-authenticate': header });
  });
  return Object.assign(server, {
    revoked,
    asked: () => server.seen.filter(({ path }) => path === '/token'),
  });
}

const blob = blobOf('blob');
const ann = passwordCredentials('ann', 'secret', 'the inputs');
const identity: CredentialSource = async () => ({ kind: 'identity', token: 'refresh', origin: 'a helper' });

describe('a token', () => {
  it('is asked for once, with all scopes, however many uploads begin at once', async () => {
    await using server = await startTokenServer();
    await using app = openApp(server.host, { credentials: ann });
    const blobs = Array.from({ length: 6 }, (_, index) => blobOf(`blob ${index}`));
    await Promise.all(blobs.map((each) => app.push(each)));
    const [asked, ...more] = server.asked();
    expect(more).toEqual([]);
    expect(asked?.method).toBe('GET');
    expect([...(asked?.query ?? [])]).toEqual([
      ['service', 'the, "service"'],
      ['scope', 'repository:app:pull,push'],
    ]);
    expect(asked?.headers.authorization).toBe(`Basic ${btoa('ann:secret')}`);
  });

  it('is read only where nothing is written, and names nobody without credentials', async () => {
    await using server = await startTokenServer();
    await using app = openApp(server.host, { access: 'pull' });
    await app.exists(blob.descriptor);
    const [asked] = server.asked();
    expect(asked?.query.getAll('scope')).toEqual(['repository:app:pull']);
    expect(asked?.headers.authorization).toBeUndefined();
  });

  it('covers both repositories of a mount', async () => {
    await using server = await startTokenServer();
    await using app = openApp(server.host, { credentials: ann });
    await app.mount(heldBy(server.host, 'org/other', blob));
    expect(server.asked()[0]?.query.getAll('scope')).toEqual([
      'repository:app:pull,push',
      'repository:org/other:pull',
    ]);
  });

  it('covers what the registry asks for besides', async () => {
    await using server = await startTokenServer({
      challenge: (url) => `Bearer realm="${url}", scope="repository:renamed:pull repository:app:delete"`,
    });
    await using app = openApp(server.host);
    await app.exists(blob.descriptor);
    expect(server.asked()[0]?.query.getAll('scope')).toEqual([
      'repository:app:pull,push,delete',
      'repository:renamed:pull',
    ]);
  });

  it.each([
    ['aws', ['repository:app:pull', 'aws']],
    ['* repository:app:pull', ['repository:app:pull', '*']],
    ['registry:catalog:* repository:app:', ['repository:app:pull', 'registry:catalog:*', 'repository:app:']],
    ['aws  aws', ['repository:app:pull', 'aws']],
  ])('is asked for with the scope "%s" of a challenge as the registry wrote it', async (scope, expected) => {
    await using server = await startTokenServer({
      challenge: (url) => `Bearer realm="${url}",scope="${scope}"`,
    });
    await using app = openApp(server.host, { access: 'pull' });
    await app.exists(blob.descriptor);
    expect(server.asked()[0]?.query.getAll('scope')).toEqual(expected);
  });

  it('is used until it expires, by the clock of its service', async () => {
    const old = new Date(Date.now() - 59_000).toISOString();
    const lives: (readonly [life: object, tokens: number])[] = [
      [{}, 1],
      [{ expires_in: 300 }, 1],
      [{ issued_at: old, expires_in: 300 }, 1],
      [{ issued_at: '2020-01-01T00:00:00Z', expires_in: 300 }, 3],
      [{ issued_at: old }, 3],
      [{ expires_in: 0 }, 1],
    ];
    for (const [life, tokens] of lives) {
      await using server = await startTokenServer({
        token: (count) => ({ access_token: `t${count}`, ...life }),
      });
      await using app = openApp(server.host);
      for (let round = 0; round < 3; round++) await app.exists(blob.descriptor);
      expect(server.asked(), JSON.stringify(life)).toHaveLength(tokens);
    }
  });

  it('is renewed once when the registry takes it no longer', async () => {
    await using server = await startTokenServer({ token: (count) => ({ token: `t${count}` }) });
    await using app = openApp(server.host);
    await app.exists(blob.descriptor);
    server.revoked.add('t1');
    await Promise.all([1, 2, 3].map(() => app.exists(blob.descriptor)));
    expect(server.asked()).toHaveLength(2);
  });

  it('is given up when a new one is refused, too', async () => {
    await using server = await startTokenServer({ token: (count) => ({ token: `worthless${count}` }) });
    await using app = openApp(server.host, { credentials: ann });
    const failure = await failureOf(app.push(blob));
    expect(failure).toMatchObject({ code: 'auth' });
    expect(failure.message).toContain(
      'answered 401 Unauthorized: UNAUTHORIZED: token; tried with the credentials from the inputs',
    );
    expect(server.asked()).toHaveLength(1);
    expect(server.seen).toHaveLength(3);
  });

  it('comes for an identity token through the form of OAuth2', async () => {
    await using server = await startTokenServer({
      token: () => ({ access_token: 't1', refresh_token: 'r' }),
    });
    await using app = openApp(server.host, { credentials: identity });
    await app.push(blob);
    const [asked] = server.asked();
    expect(asked?.method).toBe('POST');
    expect(asked?.target).toBe('/token');
    expect(asked?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(asked?.body.toString()))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'alba',
      refresh_token: 'refresh',
      scope: 'repository:app:pull,push',
      service: 'the, "service"',
    });
  });

  it('that is refused says which credentials were tried, never what they are', async () => {
    await using server = await startTokenServer({ status: 401 });
    for (const [credentials, origin] of [
      [ann, 'the inputs'],
      [identity, 'a helper'],
    ] as const) {
      await using app = openApp(server.host, { credentials });
      const failure = await failureOf(app.push(blob));
      expect(failure.message).toContain(`${server.url}/token answered 401 Unauthorized`);
      expect(failure.message).toContain(`tried with the credentials from ${origin}`);
      expect(failure.message).not.toMatch(/secret|refresh|YW5u|scope=/);
    }
  });

  it('that makes no sense is an error that quotes nothing of it', async () => {
    for (const answer of [{ token: '' }, { token: 7 }, ['hush'], {}]) {
      await using server = await startTokenServer({ token: () => answer });
      await using app = openApp(server.host);
      const failure = await failureOf(app.exists(blob.descriptor));
      expect(failure.message).toMatch(/^the token from 127\.0\.0\.1:\d+ is malformed/);
      expect(failure.message).not.toContain('hush');
    }
  });

  it('is not asked for where no URL is named', async () => {
    for (const challenge of ['Bearer service="x"', 'Bearer realm="ftp://example.org/"']) {
      await using server = await startTokenServer({ challenge: () => challenge });
      await using app = openApp(server.host, { credentials: ann });
      expect((await failureOf(app.exists(blob.descriptor))).message).toContain('names no URL');
    }
  });
});

describe('where tokens come from', () => {
  it('is never plain http for a registry that is not', async () => {
    const sent: unknown[] = [];
    const authorizer = new Authorizer({
      registry: 'registry.example',
      repository: 'app',
      access: 'pull',
      debug: () => {},
      home: new URL('https://registry.example'),
      credentials: ann,
      fetchToken: async (request) => {
        sent.push(request.realm.href);
        return { value: 't1', expires: Date.now() + 60_000 };
      },
    });
    const ask = (realm: string) => {
      const header = () => `Bearer realm="${realm}"`;
      return authorizer.renew({ header }, ['repository:app:pull'], undefined);
    };
    const failure = await failureOf(ask('http://auth.example/token?x=hush'));
    expect(failure.message).toContain('http://auth.example/token: credentials are not sent over plain http');
    expect(await ask('https://auth.example/token')).toBe('Bearer t1');
    expect(sent).toEqual(['https://auth.example/token']);
  });

  it('is never plain http on another host, where credentials would go there', async () => {
    const sent: string[] = [];
    const ask = (realm: string, credentials: CredentialSource) =>
      new Authorizer({
        registry: 'registry.example:5000',
        repository: 'app',
        access: 'pull',
        debug: () => {},
        home: new URL('http://registry.example:5000'),
        credentials,
        fetchToken: async (request) => {
          sent.push(request.realm.href);
          return { value: 't1', expires: Date.now() + 60_000 };
        },
      }).renew({ header: () => `Bearer realm="${realm}"` }, ['repository:app:pull'], undefined);
    const elsewhere = 'http://auth.example/token';
    expect((await failureOf(ask(elsewhere, ann))).message).toContain(
      'registry.example:5000 wants a token from http://auth.example/token: credentials are not sent over plain http to another host; its token service has to speak https',
    );
    expect(sent).toEqual([]);
    const fine = [
      'http://registry.example:5001/token',
      'https://auth.example/token',
      'http://127.0.0.1/token',
    ];
    for (const realm of fine) expect(await ask(realm, ann)).toBe('Bearer t1');
    expect(await ask(elsewhere, async () => undefined)).toBe('Bearer t1');
    expect(sent).toEqual([...fine, elsewhere]);
  });

  it('is not a private network for a registry that is public', async () => {
    await using inside = await startFake(() => {});
    await using proxy = await startFake((_, response) =>
      refuse(response, 401, '', '', { 'www-authenticate': `Bearer realm="${inside.url}/token"` }),
    );
    const options = { credentials: ann, plainHttp: true, proxies: { http: proxy.url } };
    await using app = openApp('registry.example', options);
    expect((await failureOf(app.tags())).message).toContain('inside a private network');
    expect(inside.seen).toEqual([]);
  });

  it('may redirect a question, but not a form with an identity token', async () => {
    await using elsewhere = await startTokenServer({ token: () => ({ token: 't1' }) });
    await using moving = await startFake((request, response) =>
      request.path === '/moved'
        ? response.writeHead(307, { location: `${elsewhere.url}/token` }).end()
        : request.headers.authorization === 'Bearer t1'
          ? refuse(response, 404)
          : refuse(response, 401, '', '', {
              'www-authenticate': `Bearer realm="http://${request.headers.host}/moved"`,
            }),
    );
    await using app = openApp(moving.host, { credentials: ann });
    expect(await app.exists(blob.descriptor)).toBe(false);
    expect(elsewhere.asked().map(({ headers }) => headers.authorization)).toEqual([undefined]);
    await using other = openApp(moving.host, { credentials: identity });
    expect((await failureOf(other.exists(blob.descriptor))).message).toContain('/moved answered 307');
    expect(elsewhere.asked()).toHaveLength(1);
  });
});

describe('a password', () => {
  it('is asked for once and sent from then on', async () => {
    await using server = await startFake((request, response) =>
      request.headers.authorization
        ? refuse(response, 404)
        : refuse(response, 401, '', '', { 'www-authenticate': 'Negotiate, Basic realm="x"' }),
    );
    await using app = openApp(server.host, { credentials: ann });
    await app.exists(blob.descriptor);
    await app.exists(blob.descriptor);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      `Basic ${btoa('ann:secret')}`,
      `Basic ${btoa('ann:secret')}`,
    ]);
  });

  it('is not sent twice to who refuses it', async () => {
    await using server = await startFake((_, response) =>
      refuse(response, 401, '', '', { 'www-authenticate': 'Basic realm="x"' }),
    );
    await using app = openApp(server.host, { credentials: ann });
    await failureOf(app.exists(blob.descriptor));
    expect(server.seen).toHaveLength(2);
    await failureOf(app.exists(blob.descriptor));
    expect(server.seen).toHaveLength(3);
  });
});
