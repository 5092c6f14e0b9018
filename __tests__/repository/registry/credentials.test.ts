import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { credentialPlaces } from '../../../src/place/credential-places.ts';
import {
  type CredentialSource,
  type Credentials,
  firstCredentials,
  passwordCredentials,
  workflowCredentials,
} from '../../../src/repository/registry/credentials.ts';
import { storedCredentials } from '../../../src/repository/registry/stored-credentials.ts';
import { failureOf } from './fake.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alba-credentials-'));
  await mkdir(join(directory, 'bin'));
});
afterAll(() => rm(directory, { recursive: true }));

let files = 0;
async function writeConfig(config: object | string): Promise<string> {
  const path = join(directory, `config-${files++}.json`);
  await writeFile(path, typeof config === 'string' ? config : JSON.stringify(config));
  return path;
}

const dockerConfig = (path: string): CredentialSource =>
  storedCredentials([{ kind: 'file', path, name: 'the docker config' }]);

/** What a source has for a repository, `registry/app` if nothing else is said, and where it has none. */
async function ask(
  source: CredentialSource,
  reference: string,
  access: 'pull' | 'push' = 'push',
): Promise<{ readonly found: Credentials | undefined; readonly missed: readonly string[] }> {
  const [registry = '', ...rest] = reference.split('/');
  const missed: string[] = [];
  const query = { registry, repository: rest.join('/') || 'app', access };
  return { found: await source({ ...query, missed: (place) => missed.push(place) }), missed };
}

/** `ann pass`, or the token. */
function shown(credentials: Credentials | undefined): string | undefined {
  if (credentials?.kind === 'identity') return credentials.token;
  return credentials && `${credentials.username} ${credentials.password}`;
}

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

describe('the docker config', () => {
  it('is read for exactly the registry that is asked about', async () => {
    const path = await writeConfig({
      auths: {
        'ghcr.io': auth('ann:pa:ss'),
        'https://quay.io/v2/': auth('bob:b'),
        'localhost:5000': { username: 'eve', password: 'e' },
        'registry.example/only/this': auth('nobody:n'),
        'https://index.docker.io/v1/': auth('hub:h\0'),
        'idp.example': { ...auth('<token>:'), identitytoken: 'refresh' },
        'empty.example': {},
      },
      HttpHeaders: { 'User-Agent': 'docker' },
    });
    const source = dockerConfig(path);
    const found = async (registry: string) => {
      const { found: credentials } = await ask(source, registry);
      expect(credentials?.origin ?? `the docker config ${path}`).toBe(`the docker config ${path}`);
      return shown(credentials);
    };
    expect(await found('ghcr.io')).toBe('ann pa:ss');
    expect(await found('quay.io')).toBe('bob b');
    expect(await found('localhost:5000')).toBe('eve e');
    expect(await found('docker.io')).toBe('hub h');
    expect(await found('idp.example')).toBe('refresh');
    for (const registry of [
      'evil-ghcr.io',
      'ghcr.io.evil',
      'io',
      'localhost',
      'registry.example',
      'empty.example',
    ]) {
      expect(await found(registry), registry).toBeUndefined();
    }
  });

  it('may be missing, but not be broken; what it holds is never quoted', async () => {
    const none = join(directory, 'none.json');
    expect(await ask(dockerConfig(none), 'ghcr.io')).toEqual({
      found: undefined,
      missed: [`${none} (not there)`],
    });
    const broken: (readonly [config: object | string, says: string])[] = [
      ['{"auths":{"ghcr.io":{"auth":"hush"', 'is not JSON'],
      [{ auths: { 'ghcr.io': { auth: ['hush'] } } }, 'is malformed at auths.ghcr.io.auth'],
      [{ auths: { 'ghcr.io': auth('hush') } }, 'docker login ghcr.io'],
    ];
    for (const [config, says] of broken) {
      const path = await writeConfig(config);
      const failure = await failureOf(ask(dockerConfig(path), 'ghcr.io'));
      expect(failure).toMatchObject({ name: 'AlbaError', code: 'auth' });
      expect(failure.message).toContain(`the docker config ${path}`);
      expect(failure.message).toContain(says);
      expect(failure.message).not.toContain('hush');
      expect(failure.message).not.toContain(Buffer.from('hush').toString('base64'));
    }
  });
});

