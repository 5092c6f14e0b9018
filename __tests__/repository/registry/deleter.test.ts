import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Node } from '../../../src/content/content.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { openRegistryDeleter } from '../../../src/repository/registry/deleter.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import type { Repository } from '../../../src/repository/repository.ts';
import { decideByRules } from '../../../src/retention/decide.ts';
import { planDeletion } from '../../../src/retention/plan.ts';
import { parseKeep } from '../../../src/retention/rules.ts';
import { sweep } from '../../../src/retention/sweep.ts';
import { silent } from '../../fixtures/silent.ts';
import { unattended } from '../../fixtures/unattended.ts';
import { type FixtureRelease, makeReleases, pushReleases } from '../../retention/releases.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';
import { quick, refuse, startFake } from './fake.ts';

const { oci } = mediaTypes;

const releases = makeReleases(8);

function manifestsOf(some: readonly FixtureRelease[]): string[] {
  const all = (node: Node): string[] =>
    node.children.length > 0 ? [node.descriptor.digest, ...node.children.flatMap(all)] : [];
  return [...new Set(some.flatMap(({ root, referrers }) => [root, ...referrers].flatMap(all)))].sort();
}

describeWith([registryTool[3]], 'deleting on a registry', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry?.stop());

  /** Keeps the newest three, looking again before each deletion; gives the manifests that are left. */
  async function keepThree(
    name: string,
    meanwhile: (repository: Repository) => Promise<unknown>,
    through = registry.host,
    onEnd = async () => {},
  ) {
    let failure: Error | undefined;
    const options = { ...unattended, credentials: async () => undefined };
    const place = { registry: registry.host, repository: name };
    const repository = openRegistry(place, { ...options, access: 'push' });
    await pushReleases(repository, releases);
    const deleter = openRegistryDeleter({ ...place, registry: through }, { ...options, access: 'delete' }, 0);
    const query = { needsTime: () => false };
    const grace = { text: '0s', milliseconds: 0 };
    const inventory = await deleter.inventory(query);
    const rules = { keep: [parseKeep('3')], keepMatching: [], grace, force: false };
    const decision = decideByRules(inventory, rules, new Date());
    await meanwhile(repository);
    const drafted = { plan: planDeletion(inventory, decision), inventory, decision };
    await sweep(deleter, drafted, query, silent).catch((thrown: Error) => {
      failure = thrown;
    });
    await onEnd();
    const found = manifestsOf(releases).map(async (digest) =>
      (await repository.resolve(digest)) ? [digest] : [],
    );
    const left = (await Promise.all(found)).flat().sort();
    await Promise.all([repository.close(), deleter.close()]);
    return { left, failure };
  }

  it('goes on with what no tag leads to any more, however often it looks', async () => {
    const { left, failure } = await keepThree('looks', async () => {});
    expect(failure).toBe(undefined);
    expect(left).toEqual(manifestsOf(releases.slice(5)));
  });

  it('leaves what a new tag leads to since the plan was made, and a tag that names something else', async () => {
    const [first, second, third] = releases;
    if (!first || !second || !third) throw new Error('no releases');
    const { left } = await keepThree('moved', async (repository) => {
      await repository.tag(first.root, ['rolled-back']);
      await repository.tag(second.root, ['1.2.0']);
    });
    // Nothing tells any more of what the third one's tag named.
    expect(left).toEqual(manifestsOf([first, second, third, ...releases.slice(5)]));
  });

  it('puts a manifest back that a tag has come to lead to just before it was deleted', async () => {
    const [first] = releases;
    const child = first?.root.children[0];
    if (!first || !child) throw new Error('no releases');
    let pushed: Repository | undefined;
    await using proxy = await startProxy(registry.host, async (method, path) => {
      if (method !== 'DELETE' || !path.endsWith(child.descriptor.digest)) return;
      await pushed?.push(first.root);
      await pushed?.tag(first.root, ['rolled-back']);
      pushed = undefined;
    });
    const { left } = await keepThree(
      'late',
      async (repository) => {
        pushed = repository;
      },
      proxy.host,
    );
    expect(pushed).toBe(undefined);
    expect(left).toEqual(manifestsOf([first, ...releases.slice(5)]));
  });

  it('puts back what came to be needed where a deletion is refused, once all that was under way has ended', async () => {
    const [first, second] = releases;
    const child = first?.root.children[0];
    if (!first || !second || !child) throw new Error('no releases');
    let pushed: Repository | undefined;
    let underWay = 0;
    let atEnd: number | undefined;
    const [named, refused] = [later(), later()];
    await using proxy = await startProxy(registry.host, async (method, path, response) => {
      underWay += 1;
      response.once('finish', () => {
        underWay -= 1;
      });
      if (method === 'DELETE' && path.endsWith(child.descriptor.digest)) {
        await pushed?.push(first.root);
        await pushed?.tag(first.root, ['rolled-back']);
        named.resolve();
        await refused.promise;
      }
      if (method === 'DELETE' && path.endsWith(second.root.descriptor.digest)) {
        await named.promise;
        response.once('close', refused.resolve);
        response.writeHead(403).end();
      }
    });
    const { left, failure } = await keepThree(
      'refused',
      async (repository) => {
        pushed = repository;
      },
      proxy.host,
      async () => {
        atEnd = underWay;
      },
    );
    expect(failure?.message).toContain('403');
    expect(atEnd).toBe(0);
    expect(left).toEqual(expect.arrayContaining(manifestsOf([first])));
  });

  it('puts back what came to be needed where nobody hears that its deletion was done', async () => {
    const [first] = releases;
    const child = first?.root.children[0];
    if (!first || !child) throw new Error('no releases');
    let pushed: Repository | undefined;
    await using proxy = await startProxy(registry.host, async (method, path, response) => {
      if (method !== 'DELETE' || !path.endsWith(child.descriptor.digest)) return;
      await pushed?.push(first.root);
      await pushed?.tag(first.root, ['rolled-back']);
      await fetch(`http://${registry.host}${path}`, { method });
      pushed = undefined;
      response.writeHead(403).end();
    });
    const { left, failure } = await keepThree(
      'unheard',
      async (repository) => {
        pushed = repository;
      },
      proxy.host,
    );
    expect(failure?.message).toContain('403');
    expect(left).toEqual(expect.arrayContaining(manifestsOf([first])));
  });
});

