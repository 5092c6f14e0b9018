import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Fake, type Seen, startFake } from '../repository/registry/fake.ts';
import { bareEnvironment, runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const archive = () =>
  temporary.write('app.tar', dockerArchive([makeImage({ os: 'linux', architecture: 'amd64' })]));

/** How a server refuses that has heard all this; each says back what it was told. */
const failures: Readonly<Record<string, (response: ServerResponse, heard: string) => unknown>> = {
  '401': (response, heard) =>
    response.writeHead(401, { 'content-type': 'application/json' }).end(inJson(heard)),
  '403': (response, heard) =>
    response.writeHead(403, { 'content-type': 'application/xml' }).end(inXml(heard)),
  '400 with a page': (response, heard) =>
    response.writeHead(400, { 'content-type': 'text/html' }).end(`<html><pre>${heard}</pre></html>`),
  '200 with a page': (response, heard) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><pre>${heard}</pre></html>`),
  'a redirect to nowhere': (response, heard) =>
    response.writeHead(307, { location: `http://127.0.0.1:1/?heard=${encodeURIComponent(heard)}` }).end(),
};
const inJson = (heard: string) =>
  JSON.stringify({ message: heard, errors: [{ code: 'ODD', message: heard }] });
const inXml = (heard: string) => `<Error><Code>Odd</Code><Message>${heard}</Message></Error>`;

/** All that a request tells of who we are, as it was sent and decoded. */
function heardIn({ headers, target, body }: Seen): string {
  const texts = [...Object.values(headers).map(String), target, `${body}`];
  const decoded = texts.map((text) => Buffer.from(text.replace(/^Basic /, ''), 'base64').toString());
  return [...texts, ...decoded]
    .join(' ')
    .replaceAll(/[^ -~]|[<>&"]/g, ' ')
    .slice(0, 2000);
}

/** Where a secret can be: what has to be in the environment and on the call, for a server at this host. */
interface Place {
  readonly env?: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  /** Answers that have to come out well, for the secret to be sent at all; undefined: it is refused. */
  readonly before?: (request: Seen, response: ServerResponse) => true | undefined;
}

const places: Readonly<Record<string, (host: string, mark: string, folder: string) => Promise<Place>>> = {
  'a login that docker keeps': async (host, mark, folder) => {
    const auth = Buffer.from(`me:${mark}`).toString('base64');
    await temporary.write(`${folder}/config.json`, JSON.stringify({ auths: { [host]: { auth } } }));
    return registry(host, { DOCKER_CONFIG: join(temporary.path, folder) });
  },
  'a credential helper': async (host, mark, folder) => {
    const said = JSON.stringify({ ServerURL: host, Username: 'me', Secret: mark });
    const path = await temporary.write(
      `${folder}/docker-credential-marked`,
      `#!/bin/sh\ncat >&2\necho '${said}'\n`,
    );
    await chmod(path, 0o755);
    await temporary.write(`${folder}/config.json`, JSON.stringify({ credHelpers: { [host]: 'marked' } }));
    const own = join(temporary.path, folder);
    return registry(host, { DOCKER_CONFIG: own, PATH: `${own}:${bareEnvironment('').PATH}` });
  },
  'the login of a web server in its URL': async (host, mark) => ({
    words: ['-t', 'app:1', `http://me:${mark}@${host}/dav?server=webdav`],
  }),
  'a proxy': async (host, mark) => ({
    env: { HTTP_PROXY: `http://me:${mark}@${host}`, HTTPS_PROXY: `http://me:${mark}@${host}` },
    words: ['docker://registry.invalid/app:1?plain-http=true'],
  }),
  'a profile of AWS': async (host, mark, folder) => {
    const text = `[marked]\naws_access_key_id = AKIA${mark}\naws_secret_access_key = x${mark}\naws_session_token = y${mark}\n`;
    const path = await temporary.write(`${folder}/credentials`, text);
    return bucket(host, { AWS_SHARED_CREDENTIALS_FILE: path, AWS_PROFILE: 'marked' });
  },
  'a token of a web identity': async (host, mark, folder) => {
    const path = await temporary.write(`${folder}/token`, mark);
    const role = 'arn:aws:iam::123456789012:role/publish';
    return bucket(host, {
      ...{ AWS_WEB_IDENTITY_TOKEN_FILE: path, AWS_ROLE_ARN: role, AWS_ENDPOINT_URL_STS: `http://${host}` },
    });
  },
};

function registry(host: string, env: Readonly<Record<string, string>>): Place {
  return {
    env,
    words: [`docker://${host}/app:1`],
    before({ headers }, response) {
      if (headers.authorization) return undefined;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      return true;
    },
  };
}

function bucket(host: string, env: Readonly<Record<string, string>>): Place {
  const own = { AWS_REGION: 'any', AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1' };
  return {
    env: { ...own, ...env },
    words: ['-t', 'app:1', `s3://bucket?endpoint=http://${host}&s3ForcePathStyle=true`],
  };
}

/** The command lines of all processes that begin meanwhile. */
function watchCommands() {
  const found = new Set<string>();
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
        found.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
      }
      await wait(5);
    }
  })();
  return async () => {
    isOver = true;
    await looking;
    return [...found].join('\n');
  };
}