describe('a file of credentials', () => {
  it.each<readonly [asked: string, expected: string | undefined]>([
    ['ghcr.io/org/app', 'app a'],
    ['ghcr.io/org/app/sub', 'app a'],
    ['ghcr.io/org/apple', 'org o'],
    ['ghcr.io/org', 'org o'],
    ['ghcr.io/organisation/app', 'host h'],
    ['ghcr.io/empty/app', 'host h'],
    ['quay.io/org/app', undefined],
    ['reg.example:5000/team/app', 'team t'],
    ['reg.example:5000/other/app', undefined],
    ['reg.example/team/app', undefined],
  ])('has for %s what is filed under the longest key with something in it: %s', async (asked, expected) => {
    const path = await writeConfig({
      auths: {
        'ghcr.io': {},
        'https://ghcr.io/v2/': auth('host:h'),
        'ghcr.io/org': auth('org:o'),
        'GHCR.io/org/app/': auth('app:a'),
        'ghcr.io/empty': {},
        'ghcr.io/org/app/sub': { auth: '' },
        'https://reg.example:5000/team': auth('team:t'),
      },
    });
    expect(shown((await ask(dockerConfig(path), asked)).found)).toBe(expected);
  });

  it.each([
    ...['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'],
    ...[
      'https://index.docker.io/v1/',
      'https://registry-1.docker.io/v2/',
      'docker.io/org',
      'docker.io/org/app',
    ],
  ])('has what is for Docker Hub under %s', async (key) => {
    const path = await writeConfig({ auths: { 'https://index.docker.io/v1/': {}, [key]: auth('hub:h') } });
    expect(shown((await ask(dockerConfig(path), 'docker.io/org/app')).found)).toBe('hub h');
  });

  it('has for Docker Hub what docker would take, where there are two', async () => {
    const auths = { 'docker.io': auth('two:2'), 'https://index.docker.io/v1/': auth('one:1') };
    expect(shown((await ask(dockerConfig(await writeConfig({ auths })), 'docker.io')).found)).toBe('one 1');
  });

  it.each([
    ['auths', { auths: null }],
    ['an entry', { auths: { 'quay.io': null, 'ghcr.io': null } }],
    [
      'all of an entry',
      { auths: { 'ghcr.io': { auth: null, username: null, password: null, identitytoken: null } } },
    ],
    ['the helpers', { credHelpers: null, credsStore: null }],
    ['a helper', { credHelpers: { 'ghcr.io': null } }],
  ])('may have null in place of %s', async (_, config) => {
    const path = await writeConfig(config);
    expect(await ask(dockerConfig(path), 'ghcr.io')).toEqual({ found: undefined, missed: [path] });
    const used = await writeConfig({ auths: {}, ...config, credsStore: undefined, HttpHeaders: null });
    expect((await ask(dockerConfig(used), 'ghcr.io')).found).toBeUndefined();
  });
});

