import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../../demo/artifacts.js';
import { digestOf } from '../../../src/oci/digest.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Fake, refuse, startFake } from '../../repository/registry/fake.ts';
import { runAction, runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
beforeAll(() => makeArtifacts(join(temporary.path, 'docker')));

interface Stored {
  readonly body: Buffer;
  readonly type: string;
}

/** A registry that keeps what it is given, and refuses tags as one does whose tags are immutable. */
function startStrict(isRefused: (tag: string, present: boolean) => boolean): Promise<Fake> {
  const stored = new Map<string, Stored>();
  return startFake(({ method, path, query, headers, body }, response) => {
    const [, repository = '', kind = '', name = ''] =
      /^\/v2\/(.+)\/(blobs|manifests|tags)\/(.*)$/.exec(path) ?? [];
    const put = (key: string): unknown => {
      stored.set(key, { body, type: headers['content-type'] ?? '' });
      return response.writeHead(201, { 'docker-content-digest': digestOf(body) }).end();
    };
    if (path === '/v2/') return response.end();
    if (kind === 'tags') {
      const prefix = `${repository}/manifests/`;
      const tags = [...stored.keys()].filter((key) => key.startsWith(prefix) && !key.includes('sha256:'));
      return response.end(JSON.stringify({ tags: tags.map((key) => key.slice(prefix.length)) }));
    }
    if (method === 'POST') {
      return response.writeHead(202, { location: `/v2/${repository}/blobs/uploads/1` }).end();
    }
    if (method === 'PUT' && kind === 'blobs') return put(`${repository}/blobs/${query.get('digest')}`);
    const key = `${repository}/${kind}/${name}`;
    if (method === 'PUT') {
      if (!name.startsWith('sha256:') && isRefused(name, stored.has(key))) {
        return refuse(response, 400, 'TAG_INVALID', `the tag ${name} is immutable`);
      }
      return put(key);
    }
    const found = stored.get(key);
    if (!found) return refuse(response, 404, 'NAME_UNKNOWN');
    response.writeHead(200, {
      'content-type': found.type,
      'content-length': found.body.length,
      'docker-content-digest': digestOf(found.body),
    });
    return response.end(method === 'HEAD' ? undefined : found.body);
  });
}

const push = (inputs: Readonly<Record<string, string>>) =>
  runAction({ artifacts: 'docker/', cache: 'false', ...inputs }, { cwd: temporary.path });

describe('a registry whose tags are immutable', () => {
  it('has the next release, and what could not float is a warning', async () => {
    await using registry = await startStrict((_, present) => present);
    const inputs = { target: `docker://${registry.host}/app`, floating: 'true' };
    expect((await push({ ...inputs, tag: 'app:1.0.0' })).code).toBe(0);
    const next = await push({ ...inputs, tag: 'app:1.0.1', annotations: 'index:a=b' });
    expect(next).toMatchObject({ code: 0 });
    for (const tag of ['1.0', '1', 'latest']) {
      expect(next.stdout).toMatch(
        new RegExp(`^::warning::.*${registry.host}/app:${tag} .*is immutable`, 'm'),
      );
    }
    expect(JSON.parse(next.outputs.metadata ?? '')).toMatchObject({ tags: ['1.0.1'] });
    const later = await push({ ...inputs, tag: 'app:1.1.0', annotations: 'index:a=c' });
    expect(JSON.parse(later.outputs.metadata ?? '')).toMatchObject({ tags: ['1.1.0', '1.1'] });
  });
});

describe('a target that refuses a tag', () => {
  it('ends the run red, with the outputs of what was published at the others', async () => {
    await using registry = await startStrict(() => true);
    await using other = await startStrict(() => false);
    const target = [`docker://${registry.host}/app`, `docker://${other.host}/app`, 'file://./site'].join(
      '\n',
    );
    const ended = await push({ tag: 'app:1', target });
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stdout).toMatch(/::error::.*the tag 1 is immutable/);
    const { digest, references = '', metadata = '' } = ended.outputs;
    expect(references.split('\n')).toHaveLength(2);
    expect(references).toContain(`${other.host}/app:1@${digest}`);
    expect(references).not.toContain(registry.host);
    expect(JSON.parse(metadata).targets).toMatchObject([
      { failure: expect.stringContaining('the tag 1 is immutable') },
      {},
      {},
    ]);
    expect(ended.summary).toContain('is immutable');
  });

  it('has those of its tags that it took', async () => {
    await using registry = await startStrict((tag) => tag === '2');
    const ended = await push({ tag: 'app:1,app:2', target: `docker://${registry.host}/app` });
    expect(ended).toMatchObject({ code: 1 });
    expect(JSON.parse(ended.outputs.metadata ?? '')).toMatchObject({ tags: ['1'] });
  });

  it('alone leaves nothing to put out', async () => {
    await using registry = await startStrict(() => true);
    const ended = await push({ tag: 'app:1', target: `docker://${registry.host}/app` });
    expect(ended).toMatchObject({ code: 1, outputs: {} });
    const words = ['container', 'push', '-t', 'app:1', 'docker/', `docker://${registry.host}/app`];
    const called = await runAlba([...words, 'file://./both', '--json'], { cwd: temporary.path });
    expect(called).toMatchObject({ code: 1 });
    expect(JSON.parse(called.stdout).references).toHaveLength(1);
    expect(called.stderr).toMatch(/^alba: .*the tag 1 is immutable/m);
  });
});