async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

const formsOf = (mark: string): readonly string[] => [
  mark,
  ...[mark, `me:${mark}`].map((text) => Buffer.from(text).toString('base64').replace(/=+$/, '')),
];

/** A place each with one failure, as all of them take minutes; ALBA_SECRETS=all has each place meet each. */
function failuresOf(at: number): string[] {
  const names = Object.keys(failures);
  return process.env.ALBA_SECRETS === 'all' ? names : names.slice(at % names.length, (at % names.length) + 1);
}

/** What a runner shows of a step: what it was told to mask is not. */
function shown(stdout: string): string {
  const lines: string[] = [];
  const masks: string[] = [];
  for (const line of stdout.split('\n')) {
    const [, mask] = /^::add-mask::(.+)$/.exec(line) ?? [];
    if (mask) masks.push(mask);
    else lines.push(masks.reduce((rest, one) => rest.replaceAll(one, '***'), line));
  }
  return lines.join('\n');
}

describe.each(Object.keys(places).map((name, at) => ({ name, at })))('a secret in $name', ({ name, at }) => {
  it.each(failuresOf(at))(
    'is in nothing that is printed, written or started, where the server answers %s',
    async (failure) => {
      const mark = `hush${randomUUID().replaceAll('-', '')}`;
      const folder = await mkdtemp(join(temporary.path, 'place-'));
      const own = folder.slice(temporary.path.length + 1);
      const heard: string[] = [];
      let place: Place | undefined;
      await using server: Fake = await startFake((request, response) => {
        heard.push(heardIn(request));
        if (place?.before?.(request, response)) return;
        failures[failure]?.(response, heard.join(' ').slice(-1500));
      });
      place = await places[name]?.(server.host, mark, own);
      const { env = {}, words = [] } = place ?? {};
      const [cwd, tmp] = [join(folder, 'work'), join(folder, 'tmp')];
      await Promise.all([mkdir(cwd), mkdir(tmp)]);
      const options = { cwd, env: { ...env, TMPDIR: tmp } };
      const end = watchCommands();
      const flags = ['--verbose', '--json', '--cache-dir', join(cwd, 'cache'), await archive()];
      const ended = await runAlba(['container', 'push', ...flags, ...words], options);
      const commands = await end();
      expect(ended.code, ended.stderr).not.toBe(0);
      // Else nothing was tried.
      expect(heard.join(' ')).toContain(mark);
      // The URL of a login is on the command line because it was written there.
      const started = name.includes('URL') ? '' : commands;
      const all = [ended.stdout, ended.stderr, started, await textsIn(cwd), await textsIn(tmp)].join('\n');
      for (const form of formsOf(mark)) expect(all).not.toContain(form);
    },
    60_000,
  );
});

describe('the token of the cache of Actions', () => {
  it.each(failuresOf(1))(
    'is in nothing that a step tells where its service answers %s',
    async (failure) => {
      const mark = `hush${randomUUID().replaceAll('-', '')}`;
      const heard: string[] = [];
      await using server = await startFake((request, response) => {
        heard.push(heardIn(request));
        failures[failure]?.(response, heard.join(' ').slice(-1500));
      });
      const token = `${btoa('{"alg":"none"}')}.${btoa('{"scp":"Actions.Results:1:2"}')}.${mark}`;
      const env = {
        ...{
          ACTIONS_RESULTS_URL: `${server.url}/`,
          ACTIONS_CACHE_SERVICE_V2: 'true',
          ACTIONS_RUNTIME_TOKEN: token,
        },
        ...{ RUNNER_DEBUG: '1', GITHUB_REPOSITORY: 'org/app', GITHUB_RUN_ID: '1' },
      };
      const cwd = await mkdtemp(join(temporary.path, 'step-'));
      const step = await runAction({ artifacts: await archive(), target: 'oci:./out:1' }, { cwd, env });
      expect(step, step.stdout).toMatchObject({ code: 0 });
      expect(heard.join(' ')).toContain(mark);
      const all = [
        shown(step.stdout),
        step.stderr,
        step.summary,
        JSON.stringify(step.outputs),
        await textsIn(cwd),
      ].join('\n');
      for (const form of formsOf(mark)) expect(all).not.toContain(form);
    },
    60_000,
  );
});