describe('places of credentials', () => {
  /** Places as an environment names them, whose files hold what is given by their path below a folder of their own. */
  async function placesWith(
    given: Readonly<Record<string, object>>,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<CredentialSource> {
    const home = await mkdtemp(join(directory, 'home-'));
    for (const [path, content] of Object.entries(given)) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), JSON.stringify(content));
    }
    const env = Object.entries({
      DOCKER_CONFIG: 'docker',
      XDG_RUNTIME_DIR: 'run',
      XDG_CONFIG_HOME: 'config',
      ...variables,
    }).map(([name, value]) => [name, name === 'DOCKER_AUTH_CONFIG' ? value : join(home, value)]);
    return storedCredentials(credentialPlaces(Object.fromEntries(env)));
  }

  const hub = (text: string) => ({ auths: { 'https://index.docker.io/v1/': auth(text) } });
  const ghcr = (text: string) => ({ auths: { 'ghcr.io': auth(text) } });
  const all = {
    'auth.json': ghcr('named:n'),
    'docker/buildx/config/ghcr.io/config.json': ghcr('scoped:s'),
    'docker/config.json': ghcr('docker:d'),
    'run/containers/auth.json': ghcr('run:r'),
    'config/containers/auth.json': ghcr('config:c'),
  };

  it('are asked in order, what a variable names first', async () => {
    const variables: Record<string, string> = {
      DOCKER_AUTH_CONFIG: JSON.stringify(ghcr('text:t')),
      REGISTRY_AUTH_FILE: 'auth.json',
    };
    const order: (string | undefined)[] = [];
    const left: Record<string, object> = { ...all };
    for (const variable of Object.keys(variables)) {
      order.push(shown((await ask(await placesWith(left, variables), 'ghcr.io')).found));
      delete variables[variable];
    }
    for (const path of Object.keys(all).slice(1)) {
      order.push(shown((await ask(await placesWith(left), 'ghcr.io')).found));
      delete left[path];
    }
    expect(order).toEqual(['text t', 'named n', 'scoped s', 'docker d', 'run r', 'config c']);
  });

  it('that have nothing are all named', async () => {
    const source = await placesWith({ 'docker/config.json': { auths: {} } }, { DOCKER_AUTH_CONFIG: '{}' });
    const { missed } = await ask(source, 'ghcr.io');
    expect(missed.map((place) => place.replace(directory, '').replace(/home-\w+/, 'home'))).toEqual([
      'DOCKER_AUTH_CONFIG',
      '/home/docker/config.json',
      '/home/run/containers/auth.json (not there)',
      '/home/config/containers/auth.json (not there)',
    ]);
  });

  it('in a variable that is no JSON are an error that quotes nothing', async () => {
    const failure = await failureOf(ask(await placesWith({}, { DOCKER_AUTH_CONFIG: 'hush' }), 'ghcr.io'));
    expect(failure).toMatchObject({ code: 'auth', message: 'DOCKER_AUTH_CONFIG is not JSON' });
  });

  it.each<readonly [folder: string, asked: string, access: 'pull' | 'push', has: boolean]>([
    ['registry-1.docker.io', 'docker.io/org/app', 'push', true],
    ['registry-1.docker.io@push', 'docker.io/org/app', 'push', true],
    ['registry-1.docker.io@push', 'docker.io/org/app', 'pull', false],
    ['registry-1.docker.io@pull', 'docker.io/org/app', 'push', true],
    ['registry-1.docker.io@pull,push', 'docker.io/org/app', 'pull', false],
    ['registry-1.docker.io/org/app@push', 'docker.io/org/app', 'push', true],
    ['registry-1.docker.io/org/app@push', 'docker.io/org/other', 'push', false],
    ['registry-1.docker.io/org', 'docker.io/org/other', 'pull', true],
    ['registry-1.docker.io/or', 'docker.io/org/other', 'pull', false],
    ['ghcr.io', 'docker.io/org/app', 'push', false],
  ])('of the scope %s are for %s to %s: %s', async (folder, asked, access, has) => {
    const scoped = { [`docker/buildx/config/${folder}/config.json`]: hub('scoped:s') };
    const source = await placesWith({ ...scoped, 'docker/config.json': hub('docker:d') });
    expect(shown((await ask(source, asked, access)).found)).toBe(has ? 'scoped s' : 'docker d');
    const elsewhere = { [`buildx/config/${folder}/config.json`]: hub('scoped:s') };
    const moved = await placesWith(elsewhere, { BUILDX_CONFIG: 'buildx' });
    expect(shown((await ask(moved, asked, access)).found)).toBe(has ? 'scoped s' : undefined);
  });

  it('of the narrowest scope count', async () => {
    const folders = ['', '@push', '/org', '/org/app', '/org/app@push'];
    const found: (string | undefined)[] = [];
    for (let count = folders.length; count > 0; count -= 1) {
      const files = folders
        .slice(0, count)
        .map((folder) => [`docker/buildx/config/ghcr.io${folder}/config.json`, ghcr(`${folder || '-'}:x`)]);
      found.push(shown((await ask(await placesWith(Object.fromEntries(files)), 'ghcr.io/org/app')).found));
    }
    expect(found).toEqual(['/org/app@push x', '/org/app x', '/org x', '@push x', '- x']);
  });
});

