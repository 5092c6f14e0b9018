import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../../../src/oci/descriptor.ts';
import { formatDocument } from '../../../src/oci/manifest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { referrersTag } from '../../../src/oci/referrer.ts';
import { startOlareg } from '../../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';
import { entryOf, makeReferrer, pushAll } from '../referrer.ts';
import { makeRelease, publish } from '../release.ts';
import { type Answer, blobOf, memory, openApp, refuse, startFake } from './fake.ts';

const index = mediaTypes.oci.index;
const release = makeRelease('one');
const subject = release.descriptor;
const nodes = ['a', 'b', 'c'].map((text) =>
  makeReferrer(subject, text, { artifactType: 'test/x', annotations: { text } }),
);
const listOf = (manifests: readonly Descriptor[]): Buffer =>
  formatDocument({ schemaVersion: 2, mediaType: index, manifests });
const byDigest = (a: Descriptor, b: Descriptor): number => (a.digest < b.digest ? -1 : 1);
const sorted = (descriptors: readonly Descriptor[]): Descriptor[] => [...descriptors].sort(byDigest);
const entries = async (): Promise<Descriptor[]> => sorted(await Promise.all(nodes.map(entryOf)));

const servers = [
  { tool: registryTool[2], start: () => startRegistry({ version: 2 }), hasFallback: true },
  { tool: registryTool[3], start: () => startRegistry({ version: 3 }), hasFallback: true },
  { tool: 'olareg', start: startOlareg, hasFallback: false },
];

describe.each(servers)('$tool', ({ tool, start, hasFallback }) => {
  describeWith([tool], 'with referrers', () => {
    it('lists all that were pushed at once, by its API or by the fallback tag', async () => {
      await using server = await start();
      await using app = openApp(server.host);
      await publish(app, release, ['1.0']);
      expect(await app.referrers(subject.digest)).toEqual([]);
      await Promise.all(nodes.map((node) => pushAll(app, node)));
      for (const node of nodes) await pushAll(app, node);
      expect(sorted(await app.referrers(subject.digest))).toEqual(await entries());
      expect((await app.resolve(referrersTag(subject.digest))) !== undefined).toBe(hasFallback);
      expect(await app.tags()).toEqual(['1.0']);
    });
  });
});

/** Manifests in memory, and before them what a test answers itself. */
function faulty(own: (...args: Parameters<Answer>) => boolean): ReturnType<typeof memory> {
  const rest = memory();
  const answer: Answer = (request, response) => own(request, response) || rest(request, response);
  return Object.assign(answer, { blobs: rest.blobs });
}

