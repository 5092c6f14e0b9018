import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HttpError } from '../../../src/network/http/error.ts';
import { passwordCredentials } from '../../../src/repository/registry/credentials.ts';
import type { RegistryOptions } from '../../../src/repository/registry/options.ts';
import { makeCertificate } from '../../support/servers/certificate.ts';
import { startRegistry } from '../../support/servers/registry.ts';
import { itWith } from '../../support/tools.ts';
import { blobOf, failureOf, openApp, refuse, startFake } from './fake.ts';

const { descriptor } = blobOf('blob');

async function refusedWith(
  status: number,
  body: string,
  { headers = {}, ...options }: Partial<RegistryOptions> & { headers?: Record<string, string> } = {},
): Promise<HttpError> {
  await using server = await startFake((_, response) => response.writeHead(status, headers).end(body));
  await using app = openApp(server.host, { retries: { count: 0 }, ...options });
  const failure = await failureOf(app.fetch(descriptor));
  if (failure instanceof HttpError) return failure;
  throw new Error(`expected an HttpError, but got ${failure}`);
}

it('an answer that refuses has its status and the codes of the registry, in upper case, as data', async () => {
  const errors = [
    { code: 'denied', message: 'not you' },
    { code: 'NAME_INVALID', detail: { name: 'App' } },
  ];
  const failure = await refusedWith(403, JSON.stringify({ errors }));
  expect(failure).toMatchObject({ code: 'auth', status: 403, codes: ['DENIED', 'NAME_INVALID'] });
  expect(failure.message).toContain('answered 403 Forbidden: denied: not you; NAME_INVALID (name: App);');
});

it.each([
  ['absent members', '{}', [], 'answered 400 Bad Request'],
  ['null instead of members', '{"errors":null,"details":null}', [], 'answered 400 Bad Request'],
  ['an error without a code', '{"errors":[{"code":null,"message":"hm"}]}', [], 'Bad Request: hm'],
  ['members that are others', '{"errors":"no"}', [], 'Bad Request: {"errors":"no"}'],
  ['plain words', 'not today\nnor tomorrow', [], 'Bad Request: not today'],
  ['a page', '<html>UNAUTHORIZED</html>', [], 'answered 400 Bad Request'],
])('of a refusal with %s, what is there is told', async (_, body, codes, told) => {
  const failure = await refusedWith(400, body);
  expect(failure.codes).toEqual(codes);
  expect(failure.message).toMatch(new RegExp(`${told.replace(/[{}]/g, '\\$&')}$`));
});