describe.skipIf(process.platform === 'win32')('a credential helper', () => {
  /** A program that answers with what a script makes of the server it is asked about. */
  async function install(name: string, script: string): Promise<void> {
    const file = join(directory, 'bin', `docker-credential-${name}`);
    await writeFile(file, `#!/bin/sh\n[ "$1" = get ] || exit 9\nread -r server\n${script}\n`);
    await chmod(file, 0o755);
  }

  beforeAll(async () => {
    vi.stubEnv('PATH', `${join(directory, 'bin')}${delimiter}${process.env.PATH}`);
    await install(
      'echo',
      `printf '{"ServerURL":"%s","Username":"ann","Secret":"for %s"}' "$server" "$server"`,
    );
    await install('idp', `echo '{"Username":"<token>","Secret":"refresh"}'`);
    await install('none', 'echo credentials not found in native keychain; exit 1');
    await install('broken', 'echo "the keychain is locked"; exit 1');
    await install('leaky', `echo '{"Secret":"hush"}'; exit 3`);
    await install('odd', `echo 'hush'`);
    await install('deaf', `exec <&-; echo '{"Username":"ann","Secret":"deaf"}'`);
  });
  afterAll(() => vi.unstubAllEnvs());

  it('is asked about its registry before anything else', async () => {
    const path = await writeConfig({
      auths: { 'ghcr.io': auth('file:f'), 'quay.io': auth('file:f'), 'docker.io': {} },
      credHelpers: {
        'https://index.docker.io/v1/': 'echo',
        'ghcr.io': 'idp',
        'quay.io': 'none',
        'deaf.example': 'deaf',
      },
      credsStore: 'echo',
    });
    const config = dockerConfig(path);
    const source = async (registry: string) => (await ask(config, registry)).found;
    const origin = 'docker-credential-echo';
    expect(await source('docker.io')).toEqual({
      kind: 'password',
      username: 'ann',
      password: 'for https://index.docker.io/v1/',
      origin,
    });
    expect(await source('other.example:5000')).toMatchObject({ password: 'for other.example:5000', origin });
    expect(await source('ghcr.io')).toEqual({
      kind: 'identity',
      token: 'refresh',
      origin: 'docker-credential-idp',
    });
    expect(await source('quay.io')).toMatchObject({ username: 'file' });
    expect(await source('deaf.example')).toMatchObject({ password: 'deaf' });
  });

  const failures: (readonly [helper: string, says: string])[] = [
    ['broken', 'failed (1): the keychain is locked'],
    ['leaky', 'failed (3)'],
    ['odd', 'is not JSON'],
    ['missing', 'is not on PATH'],
    ['../../bin/sh', "not a program's name"],
    ['x'.repeat(300), "not a program's name"],
  ];

  it.each(failures)('that fails (%s) says so, and nothing that might be secret', async (helper, says) => {
    for (const config of [{ credsStore: helper }, { credHelpers: { 'ghcr.io': helper } }]) {
      const { found, missed } = await ask(dockerConfig(await writeConfig(config)), 'ghcr.io');
      expect(found).toBeUndefined();
      expect(missed[0]).toContain(helper.slice(0, 200));
      expect(missed[0]).toContain(says);
      expect(missed.join()).not.toContain('hush');
    }
  });

  it.each(failures)('that fails (%s) hides nothing that can be used', async (helper) => {
    const path = await writeConfig({ auths: { 'ghcr.io': auth('ann:a') }, credsStore: helper });
    const { found, missed } = await ask(dockerConfig(path), 'ghcr.io');
    expect(shown(found)).toBe('ann a');
    expect(missed).toHaveLength(1);
    const source = firstCredentials([
      dockerConfig(await writeConfig({ credHelpers: { 'ghcr.io': helper } })),
      workflowCredentials('gh', 'bob'),
    ]);
    expect(shown((await ask(source, 'ghcr.io')).found)).toBe('bob gh');
  });
});

describe('sources in a row', () => {
  it('are asked until one has something', async () => {
    const source = firstCredentials([
      async ({ registry }) =>
        registry === 'quay.io' ? { kind: 'identity', token: 'q', origin: 'first' } : undefined,
      workflowCredentials('gh', 'ann'),
      passwordCredentials('bob', 'b', 'last'),
    ]);
    expect((await ask(source, 'quay.io')).found).toMatchObject({ origin: 'first' });
    expect((await ask(source, 'ghcr.io')).found).toMatchObject({ username: 'ann', password: 'gh' });
    expect((await ask(source, 'docker.io')).found).toMatchObject({ username: 'bob' });
  });

  it('give the workflow token to ghcr.io alone, and that of a server to the registry of that', async () => {
    const source = workflowCredentials('gh');
    expect((await ask(source, 'ghcr.io')).found).toMatchObject({
      username: 'x-access-token',
      password: 'gh',
    });
    for (const registry of ['ghcr.io:443', 'ghcr.io.example', 'my-ghcr.io', 'docker.io', 'github.com']) {
      expect((await ask(source, registry)).found, registry).toBeUndefined();
    }
    const other = workflowCredentials('gh', 'ann', 'containers.github.example');
    expect((await ask(other, 'containers.github.example')).found).toMatchObject({ password: 'gh' });
    const { found, missed } = await ask(other, 'ghcr.io');
    expect(found).toBeUndefined();
    expect(missed).toEqual(['the workflow token (it is for containers.github.example alone)']);
  });
});