describe('referrers on registries of all kinds', () => {
  it('come in pages, each once', async () => {
    const all = await entries();
    await using server = await startFake(({ path, query }, response) => {
      const at = Number(query.get('at') ?? 0);
      const link = at < 2 ? { link: `<${path}?at=${at + 1}>; rel="next"` } : {};
      response.writeHead(200, { 'content-type': index, ...link }).end(listOf(all.slice(at, at + 2)));
    });
    await using app = openApp(server.host);
    expect(await app.referrers(subject.digest)).toEqual(all);
    expect(server.calls().filter((call) => call.includes('/referrers/'))).toHaveLength(3);
  });

  it.each([404, 400, 405, 406, 501])(
    'are asked for by the fallback tag after an answer of %i',
    async (status) => {
      const all = await entries();
      const answer = faulty(({ path }, response) => {
        if (path.includes('/referrers/')) refuse(response, status);
        return path.includes('/referrers/');
      });
      answer.blobs.set(referrersTag(subject.digest), listOf(all));
      await using server = await startFake(answer);
      await using app = openApp(server.host);
      expect(await app.referrers(subject.digest)).toEqual(all);
    },
  );

  it('are asked for by the API once where it is not there, and still found by their tags', async () => {
    const all = await entries();
    const others = [1, 2, 3].map((at) => blobOf(`{"at":${at}}`, index).descriptor.digest);
    const answer = memory();
    answer.blobs.set(referrersTag(subject.digest), listOf(all));
    await using server = await startFake(answer);
    await using app = openApp(server.host);
    for (const other of others) expect(await app.referrers(other)).toEqual([]);
    expect(await app.referrers(subject.digest)).toEqual(all);
    expect(server.calls().filter((call) => call.includes('/referrers/'))).toHaveLength(1);
  });

  it('are asked for by the API each time where it cannot be told from another answer', async () => {
    const all = await entries();
    let asked = 0;
    const answer = faulty(({ path }, response) => {
      if (!path.includes('/referrers/')) return false;
      asked += 1;
      if (asked === 1) refuse(response, 400);
      else response.writeHead(200, { 'content-type': index }).end(listOf(all));
      return true;
    });
    await using server = await startFake(answer);
    await using app = openApp(server.host);
    expect(await app.referrers(subject.digest)).toEqual([]);
    expect(await app.referrers(subject.digest)).toEqual(all);
  });

  it('are none where every path is a web page', async () => {
    await using server = await startFake((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    });
    await using app = openApp(server.host);
    expect(await app.referrers(subject.digest)).toEqual([]);
  });

  it('are an error where they may not be read', async () => {
    await using server = await startFake((_, response) => refuse(response, 403, 'DENIED'));
    await using app = openApp(server.host);
    await expect(app.referrers(subject.digest)).rejects.toMatchObject({ name: 'AlbaError', code: 'auth' });
  });

  it.each([
    { gives: true, fallback: [] },
    { gives: false, fallback: ['GET', 'PUT', 'GET'] },
  ])('need a fallback tag unless the registry notes subjects and gives lists: $gives', async (expected) => {
    const [node, another] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
    const answer = faulty(({ path }, response) => {
      if (path.includes('/manifests/sha256:')) response.setHeader('OCI-Subject', subject.digest);
      if (!path.includes('/referrers/')) return false;
      if (expected.gives) response.writeHead(200, { 'content-type': index }).end(listOf([]));
      else refuse(response, 404);
      return true;
    });
    await using server = await startFake(answer);
    await using app = openApp(server.host);
    await app.push(node);
    const tag = referrersTag(subject.digest);
    const methods = server.seen.filter(({ path }) => path.endsWith(tag)).map(({ method }) => method);
    expect(methods).toEqual(expected.fallback);
    await app.push(another);
    expect(server.calls().filter((call) => call.includes('/referrers/'))).toHaveLength(1);
  });

  it('are added again when another writer undoes the fallback tag', async () => {
    const [ours, theirs] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
    const tag = referrersTag(subject.digest);
    const entry = await entryOf(theirs);
    let undone = 0;
    const answer = faulty(({ path, method }) => {
      if (method === 'GET' && path.endsWith(tag) && answer.blobs.has(tag) && undone++ === 0) {
        answer.blobs.set(tag, listOf([entry]));
      }
      return false;
    });
    await using server = await startFake(answer);
    await using app = openApp(server.host);
    await app.push(ours);
    expect(JSON.parse(String(answer.blobs.get(tag))).manifests).toEqual([entry, await entryOf(ours)]);
  });

  it('are added to a fallback tag one after the other', async () => {
    const tag = referrersTag(subject.digest);
    await using server = await startFake(memory());
    await using app = openApp(server.host);
    await Promise.all(nodes.slice(0, 2).map((node) => app.push(node)));
    const methods = server.seen.filter(({ path }) => path.endsWith(tag)).map(({ method }) => method);
    expect(methods).toEqual(['GET', 'PUT', 'GET', 'GET', 'PUT', 'GET']);
  });

  it('are an error, not a loss, where the fallback tag names something else', async () => {
    const [node] = nodes as [(typeof nodes)[0]];
    const tag = referrersTag(subject.digest);
    const answer = faulty(({ path, method }, response) => {
      const isTag = method === 'GET' && path.endsWith(tag);
      if (isTag) response.writeHead(200, { 'content-type': mediaTypes.oci.manifest }).end('{}');
      return isTag;
    });
    await using server = await startFake(answer);
    await using app = openApp(server.host);
    await expect(app.push(node)).rejects.toThrow(/is no index .* delete it/);
    expect(server.calls().filter((call) => call === `PUT /v2/app/manifests/${tag}`)).toEqual([]);
    expect(await app.referrers(subject.digest)).toEqual([]);
  });
});
