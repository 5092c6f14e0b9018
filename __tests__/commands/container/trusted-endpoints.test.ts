import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fake, startFake } from '../../repository/registry/fake.ts';
import { runAction, runAlba } from '../../support/alba.ts';

const preload = pathToFileURL(join(import.meta.dirname, '..', '..', 'support', 'fake-dns.mjs')).href;
const digest = `sha256:${'0'.repeat(64)}`;
const keys = {
  AWS_ACCESS_KEY_ID: 'AKIASECRET',
  AWS_SECRET_ACCESS_KEY: 'hush',
  AWS_SESSION_TOKEN: 'session-hush',
  AWS_REGION: 'any',
  AWS_EC2_METADATA_DISABLED: 'true',
};

let folder: string;
let other: Fake;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-trusted-'));
  other = await startFake((_, response) => response.writeHead(404).end());
});
afterAll(async () => {
  await other?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** What a server was told of who we are, in any header or query. */
const told = (server: Fake): string =>
  server.seen.map(({ headers, target }) => JSON.stringify(headers) + target).join('\n');

const bucket = (endpoint: string, more = '') =>
  `s3://b?endpoint=${endpoint}&region=any&s3ForcePathStyle=true${more}`;

/** A release job to which another job's outputs came. */
const release = (reference: string, target: string, env: object = {}, inputs: object = {}) =>
  runAction(
    {
      artifacts: JSON.stringify({ 'linux-amd64': reference }),
      target,
      tag: 'app:1',
      cache: 'false',
      ...inputs,
    },
    { cwd: folder, env: { ...keys, ...env } },
  );

describe('a bucket that an artifact names', () => {
  it.each([
    ['at another endpoint than that of the target', () => 'https://s3.example.org'],
    ['over http, where the target says https', () => other.url.replace('http:', 'https:')],
  ])('is shown no key: %s', async (_, endpointOfTarget) => {
    const ended = await release(`${bucket(other.url)}#app@${digest}`, bucket(endpointOfTarget()));
    expect(ended.code).toBe(1);
    expect(told(other)).not.toMatch(/AKIASECRET|session-hush/);
    expect(ended.stdout).toContain(`an artifact alone names ${other.url}`);
    expect(ended.stdout).toContain('trusted-endpoints');
  });

  it('is shown no key where the target is a directory, be it the command line that is called', async () => {
    const ended = await runAlba(
      ['container', 'push', '--no-cache', '--from', `${bucket(other.url)}#app@${digest}`, 'oci:out:1'],
      { cwd: folder, env: keys },
    );
    expect(ended.code).toBe(2);
    expect(told(other)).not.toMatch(/AKIASECRET|session-hush/);
    expect(ended.stderr).toContain('trusted-endpoint');
  });

  it('is asked without a key where it says that it is for everybody', async () => {
    const ended = await release(`${bucket(other.url, '&anonymous=true')}#app@${digest}`, 'oci:out:1');
    expect(ended.stdout).toMatch(/is not there: was it published/);
    expect(told(other)).not.toMatch(/AKIASECRET|session-hush/);
  });

  it('is read with the keys where the workflow names its endpoint itself', async () => {
    const path = `${bucket(other.url)}#app@${digest}`;
    const allowed: readonly [string, object, object][] = [
      [bucket(`${other.url}/`), {}, {}],
      ['oci:out:1', { AWS_ENDPOINT_URL: other.url }, {}],
      ['oci:out:1', { AWS_ENDPOINT_URL_S3: `${other.url}/` }, {}],
      ['oci:out:1', {}, { 'trusted-endpoints': `https://s3.example.org,${other.url}` }],
      ['oci:out:1', {}, { 'cache-from': `${bucket(other.url)}#app:0` }],
    ];
    for (const [target, env, inputs] of allowed) {
      const before = other.seen.length;
      const ended = await release(path, target, env, inputs);
      expect(ended.stdout).toMatch(/is not there: was it published/);
      expect(JSON.stringify(other.seen.slice(before).map(({ headers }) => headers))).toContain('AKIASECRET');
    }
  });

  it('takes no profile that the workflow does not name', async () => {
    const config = join(folder, 'aws');
    await writeFile(config, '[prod]\naws_access_key_id = PRODKEY\naws_secret_access_key = hush\n');
    const env = { AWS_SHARED_CREDENTIALS_FILE: config };
    const named = await release(
      `${bucket(other.url, '&profile=prod')}#app@${digest}`,
      bucket(other.url),
      env,
    );
    expect(named.stdout).toContain('an artifact alone names the profile "prod"');
    expect(told(other)).not.toContain('PRODKEY');
    const target = bucket(other.url, '&profile=prod');
    await release(`${bucket(other.url, '&profile=prod')}#app@${digest}`, target, env);
    expect(told(other)).toContain('PRODKEY');
  });

  it.each(['evil.example', 'x.evil.example/', 'a@evil.example', 'evil.example#', '127.0.0.1:1/'])(
    'leads nowhere but to AWS by its region: %s',
    async (region) => {
      const ended = await release(`s3://b?region=${encodeURIComponent(region)}#app@${digest}`, 'oci:out:1');
      expect(ended.code).toBe(1);
      expect(ended.stdout).toContain('is not a valid hostname component');
    },
  );
});

describe('a registry that an artifact names', () => {
  const config = JSON.stringify({
    auths: { 'registry.test': { auth: Buffer.from('me:hush').toString('base64') } },
  });
  const challenge = { 'www-authenticate': 'Basic realm="x"' };

  /** A release with docker's config; names end in the fake, and what it was told of who we are. */
  async function releaseFrom(reference: (port: string) => string, target: string, inputs: object = {}) {
    await using registry = await startFake(({ headers }, response) =>
      headers.authorization ? response.writeHead(404).end() : response.writeHead(401, challenge).end(),
    );
    const { port } = new URL(registry.url);
    const text = config.replace('registry.test', `registry.test:${port}`);
    await writeFile(join(folder, 'config.json'), text);
    const names = { 'registry.test': [['127.0.0.1']], 'evil.test': [['127.0.0.1']] };
    const env = {
      DOCKER_CONFIG: folder,
      FAKE_DNS: JSON.stringify(names),
      NODE_OPTIONS: `--import=${preload}`,
    };
    const ended = await release(reference(port), target.replace('PORT', port), env, inputs);
    return { ...ended, told: registry.seen.map(({ headers }) => headers.authorization ?? '').join('') };
  }
  const plain = (host: string) => (port: string) => `docker://${host}:${port}/app@${digest}?plain-http=true`;

  it('is not shown what is for another', async () => {
    const target = 'docker://registry.test:PORT/app:1';
    const ended = await releaseFrom(plain('evil.test'), target, { username: 'me', password: 'hush' });
    expect(ended.told).toBe('');
    expect(ended.stdout).toMatch(/evil\.test/);
  });

  it('is not shown over plain http what docker login keeps for it, unless the workflow says so', async () => {
    const ended = await releaseFrom(plain('registry.test'), 'oci:out:1');
    expect(ended.told).toBe('');
    expect(ended.stdout).toMatch(/an artifact alone names http:\/\/registry\.test:\d+.*plain http/);
    for (const target of [
      'docker://registry.test:PORT/app:1',
      'docker://registry.test:PORT/app:1?plain-http=false',
    ]) {
      expect((await releaseFrom(plain('registry.test'), target)).told).toBe('');
    }
    const meant = await releaseFrom(
      plain('registry.test'),
      'docker://registry.test:PORT/other/app:1?plain-http=true',
    );
    expect(meant.told).toContain('Basic ');
  });

  it('is not shown the username and the password where no other input names it', async () => {
    const login = { username: 'me', password: 'hush' };
    for (const target of ['oci:out:1', bucket('https://s3.example.org')]) {
      const ended = await releaseFrom(plain('evil.test'), target, login);
      expect(ended.code).toBe(1);
      expect(ended.told).toBe('');
      expect(ended.stdout).toMatch(/username and password.*evil\.test:\d+.*trusted-endpoints/);
    }
  });
});
