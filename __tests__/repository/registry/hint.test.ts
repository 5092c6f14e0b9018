import { expect, it } from 'vitest';
import { connectionHint } from '../../../src/network/http/connection-hint.ts';
import { statusHint } from '../../../src/repository/registry/status-hint.ts';

const tried = 'the workflow token';
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

it.each([
  [401, '', '', 'docker.io', 'no credentials', /^tried with no credentials: .*docker login docker\.io$/],
  [401, '', '', 'ghcr.io', tried, /^tried with the workflow token: check that they are right/],
  [403, 'DENIED', '', 'ghcr.io', tried, /packages: write.*tried with the workflow token/],
  [403, 'DENIED', '', 'quay.io', tried, /push org\/app needs more rights; tried with the workflow token/],
  [404, 'NAME_UNKNOWN', 'no such', ecr, tried, /aws ecr create-repository --repository-name org\/app/],
  [404, 'NAME_UNKNOWN', 'no such', 'quay.io', tried, /a repository org\/app on quay\.io/],
  [404, '', '', 'quay.io', tried, /a repository org\/app on quay\.io/],
  [404, 'MANIFEST_BLOB_UNKNOWN', 'not NAME_UNKNOWN', 'quay.io', tried, /^$/],
  [405, '', '', 'reg.example', tried, /takes no uploads: .* s3:/],
  [413, '', '', 'reg.example', tried, /limits the size/],
  [400, '', 'Client sent an HTTP request to an HTTPS server.', 'reg.example', tried, /speaks https/],
  [400, '', 'The plain HTTP request was sent to HTTPS port', 'reg.example', tried, /speaks https/],
  [500, '', '', 'reg.example', tried, /^$/],
])('after %s %s "%s" at %s with %s: %s', (status, code, words, registry, credentials, expected) => {
  const told = { tried: credentials, missed: [], secrets: [] };
  const context = { registry, repository: 'org/app', access: 'push', ...told } as const;
  const request = { method: 'PUT', url: new URL(`https://${registry}/v2/`) } as const;
  const said = [code, words].filter(Boolean).join(': ');
  expect(
    statusHint(
      { request, isBucket: false, challenges: [], status, codes: code ? [code] : [], said },
      context,
    ),
  ).toMatch(expected);
});

it('after 401 without credentials it is told where they were looked for', () => {
  const told = {
    tried: 'no credentials',
    missed: ['/a/config.json', '/b/auth.json (not there)'],
    secrets: [],
  };
  const refusal = {
    request: { method: 'HEAD', url: new URL('https://quay.io/v2/') },
    isBucket: false,
    challenges: [],
    status: 401,
  } as const;
  const context = { registry: 'quay.io', repository: 'org/app', access: 'push', ...told } as const;
  expect(statusHint({ ...refusal, codes: [], said: '' }, context)).toBe(
    'tried with no credentials: give username and password, or log in with docker login quay.io; looked in /a/config.json, /b/auth.json (not there)',
  );
});

it.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'reg.example', /add \?plain-http=true/],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'reg.example', /ca-certificate/],
  ['ENOTFOUND', 'reg.example', /check the name/],
  ['HPE_INVALID_CONSTANT', 'reg.example', /^$/],
  ['UND_ERR_SOCKET', ecr, /has to exist before/],
  ['UND_ERR_SOCKET', 'dkr.ecr.amazonaws.com.evil.example', /^$/],
])('after %s at %s', (code, registry, expected) => {
  const cause = Object.assign(new Error('no'), { code });
  expect(connectionHint(cause, new URL(`https://${registry}`), registry)).toMatch(expected);
});

it.each([
  ['HPE_INVALID_CONSTANT', '127.0.0.1:5000', /^if the registry speaks https, add \?plain-http=false$/],
  ['ECONNRESET', 'localhost:5000', /^if the registry speaks https, add \?plain-http=false$/],
  ['UND_ERR_SOCKET', 'reg.example:5000', /^if the registry speaks https, remove \?plain-http=true$/],
  ['ECONNREFUSED', '127.0.0.1:5000', /listening/],
])('after %s in plain http to %s', (code, registry, expected) => {
  const cause = Object.assign(new Error('no'), { code });
  expect(connectionHint(cause, new URL(`http://${registry}/v2/`), registry)).toMatch(expected);
  expect(connectionHint(cause, new URL(`http://${registry}/v2/`), registry, true)).not.toMatch(/plain-http/);
  expect(connectionHint(cause, new URL('http://blobs.example/'), registry)).not.toMatch(/plain-http/);
});