describe('what a server says of a refusal', () => {
  it.each([
    ['{"message":"disk is full"}', 'disk is full'],
    [
      '{"error":"invalid_grant","error_description":"the token was revoked"}',
      'invalid_grant: the token was revoked',
    ],
    ['{"error":"invalid_grant"}', 'invalid_grant'],
    ['{"error":{"code":403,"message":"billing is off","status":"DENIED"}}', 'billing is off'],
    ['{"details":"incorrect username"}', 'incorrect username'],
    ['{"detail":"no such organisation"}', 'no such organisation'],
    ['{"title":"Forbidden","detail":"by policy 7","status":400}', 'Forbidden: by policy 7'],
    ['{"errors":[{"message":"who?"},{"code":"X","detail":"because"}]}', 'who?; X (because)'],
    ['{"errors":[{"code":"X","message":"no","detail":{"Tag":"v1","Why":null}}]}', 'X: no (Tag: v1)'],
    [
      '{"errors":[{"code":"X","detail":[{"Name":"app","Action":"pull"},{"Name":"b"}]}]}',
      'X (Name: app, Action: pull, Name: b)',
    ],
    ['{"errors":[{"code":"X","message":"same","detail":"same"}]}', 'X: same'],
    ['{"errors":[{"code":"X","detail":null},{"code":"Y","detail":{}},{"code":"Z","detail":""}]}', 'X; Y; Z'],
    ['{"reason":"a field of its own"}', '{"reason":"a field of its own"}'],
    ['{"message":null,"error":"","errors":[],"detail":{}}', ''],
    ['"just words"', 'just words'],
    ['[]', ''],
  ])('is told: %s', async (body, said) => {
    const { message } = await refusedWith(400, body);
    expect(message).toMatch(/ answered 400 Bad Request/);
    expect(message.replace(/^.* answered 400 Bad Request(: )?/, '')).toBe(said);
  });

  it('is one line, no longer than one reads', async () => {
    const detail = { deep: { deeper: [`${'x'.repeat(5_000)}`] } };
    const { message } = await refusedWith(
      400,
      JSON.stringify({
        errors: [
          { code: 'A', detail },
          { code: 'B', message: 'b\n::error::\u001b[31m' },
        ],
      }),
    );
    expect(message.length).toBeLessThan(500);
    expect(message).toMatch(/; B: b ::error:: ?\[31m$/);
    expect([...message].filter((letter) => letter < ' ')).toEqual([]);
  });

  it('is told without secrets, its own or ours', async () => {
    const said = `Basic ${btoa('ann:hunter2')} of ann:hunter2 at https://u:w@store.example/x?X-Amz-Signature=abc is no Bearer eyJhbGciOi`;
    await using server = await startFake((request, response) =>
      request.headers.authorization
        ? refuse(response, 403, 'DENIED', said)
        : refuse(response, 401, '', '', { 'www-authenticate': 'Basic realm="x"' }),
    );
    await using app = openApp(server.host, {
      credentials: passwordCredentials('ann', 'hunter2', 'the inputs'),
    });
    const { message } = await failureOf(app.fetch(descriptor));
    expect(message).toContain(
      'DENIED: Basic *** of ann:*** at https://store.example/x is no Bearer ***; to push',
    );
  });
});

describe('a 401', () => {
  const ann = passwordCredentials('ann', 'hunter2', 'the inputs');

  it.each([
    ['Negotiate', 'Negotiate'],
    ['Negotiate, NTLM, Digest realm="x"', 'Negotiate or NTLM or Digest'],
  ])('that wants %s alone is told as such', async (challenge, names) => {
    const failure = await refusedWith(401, '', {
      credentials: ann,
      headers: { 'www-authenticate': challenge },
    });
    expect(failure.code).toBe('auth');
    expect(failure.message).toMatch(
      new RegExp(
        `answered 401 Unauthorized; it wants to be signed in to by ${names}, which alba cannot do: .* Basic`,
      ),
    );
    expect(failure.message).not.toContain('tried with');
  });

  it('that names no way to sign in is told as such', async () => {
    const failure = await refusedWith(401, '', { credentials: ann });
    expect(failure.message).toMatch(
      /answered 401 Unauthorized; it does not say how to sign in .*WWW-Authenticate/,
    );
  });

  it.each([401, 403])(
    'or its like with insufficient_scope (%s) is of rights, not of what expires',
    async (status) => {
      const headers = (host = '') => ({
        'www-authenticate': `Bearer realm="http://${host}/token",error="insufficient_scope",scope="repository:app:push"`,
      });
      await using server = await startFake((request, response) =>
        request.path === '/token'
          ? response.end('{"token":"t1"}')
          : refuse(
              response,
              request.headers.authorization ? status : 401,
              '',
              '',
              headers(request.headers.host),
            ),
      );
      await using app = openApp(server.host, { credentials: ann });
      const failure = await failureOf(app.push(blobOf('blob')));
      expect(failure).toMatchObject({ code: 'auth' });
      expect(failure.message).toMatch(
        /; to push app needs more rights; tried with the credentials from the inputs$/,
      );
      await using nobody = openApp(server.host, { access: 'pull' });
      expect((await failureOf(nobody.fetch(descriptor))).message).toMatch(
        status === 401 ? /give username and password/ : /needs more rights/,
      );
    },
  );
});

describe('plain http to a server of TLS', () => {
  itWith(['openssl'], 'that hangs up is told as such', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'alba-tls-'));
    const { file, key } = await makeCertificate(directory);
    await using server = await startFake(() => {}, {
      cert: await readFile(file, 'utf8'),
      key: await readFile(key, 'utf8'),
    });
    await rm(directory, { recursive: true });
    await using app = openApp(server.host, { retries: { count: 0 } });
    expect((await failureOf(app.exists(descriptor))).message).toMatch(
      /; if the registry speaks https, add \?plain-http=false$/,
    );
  });

  itWith(['docker-registry', 'openssl'], 'is told as such, with a body or without', async () => {
    await using server = await startRegistry({ tls: true });
    await using app = openApp(server.host, { retries: { count: 0 } });
    const failures = [await failureOf(app.exists(descriptor)), await failureOf(app.fetch(descriptor))];
    for (const { message } of failures) {
      expect(message).toMatch(/answered 400 Bad Request.*; .*speaks https: .*\?plain-http=false/);
    }
  });
});

it('a server that takes nothing is told as a front of a bucket', async () => {
  for (const status of [405, 501]) {
    await using server = await startFake((_, response) =>
      response.writeHead(status).end('<Error><Code>MethodNotAllowed</Code></Error>'),
    );
    await using app = openApp(server.host);
    const failure = await failureOf(app.push(blobOf('blob')));
    expect(failure.message).toMatch(
      /answered (405 Method Not Allowed|501 Not Implemented).*; it takes no uploads: .*s3:\/\/bucket\?endpoint=.*file:\/\//,
    );
  }
});