describe('files that go to registries as an artifact', () => {
  const tree = async (): Promise<string> => {
    await mkdir(join(temporary.path, 'df/linux/amd64'), { recursive: true });
    await writeFile(join(temporary.path, 'df/linux/amd64/app'), '#!/bin/sh\n');
    return 'df';
  };
  const pushFiles = async (...words: string[]) =>
    runAlba(['static', 'push', '--no-cache', '--as', 'artifact', '-t', 'app:1.0', await tree(), ...words], {
      cwd: temporary.path,
    });

  it('are no success where one of two refuses the tag, which is told', async () => {
    await using strict = await startStrict(() => true);
    await using kind = await startStrict(() => false);
    const [first, second] = [kind, strict].map(({ url }) => `docker://${new URL(url).host}/x/app`);
    const ended = await pushFiles(first ?? '', second ?? '');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('the tag 1.0 is immutable');
    expect(kind.seen.some(({ method, path }) => method === 'PUT' && path.endsWith('/manifests/1.0'))).toBe(
      true,
    );
  });

  it('are sent with the login that is given for their registry', async () => {
    const known = `Basic ${Buffer.from('u:p').toString('base64')}`;
    await using open = await startStrict(() => false);
    await using registry = await startFake(async ({ method, target, headers, body }, response) => {
      if (headers.authorization !== known) {
        return response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      }
      const sent = { method, headers: { 'content-type': headers['content-type'] ?? '' } };
      const answer = await fetch(
        `${open.url}${target}`,
        method === 'GET' || method === 'HEAD' ? sent : { ...sent, body },
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      return response.end(Buffer.from(await answer.arrayBuffer()));
    });
    const target = `docker://${new URL(registry.url).host}/x/app`;
    const ended = await runAlba(
      [
        'static',
        'push',
        '--no-cache',
        '-t',
        'app:1.0',
        '--username',
        'u',
        '--password-stdin',
        await tree(),
        target,
      ],
      { cwd: temporary.path, input: 'p' },
    );
    expect(ended.stderr).not.toContain('401');
    expect(ended.code).toBe(0);
  });
});

it('a run that fails after a tag may have moved does not say that none was changed', async () => {
  await using open = await startStrict(() => false);
  let isTagged = false;
  await using registry = await startFake(async ({ method, target, headers, body }, response) => {
    const isTag = target.endsWith('/manifests/1.0');
    if (isTag && isTagged) return refuse(response, 403, 'DENIED', 'no more');
    isTagged ||= isTag && method === 'PUT';
    const sent = { method, headers: { 'content-type': headers['content-type'] ?? '' } };
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const answer = await fetch(`${open.url}${target}`, hasBody ? { ...sent, body } : sent);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    return response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const target = `docker://${new URL(registry.url).host}/x/app:1.0`;
  const ended = await push({ target, update: 'true' });
  expect(isTagged).toBe(true);
  expect(ended.code).toBe(1);
  expect(ended.summary).toContain('not certain');
  expect(ended.summary).not.toContain('no tag was changed');
});