it('asks a registry whose list of tags is long no more often for it than a part of all requests', async () => {
  const manifests = new Map<string, Buffer>();
  const tags = new Map<string, string>();
  for (let at = 0; at < 600; at += 1) {
    const config = { mediaType: oci.config, digest: digestOf(Buffer.from(`${at}`)), size: 1 };
    const bytes = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: oci.manifest, config, layers: [] }),
    );
    manifests.set(digestOf(bytes), bytes);
    tags.set(`1.${at}.0`, digestOf(bytes));
  }
  await using server = await startFake(async ({ method, path }, response) => {
    const last = path.split('/').at(-1) ?? '';
    if (path.endsWith('/tags/list')) {
      await wait(50);
      return response.end(JSON.stringify({ tags: [...tags.keys()] }));
    }
    const digest = tags.get(last) ?? last;
    const bytes = manifests.get(digest);
    if (!bytes) return refuse(response, 404, 'MANIFEST_UNKNOWN');
    if (method === 'DELETE') {
      if (!tags.delete(last)) manifests.delete(last);
      return response.writeHead(202).end();
    }
    const headers = { 'content-type': oci.manifest, 'docker-content-digest': digest };
    response.writeHead(200, { ...headers, 'content-length': bytes.length });
    return response.end(method === 'HEAD' ? undefined : bytes);
  });
  const deleter = openRegistryDeleter({ registry: server.host, repository: 'app' }, quick);
  const query = { needsTime: () => false };
  const inventory = await deleter.inventory(query);
  const grace = { text: '0s', milliseconds: 0 };
  const rules = { keep: [parseKeep('3')], keepMatching: [], grace, force: false };
  const decision = decideByRules(inventory, rules, new Date());
  const plan = planDeletion(inventory, decision);
  const { manifests: gone } = await sweep(deleter, { plan, inventory, decision }, query, silent);
  await deleter.close();
  expect([gone, tags.size, manifests.size]).toEqual([597, 3, 3]);
  expect(server.seen.filter(({ path }) => path.endsWith('/tags/list')).length).toBeLessThan(250);
});

/** A promise, and how it is kept. */
function later() {
  let resolve = () => {};
  const promise = new Promise<void>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

/** Hands requests on, after what is to be done before each. */
async function startProxy(
  host: string,
  before: (method: string, path: string, response: ServerResponse) => Promise<void>,
) {
  const server = createServer(async (incoming, response) => {
    const { method = '', url: path = '' } = incoming;
    await before(method, path, response);
    if (response.headersSent) return;
    const { headers } = incoming;
    const answer = await fetch(`http://${host}${path}`, {
      method,
      headers: { accept: headers.accept ?? '*/*', 'content-type': headers['content-type'] ?? '' },
      ...(method === 'PUT' && { body: await buffer(incoming) }),
    });
    const { 'content-encoding': _, ...told } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, told);
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
