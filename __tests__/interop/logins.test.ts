import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith, itWith } from '../support/tools.ts';

const login = { username: 'publisher', password: 'the right one' };
const auth = { auth: Buffer.from(`${login.username}:${login.password}`).toString('base64') };
const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [900] });

describeWith([registryTool[2]], 'a login that is stored', () => {
  const temporary = useTemporary();
  let registry: Registry;
  beforeAll(async () => {
    await writeFile(join(temporary.path, 'app.tar'), dockerArchive([image]));
    registry = await startRegistry({ auth: login });
  });
  afterAll(() => registry?.stop());

  /** Publishes from a home with these files. */
  async function push(
    files: Readonly<Record<string, unknown>>,
    env: (home: string) => Readonly<Record<string, string>> = () => ({}),
  ): Promise<Ended> {
    const home = await mkdtemp(join(temporary.path, 'home-'));
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), JSON.stringify(content));
    }
    const words = ['container', 'push', '--no-cache', '--verbose', 'app.tar'];
    return runAlba([...words, `docker://${registry.host}/org/app:1`], {
      cwd: temporary.path,
      env: { HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), ...env(home) },
    });
  }

  const docker = '.docker/config.json';
  it.each<readonly [where: string, files: (host: string) => Readonly<Record<string, unknown>>]>([
    ['for a part of the registry', (host) => ({ [docker]: { auths: { [`${host}/org`]: auth } } })],
    [
      'behind an empty entry of the same registry',
      (host) => ({ [docker]: { auths: { [host]: {}, [`http://${host}/v2/`]: auth } } }),
    ],
    [
      'among nulls',
      (host) => ({
        [docker]: { auths: { x: null, [host]: auth }, credHelpers: { x: null }, credsStore: null },
      }),
    ],
    [
      'beside a helper that is missing',
      (host) => ({ [docker]: { auths: { [host]: auth }, credsStore: 'gone-with-the-desktop' } }),
    ],
    ['for podman', (host) => ({ 'run/containers/auth.json': { auths: { [host]: auth } } })],
    ['in ~/.config', (host) => ({ '.config/containers/auth.json': { auths: { [host]: auth } } })],
    [
      'with a scope',
      (host) => ({ [`.docker/buildx/config/${host}/org/app@push/config.json`]: { auths: { [host]: auth } } }),
    ],
  ])('%s is used', async (_, files) => {
    const ended = await push(files(registry.host));
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/the credentials from .* are for/);
    expect(ended.stderr).not.toContain(auth.auth);
  });

  it('in DOCKER_AUTH_CONFIG is used', async () => {
    const text = JSON.stringify({ auths: { [registry.host]: auth } });
    expect(await push({}, () => ({ DOCKER_AUTH_CONFIG: text }))).toMatchObject({ code: 0 });
  });

  itWith(
    ['skopeo'],
    'by skopeo login is used, where it writes by itself and where a variable says',
    async () => {
      for (const variable of ['REGISTRY_AUTH_FILE', 'XDG_RUNTIME_DIR']) {
        const folder = await mkdtemp(join(temporary.path, 'login-'));
        const env = { [variable]: variable === 'XDG_RUNTIME_DIR' ? folder : join(folder, 'auth.json') };
        const who = ['--username', login.username, '--password', login.password];
        await run('skopeo', ['login', '--tls-verify=false', ...who, registry.host], { env });
        expect(await push({}, () => env)).toMatchObject({ code: 0 });
      }
    },
  );

  it('that has a password and no name is an error that says how to give one', async () => {
    const words = ['container', 'push', '--password-stdin', 'app.tar', `docker://${registry.host}/app:1`];
    const ended = await runAlba(words, { cwd: temporary.path, input: 'hunter2' });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /^alba: username is missing beside the password: give --username \(the input username\); where the password is a token, any name may do/m,
    );
    const inputs = { artifacts: 'app.tar', target: `docker://${registry.host}/app:1`, username: 'me' };
    expect((await runAction(inputs, { cwd: temporary.path })).stdout).toMatch(
      /::error::password is missing beside the username: give both or neither; is the secret that should hold it empty\?/,
    );
  });

  it('nowhere is an error that lists where it was looked for, and which helper failed', async () => {
    const { code, stderr } = await push({ [docker]: { credsStore: 'gone-with-the-desktop' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /401 Unauthorized.*; tried with no credentials: give username and password, or log in with docker login 127.*; looked in \/.*\/\.docker\/config\.json \(docker-credential-gone-with-the-desktop get, .* is not on PATH: .*\), .*\/run\/containers\/auth\.json \(not there\), /,
    );
  });
});
