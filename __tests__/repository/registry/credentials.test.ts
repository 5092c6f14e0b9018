import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  firstCredentials,
  passwordCredentials,
  workflowCredentials,
} from '../../../src/repository/registry/credentials.ts';
import { dockerConfigCredentials } from '../../../src/repository/registry/docker-config.ts';
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
    const source = dockerConfigCredentials(path);
    const found = async (registry: string) => {
      const credentials = await source(registry);
      expect(credentials?.origin ?? `the docker config ${path}`).toBe(`the docker config ${path}`);
      if (credentials?.kind === 'identity') return credentials.token;
      return credentials && `${credentials.username} ${credentials.password}`;
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
    expect(await dockerConfigCredentials(join(directory, 'none.json'))('ghcr.io')).toBeUndefined();
    const broken: (readonly [config: object | string, says: string])[] = [
      ['{"auths":{"ghcr.io":{"auth":"hush"', 'is not JSON'],
      [{ auths: { 'ghcr.io': { auth: ['hush'] } } }, 'is malformed at auths.ghcr.io.auth'],
      [{ auths: { 'ghcr.io': auth('hush') } }, 'docker login ghcr.io'],
    ];
    for (const [config, says] of broken) {
      const path = await writeConfig(config);
      const failure = await failureOf(dockerConfigCredentials(path)('ghcr.io'));
      expect(failure).toMatchObject({ name: 'AlbaError', code: 'auth' });
      expect(failure.message).toContain(`the docker config ${path}`);
      expect(failure.message).toContain(says);
      expect(failure.message).not.toContain('hush');
      expect(failure.message).not.toContain(Buffer.from('hush').toString('base64'));
    }
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
    const source = dockerConfigCredentials(path);
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

  it('that fails says so, and nothing that might be secret', async () => {
    const failures: (readonly [helper: string, says: string])[] = [
      ['broken', 'failed (1): the keychain is locked'],
      ['leaky', 'failed (3)'],
      ['odd', 'is not JSON'],
      ['missing', 'is not on PATH'],
      ['../../bin/sh', "not a program's name"],
      ['x'.repeat(300), "not a program's name"],
    ];
    for (const [helper, says] of failures) {
      const path = await writeConfig({ credsStore: helper });
      const failure = await failureOf(dockerConfigCredentials(path)('ghcr.io'));
      expect(failure).toMatchObject({ code: 'auth' });
      expect(failure.message).toContain(helper.slice(0, 100));
      expect(failure.message).toContain(says);
      expect(failure.message).not.toContain('hush');
    }
  });
});

describe('sources in a row', () => {
  it('are asked until one has something', async () => {
    const source = firstCredentials([
      async (registry) =>
        registry === 'quay.io' ? { kind: 'identity', token: 'q', origin: 'first' } : undefined,
      workflowCredentials('gh', 'ann'),
      passwordCredentials('bob', 'b', 'last'),
    ]);
    expect(await source('quay.io')).toMatchObject({ origin: 'first' });
    expect(await source('ghcr.io')).toMatchObject({ username: 'ann', password: 'gh' });
    expect(await source('docker.io')).toMatchObject({ username: 'bob' });
  });

  it('give the workflow token to ghcr.io alone', async () => {
    const source = workflowCredentials('gh');
    expect(await source('ghcr.io')).toMatchObject({ username: 'x-access-token', password: 'gh' });
    for (const registry of ['ghcr.io:443', 'ghcr.io.example', 'my-ghcr.io', 'docker.io', 'github.com']) {
      expect(await source(registry), registry).toBeUndefined();
    }
  });
});
