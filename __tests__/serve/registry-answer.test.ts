import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStatic } from '../../src/repository/static/static.ts';
import { type Served, serve } from '../../src/serve/serve.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { makeRelease, publish } from '../repository/release.ts';
import { describeWith, requireTool } from '../support/tools.ts';

const temporary = useTemporary();
const release = makeRelease('one', true);
const { digest } = release.descriptor;
let served: Served;
let root: string;

beforeAll(async () => {
  root = join(temporary.path, 'site');
  const storage = new FilesystemStorage(root);
  await publish(openStatic(storage, 'org/app'), release, ['1.0', '0.9', '0.8', '1.1']);
  await publish(openStatic(storage, 'other'), makeRelease('two'), ['1.0']);
  served = await serve(root, { port: 0 });
});
afterAll(() => served?.close());

async function ask(path: string) {
  const response = await fetch(`${served.url}${path}`);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe('a served directory answers as a registry', () => {
  it.each([
    ['n=2', ['0.8', '0.9'], '</v2/org/app/tags/list?n=2&last=0.9>; rel="next"'],
    ['n=2&last=0.9', ['1.0', '1.1'], null],
    ['n=0', [], null],
    ['n=9', ['0.8', '0.9', '1.0', '1.1'], null],
    ['last=1.0', ['1.1'], null],
    ['last=zz', [], null],
    ['n=-1', ['0.8', '0.9', '1.0', '1.1'], null],
  ])('the part of a tag list that %s asks for', async (query, tags, link) => {
    const { status, headers, body } = await ask(`/v2/org/app/tags/list?${query}`);
    expect(status).toBe(200);
    expect(body).toEqual({ name: 'org/app', tags });
    expect(headers.get('link')).toBe(link);
  });

  it('no tag list of a name that is not there, whatever part is asked for', async () => {
    expect(await ask('/v2/none/tags/list?n=2')).toMatchObject({ status: 404 });
  });

  it('the names of its repositories, in parts', async () => {
    const { body, headers } = await ask('/v2/_catalog?n=1');
    expect(body).toEqual({ repositories: ['org/app'] });
    expect(headers.get('link')).toBe('</v2/_catalog?n=1&last=org%2Fapp>; rel="next"');
    expect((await ask('/v2/_catalog')).body).toEqual({ repositories: ['org/app', 'other'] });
  });

  it('an empty list of referrers for a subject that has none', async () => {
    const { status, headers, body } = await ask(`/v2/org/app/referrers/sha256:${'0'.repeat(64)}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json');
    expect(body).toMatchObject({ schemaVersion: 2, manifests: [] });
    expect(await ask('/v2/org/app/referrers/nothing')).toMatchObject({ status: 404 });
  });

  it('referrers of one artifact type, and says that it has looked at that', async () => {
    const { headers, body } = await ask(`/v2/org/app/referrers/${digest}?artifactType=application/x-none`);
    expect(headers.get('oci-filters-applied')).toBe('artifactType');
    expect(body).toMatchObject({ manifests: [] });
  });
});

describeWith(['conformance'], 'the conformance suite of the distribution spec', () => {
  it('passes in its read-only part', async () => {
    const manifests = await readdir(join(root, 'v2/org/app/manifests'));
    const blobs = await readdir(join(root, 'v2/org/app/blobs'));
    const isDigest = (name: string): boolean => name.startsWith('sha256:');
    const env = {
      OCI_REGISTRY: new URL(served.url).host,
      OCI_TLS: 'disabled',
      OCI_REPO1: 'org/app',
      OCI_REPO2: 'other',
      OCI_API_PUSH: 'false',
      OCI_API_BLOBS_DELETE: 'false',
      OCI_API_MANIFESTS_DELETE: 'false',
      OCI_API_TAGS_DELETE: 'false',
      OCI_RO_DATA_TAGS: '0.8 0.9 1.0 1.1',
      OCI_RO_DATA_MANIFESTS: manifests.filter(isDigest).join(' '),
      OCI_RO_DATA_BLOBS: blobs.filter(isDigest).join(' '),
      OCI_RO_DATA_REFERRERS: digest,
    };
    // Its exit code says nothing: having told its results it fails to write them where nothing was pushed.
    const told = await new Promise<string>((resolve) => {
      execFile(requireTool('conformance'), { cwd: temporary.path, env }, (_, stdout) => resolve(stdout));
    });
    const count = (name: string): number =>
      Number(new RegExp(`^ +${name}\\.*: +(\\d+)$`, 'm').exec(told)?.[1]);
    expect(told).toContain('OCI Conformance Result: Pass');
    expect([count('FAIL'), count('Error'), count('Skip')]).toEqual([0, 0, 0]);
    expect(count('Pass')).toBeGreaterThan(30);
    expect(told).toMatch(/Tag listing\.*: +Pass/);
    expect(told).toMatch(/Referrers\.*: +Pass/);
  });
});
