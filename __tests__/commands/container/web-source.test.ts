import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { readPublished } from '../../fixtures/published.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../../support/alba.ts';
import { type CountingRegistry, startCountingRegistry } from '../../support/servers/counting-registry.ts';
import { type Nginx, startNginx } from '../../support/servers/nginx.ts';
import { startProxy } from '../../support/servers/proxy.ts';
import { describeWith } from '../../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const platform = { os: 'linux', architecture: 'amd64' };

let served: CountingRegistry;

async function alba(words: readonly string[], options = {}): Promise<Ended> {
  return runAlba(words, { cwd: temporary.path, ...options });
}
async function succeed(words: readonly string[], options = {}): Promise<string> {
  const ended = await alba(words, options);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended.stdout;
}
const manifestAt = (site: string, tag: string) => readFile(at(site, 'v2', 'app', 'manifests', tag));

beforeAll(async () => {
  await temporary.write('app.tar', dockerArchive(imageOf(platform, ...usualLayers('one', 3_000_000))));
  await succeed(['container', 'push', '--no-cache', '-t', 'app:1.0', 'app.tar', 'file://./site']);
  served = await startCountingRegistry(at('site'));
});
afterAll(() => served[Symbol.asyncDispose]());

describe('a static registry behind a web server', () => {
  it('is promoted from, digest for digest', async () => {
    served.reset();
    await succeed([
      'container',
      'push',
      '--from',
      `http://${served.host}/app:1.0`,
      '-t',
      'app:1.0',
      'file://./copy',
    ]);
    expect(await manifestAt('copy', '1.0')).toEqual(await manifestAt('site', '1.0'));
  });

  it('is pulled from, taken up where its connection breaks', async () => {
    served.reset();
    served.fault = (path, attempt) =>
      path.includes('/blobs/') && attempt === 1 ? { breakAfter: 700_000 } : undefined;
    await succeed([
      'container',
      'pull',
      '--platform',
      'linux/amd64',
      `http://${served.host}/app:1.0`,
      './pulled',
    ]);
    expect(await listFolder(at('pulled'))).toContain('app/run 755 run one');
    expect(served.asked.some(({ range }) => range !== undefined)).toBe(true);
  });

  it('tells its tags where one is missing', async () => {
    const ended = await alba(['container', 'pull', `http://${served.host}/app:9`, './missing']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`http://${served.host}/app:9 is not there`);
    expect(ended.stderr).toContain('it has 1 tag: 1.0');
  });

  it('is read in a workflow as an artifact, and as a base', async () => {
    await mkdir(at('files'));
    await temporary.write('files/VERSION', 'two');
    const ended = await runAction(
      {
        artifacts: `http://${served.host}/app:1.0`,
        target: 'file://./promoted',
        tag: 'app:2',
        cache: 'false',
      },
      { cwd: temporary.path },
    );
    expect(ended, ended.stdout).toMatchObject({ code: 0 });
    await succeed([
      ...['container', 'push', '--no-cache', '--from-files', '--platforms', 'linux/amd64', '-t', 'app:3'],
      ...['--base', `http://${served.host}/app:1.0`, 'files', 'file://./based'],
    ]);
    const based = await readPublished(at('based'), 'app', '3');
    expect(based['linux/amd64']?.layers.at(-1)).toContain('644 0:0 VERSION = two');
    expect(await manifestAt('promoted', '2')).toEqual(await manifestAt('site', '1.0'));
  });

  it('is nothing to publish to where it does not say that it takes files in', async () => {
    const ended = await alba(['container', 'push', '-t', 'app:1', 'app.tar', `http://${served.host}`]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('does not say what takes files in there');
  });
});

describeWith(['nginx'], 'a static registry behind nginx', () => {
  const login = { username: 'me', password: 'hush/hush@home' };
  let nginx: Nginx;
  beforeAll(async () => {
    nginx = await startNginx({ root: at(), login, tls: true });
  });
  afterAll(() => nginx?.stop());
  const ca = () => ['--ca-certificate', nginx.certificate ?? ''];
  const withLogin = () =>
    nginx.url.replace('//', `//${login.username}:${encodeURIComponent(login.password)}@`);

  it('below a folder, with https, an authority of its own and a login in the URL', async () => {
    const ended = await alba([
      'container',
      'pull',
      '--verbose',
      ...ca(),
      `${withLogin()}/site#app:1.0`,
      './nginx',
    ]);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stdout + ended.stderr).not.toMatch(/hush/);
    expect(await listFolder(at('nginx'))).toContain('app/run 755 run one');
  });

  it('is signed in to by username and password', async () => {
    const words = ['container', 'pull', ...ca(), '--username', login.username, '--password-stdin'];
    await succeed([...words, `${nginx.url}/site#app:1.0`, './named'], { input: login.password });
    const wrong = await alba([...words, `${nginx.url}/site#app:1.0`, './wrong'], { input: 'hushed' });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('tried with the username and password given: check that it is right');
    expect(wrong.stderr).not.toContain('hushed');
  });

  it('is signed in to as docker is', async () => {
    const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    const DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { [new URL(nginx.url).host]: { auth } } });
    const words = ['container', 'pull', ...ca(), `${nginx.url}/site#app:1.0`];
    await succeed([...words, './stored'], { env: { DOCKER_AUTH_CONFIG } });
    const nobody = await alba([...words, './nobody']);
    expect(nobody.stderr).toContain('answered 401 Unauthorized; give username and password');
  });

  it('is not trusted without its authority', async () => {
    const ended = await alba(['container', 'pull', `${withLogin()}/site#app:1.0`, './untrusted']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('give the certificate of its authority as ca-certificate');
  });

  it('is reached through a proxy', async () => {
    await using proxy = await startProxy({ to: Number(new URL(nginx.url).port) });
    const url = withLogin()
      .replace(/127\.0\.0\.1:\d+/, 'registry.example:80')
      .replace('https:', 'http:');
    const ended = await alba(['container', 'pull', `${url}/site#app:1.0`, './proxied'], {
      env: { HTTP_PROXY: `http://${proxy.host}` },
    });
    expect(proxy.asked[0]).toContain('http://registry.example/site/v2/app/manifests/1.0');
    expect(ended.stderr).toContain('answered 400 Bad Request; if the server speaks https, write https://');
  });
});

describe('a login over plain http', () => {
  it('is not shown to a server that the source of a workflow alone names', async () => {
    const { host } = served;
    const fake = pathToFakeDns();
    const ended = await runAction(
      {
        command: 'container pull',
        source: `http://registry.example:${host.split(':')[1]}/app:1.0`,
        destination: './exposed',
        username: 'me',
        password: 'hush',
      },
      { cwd: temporary.path, env: { NODE_OPTIONS: `--import=${fake}` } },
    );
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/trusted-endpoints/);
    expect(served.asked.every(({ path }) => !path.includes('hush'))).toBe(true);
  });
});

function pathToFakeDns(): string {
  return new URL('../../support/fake-dns.mjs', import.meta.url).href;
}
