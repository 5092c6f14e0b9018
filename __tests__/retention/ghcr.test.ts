import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { refuse } from '../repository/registry/fake.ts';
import { runAction, runAlba } from '../support/alba.ts';
import { written } from '../support/servers/ghcr.ts';
import { answerJson, type Hosts } from '../support/servers/hosts.ts';
import { manifestsIn, type StoredManifest } from '../support/servers/stored-images.ts';
import { digestsIn, releases, startGhcr } from './ghcr-site.ts';
import { signature } from './releases.ts';

const temporary = useTemporary();
const token = 'ghs_hush_hush';
const target = 'docker://ghcr.io/org/app';

const alba = ({ env }: Hosts, ...words: string[]) =>
  runAlba(['container', ...words], { cwd: temporary.path, env: { ...env, GITHUB_TOKEN: token } });
const action = ({ env }: Hosts, inputs: Readonly<Record<string, string>>) =>
  runAction({ 'github-token': token, ...inputs }, { env });
const changes = (hosts: Hosts) => hosts.calls().filter((call) => !/^(GET|HEAD) /.test(call));
const rootOf = (tag: string) => releases.find((release) => release.tag === tag)?.root.descriptor.digest ?? '';

describe('container gc on GHCR', () => {
  it('deletes the versions of old releases and what nothing else leads to; the second time it finds nothing', async () => {
    await using hosts = await startGhcr();
    const inputs = { command: 'container gc', target, keep: '2' };
    const ended = await action(hosts, inputs);
    expect(ended.stdout + ended.code).toMatch(/0$/);
    const gone = ['1.0.0', '1.1.0', '1.2.0', '1.3', '1.3.0', '1.4.0', '1.5.0'];
    expect(ended.outputs.deleted?.split('\n').sort()).toEqual(gone.map((tag) => `ghcr.io/org/app:${tag}`));
    expect(hosts.ghcr.digests()).toEqual(await digestsIn(releases.slice(6)));
    expect(hosts.ghcr.tags()).toEqual(['1', '1.6.0', '1.7', '1.7.0', 'latest']);
    expect(changes(hosts).length).toBe(hosts.ghcr.deleted.length);
    expect(ended.stdout).toContain(
      `deleted versions ${hosts.ghcr.deleted.map(({ id }) => id).join(', ')}; GitHub keeps them for 30 days: gh api -X POST /orgs/org/packages/container/app/versions/ID/restore brings one back`,
    );
    expect(hosts.shown(token)).toEqual(['api.github.com', 'ghcr.io']);
    const again = await action(hosts, inputs);
    expect(again.stdout).toContain('nothing to delete');
    expect(changes(hosts).length).toBe(hosts.ghcr.deleted.length);
  }, 60_000);

  it('tells in a dry run what goes, stays and why, and carries a saved plan out as it was saved', async () => {
    await using hosts = await startGhcr();
    const before = hosts.ghcr.digests();
    const dry = await alba(hosts, 'gc', '--keep', '2', '--dry-run', '--json', target);
    const [report] = JSON.parse(dry.stdout).repositories;
    const going = report.manifests.filter(({ fate }: { fate: string }) => fate === 'goes');
    const kept = await digestsIn(releases.slice(6));
    expect(going.map(({ digest }: { digest: string }) => digest).sort()).toEqual(
      before.filter((digest) => !kept.includes(digest)),
    );
    expect(report.tags.find(({ tag }: { tag: string }) => tag === '1.6.0')).toMatchObject({
      ...{ fate: 'stays', why: 'kept by 2', timeFrom: 'stored' },
    });
    const saved = await alba(hosts, 'gc', '--keep', '2', '--save-plan', 'plan.json', target);
    expect(saved.stderr + saved.code).toMatch(/0$/);
    expect(changes(hosts)).toEqual([]);
    const ended = await alba(hosts, 'gc', '--apply', join(temporary.path, 'plan.json'), target);
    expect(ended.stderr + ended.code).toMatch(/0$/);
    expect(hosts.ghcr.digests()).toEqual(kept);
  }, 90_000);

  it('reads lists page after page', async () => {
    await using hosts = await startGhcr();
    const [some] = releases;
    if (!some) throw new Error('no releases');
    for (let at = 0; at < 250; at += 1) {
      const [manifest] = (
        await manifestsIn([{ ...some, root: signature(some.root, `${at}`), referrers: [] }])
      ).slice(-1);
      if (manifest) hosts.ghcr.push(manifest, [`pr-${at}`], new Date(Date.UTC(2024, 0, 1, 0, at)));
    }
    const ended = await alba(hosts, 'gc', '--keep', 'pr-*=10', '--dry-run', '--json', target);
    const { deleted } = JSON.parse(ended.stdout);
    expect(deleted.length).toBe(240);
    expect(deleted).not.toContain('ghcr.io/org/app:pr-240');
  }, 60_000);

  it('leaves all that a version needs which GitHub does not delete, and says so', async () => {
    await using hosts = await startGhcr({ popular: [rootOf('1.3.0')] });
    const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
    expect(stderr).toContain(
      'GitHub deletes no public version that was downloaded more than 5,000 times; leave it by keep-matching, or ask GitHub',
    );
    expect(code).toBe(1);
    const [, , , popular] = releases;
    if (!popular) throw new Error('no releases');
    expect(hosts.ghcr.digests()).toEqual(await digestsIn([popular, ...releases.slice(6)]));
    expect(hosts.ghcr.tags()).toEqual(['1', '1.3', '1.3.0', '1.6.0', '1.7', '1.7.0', 'latest']);
  }, 60_000);

  it('keeps the last tagged version, which GitHub does not delete', async () => {
    await using hosts = await startGhcr();
    const { stderr, code } = await alba(hosts, 'gc', '--keep', '0', '--force', target);
    expect(stderr).toContain(
      'GitHub deletes no last tagged version; keep a release, or delete the whole package',
    );
    expect(code).toBe(1);
    expect(hosts.ghcr.versions.filter(({ tags }) => tags.length > 0).length).toBe(1);
  }, 60_000);

  it('waits as it is asked to, and gives up where that is too long', async () => {
    let limits = 0;
    await using hosts = await startGhcr({
      before({ method }, response) {
        if (method !== 'DELETE' || limits > 0) return false;
        limits += 1;
        response.writeHead(403, { 'content-type': 'application/json', 'retry-after': '1' });
        response.end('{"message":"You have exceeded a secondary rate limit."}');
        return true;
      },
    });
    const ended = await alba(hosts, 'gc', '--keep', '7', target);
    expect(ended.stderr).toContain(
      'You have exceeded a secondary rate limit.; too many requests, it asks to wait 1 s',
    );
    expect(ended.code).toBe(0);
    await using spent = await startGhcr({
      before({ path }, response) {
        if (!path.endsWith('/versions')) return false;
        const reset = `${Math.ceil(Date.now() / 1_000) + 3_000}`;
        response.writeHead(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset });
        response.end();
        return true;
      },
    });
    const refused = await alba(spent, 'gc', '--keep', '7', target);
    expect(refused.stderr).toMatch(
      /answered 403 Forbidden; too many requests, it asks to wait (2999|3000|3001) s/,
    );
    expect(refused.code).toBe(1);
  }, 60_000);

  it('leaves a version that has got a tag, and restores one that came to be needed as it was deleted', async () => {
    const manifests = await manifestsIn(releases);
    const find = (digest: string | undefined) => manifests.find((manifest) => manifest.digest === digest);
    const tagged = find(rootOf('1.0.0'));
    const image = find(releases[1]?.root.children[0]?.descriptor.digest);
    if (!tagged || !image) throw new Error('no releases');
    const index = indexOf([image]);
    await using hosts = await startGhcr({
      before({ method, path }, _, ghcr) {
        const id = (digest: string) => ghcr.versions.find((version) => version.digest === digest)?.id;
        if (method === 'GET' && path.endsWith(`/versions/${id(tagged.digest)}`)) {
          ghcr.push(tagged, ['rolled-back'], new Date());
        }
        if (method === 'DELETE' && path.endsWith(`/versions/${id(image.digest)}`)) {
          ghcr.push(index, ['9.0.0'], new Date());
        }
        return false;
      },
    });
    const { stderr, code } = await alba(hosts, 'gc', '--keep', '6', target);
    expect(stderr).toContain(`ghcr.io/org/app:rolled-back names ${tagged.digest} by now: it stays`);
    expect(stderr).toContain(`ghcr.io/org/app@${image.digest} is needed again: restored`);
    expect(code).toBe(0);
    const [first, , ...others] = releases;
    const left = [...(await digestsIn(first ? [first, ...others] : [])), image.digest, index.digest];
    expect(hosts.ghcr.digests()).toEqual(left.sort());
  }, 60_000);
});

it('restores what came to be needed, and says what is gone, where gc on GHCR fails midway', async () => {
  const manifests = await manifestsIn(releases);
  const image = manifests.find(({ digest }) => digest === releases[1]?.root.children[0]?.descriptor.digest);
  if (!image) throw new Error('no releases');
  const index = indexOf([image]);
  let isLate = false;
  await using hosts = await startGhcr({
    before({ method, path }, response, ghcr) {
      if (method !== 'DELETE') return false;
      if (isLate) {
        answerJson(response, 403, { message: 'not any more' });
        return true;
      }
      const { id } = ghcr.versions.find(({ digest }) => digest === image.digest) ?? {};
      isLate = path.endsWith(`/versions/${id}`);
      if (isLate) ghcr.push(index, ['9.0.0'], new Date());
      return false;
    },
  });
  const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
  expect(stderr).toContain(`ghcr.io/org/app@${image.digest} is needed again: restored`);
  expect(stderr).toMatch(/answered 403 \(not any more\).*; \d+ versions? of this run gone/);
  expect(code).toBe(1);
  expect(hosts.ghcr.digests()).toContain(image.digest);
}, 60_000);

describe('a version on GHCR that is not found when it is deleted', () => {
  const notFound = '{"message":"Package version not found."}';

  it('is gone if it is gone', async () => {
    await using hosts = await startGhcr({
      before({ method, path }, response, ghcr) {
        const at = ghcr.versions.findIndex(({ id }) => path.endsWith(`/versions/${id}`));
        if (method !== 'DELETE' || at < 0) return false;
        ghcr.deleted.push(...ghcr.versions.splice(at, 1));
        response.writeHead(404, { 'content-type': 'application/json' }).end(notFound);
        return true;
      },
    });
    const { code } = await alba(hosts, 'gc', '--keep', '2', target);
    expect(code).toBe(0);
    expect(hosts.ghcr.digests()).toEqual(await digestsIn(releases.slice(6)));
  }, 60_000);

  it('is one that the token may not delete if it is still there', async () => {
    await using hosts = await startGhcr({
      before({ method }, response) {
        if (method !== 'DELETE') return false;
        response.writeHead(404, { 'content-type': 'application/json' }).end(notFound);
        return true;
      },
    });
    const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
    expect(stderr).toContain('to delete takes the role Admin of the package');
    expect(stderr).toContain('; 0 versions of this run gone');
    expect(code).toBe(1);
  }, 60_000);
});

describe('what cannot be told of a package on GHCR', () => {
  it.each([
    [
      'a version that the registry does not have',
      'GET /v2/org/app/manifests/',
      'is listed, and the registry does not have it',
    ],
    [
      'a tag that is in no version',
      '/versions',
      '1.0.0 is in no version that GitHub lists: look again in a minute',
    ],
  ])(
    'stops the run before anything is deleted: %s',
    async (_, what, message) => {
      const child = releases[0]?.root.children[0]?.descriptor.digest ?? '';
      await using hosts = await startGhcr({
        before({ method, path }, response, ghcr) {
          if (`${method} ${path}` === `${what}${child}`) {
            refuse(response, 404, 'MANIFEST_UNKNOWN');
            return true;
          }
          if (what !== '/versions' || !path.endsWith(what)) return false;
          const listed = ghcr.versions.filter(({ tags }) => !tags.includes('1.0.0'));
          answerJson(response, 200, listed.map(written));
          return true;
        },
      });
      const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
      expect(stderr).toContain('nothing was deleted, as not all that is there can be told');
      expect(stderr).toContain(message);
      expect(code).toBe(1);
      expect(changes(hosts)).toEqual([]);
    },
    60_000,
  );

  it('is a list that tells the same versions on page after page', async () => {
    let pages = 0;
    await using hosts = await startGhcr({
      before({ method, path }, response) {
        if (method !== 'GET' || !path.endsWith('/versions')) return false;
        pages += 1;
        const listed = Array.from({ length: pages < 6 ? 100 : 0 }, (_, id) =>
          written({
            ...{ id, digest: digestOf(Buffer.from(`${id}`)), tags: [], updated: '2026-01-01T00:00:00Z' },
            ...{ mediaType: '', bytes: Buffer.alloc(0) },
          }),
        );
        answerJson(response, 200, listed);
        return true;
      },
    });
    const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
    expect(stderr).toContain('the versions of ghcr.io/org/app do not end after 2 pages');
    expect(code).toBe(1);
  }, 60_000);

  it('is an index that stays and lacks a part', async () => {
    await using hosts = await startGhcr();
    const child = releases[7]?.root.children[0]?.descriptor.digest;
    const at = hosts.ghcr.versions.findIndex(({ digest }) => digest === child);
    hosts.ghcr.versions.splice(at, 1);
    const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
    expect(stderr).toContain(`lacks ${child}`);
    expect(code).toBe(1);
    expect(changes(hosts)).toEqual([]);
  }, 60_000);
});

it('ends as it would have where gc on GHCR was killed and is run again', async () => {
  for (const stopAfter of [1, 4, 9]) {
    let count = 0;
    let child: ChildProcess | undefined;
    await using hosts = await startGhcr({
      before({ method }) {
        if (method === 'DELETE') count += 1;
        return count === stopAfter && child?.kill('SIGKILL') === true && false;
      },
    });
    const env = { ...hosts.env, GITHUB_TOKEN: token };
    const words = ['container', 'gc', '--keep', '2', '--grace', '0s', target];
    const watch = (one: ChildProcess) => {
      child = one;
    };
    expect((await runAlba(words, { env, watch })).code).toBe(null);
    const left = await digestsIn(releases.slice(6));
    expect(hosts.ghcr.digests()).toEqual(expect.arrayContaining(left));
    expect((await runAlba(words, { env })).code).toBe(0);
    expect(hosts.ghcr.digests()).toEqual(left);
  }
}, 90_000);

describe('container rm on GHCR', () => {
  it('takes a tag off a version that others name, after a deletion has gone through', async () => {
    await using hosts = await startGhcr();
    const before = hosts.ghcr.digests();
    const ended = await alba(hosts, 'rm', '--json', `${target}:1.7.0`);
    expect(ended.stderr + ended.code).toMatch(/0$/);
    expect(JSON.parse(ended.stdout).deleted).toEqual(['ghcr.io/org/app:1.7.0']);
    expect(hosts.ghcr.tags()).toEqual([
      '1',
      '1.0.0',
      '1.1.0',
      '1.2.0',
      '1.3',
      '1.3.0',
      '1.4.0',
      '1.5.0',
      '1.6.0',
      '1.7',
      'latest',
    ]);
    expect(hosts.ghcr.digests()).toEqual(before);
    const kinds = changes(hosts).map((call) => call.replace(/sha256:.*/, 'DIGEST').replace(/\d+$/, 'ID'));
    const remove = 'DELETE api.github.com/orgs/org/packages/container/app/versions/ID';
    const put = 'PUT ghcr.io/v2/org/app/manifests/';
    expect(kinds).toEqual([`${put}DIGEST`, remove, `${put}1.7.ID`, remove]);
  }, 60_000);

  it('pushes nothing under a tag where it may not delete, and says which token may', async () => {
    await using hosts = await startGhcr({ kind: 'reader' });
    const before = hosts.ghcr.tags();
    const { stderr, code } = await alba(hosts, 'rm', `${target}:1.7.0`);
    expect(stderr).toContain(
      'api.github.com answered 403 (You must be an admin of the package to delete it.); to delete takes the role Admin of the package: give it to this repository (package settings, Manage Actions access), with "permissions: packages: write", or give a classic token with read:packages and delete:packages in github-token (GITHUB_TOKEN), of an admin',
    );
    expect(code).toBe(1);
    expect(hosts.ghcr.tags()).toEqual(before);
    expect(changes(hosts).some((call) => call.endsWith('manifests/1.7.0'))).toBe(false);
  }, 60_000);

  it('puts a tag back whose empty manifest GitHub does not delete', async () => {
    await using hosts = await startGhcr({
      before({ method, path }, response, ghcr) {
        const { id } = ghcr.versions.find(({ tags }) => tags.includes('1.7.0')) ?? {};
        if (method !== 'DELETE' || !path.endsWith(`/versions/${id}`)) return false;
        response.writeHead(400, { 'content-type': 'application/json' }).end('{"message":"not today"}');
        return true;
      },
    });
    const { stderr, code } = await alba(hosts, 'rm', `${target}:1.7.0`);
    expect(stderr).toContain('GitHub refuses to delete it (400: not today)');
    expect(code).toBe(1);
    const named = hosts.ghcr.versions.find(({ tags }) => tags.includes('1.7.0'));
    expect(named?.digest).toBe(rootOf('1.7.0'));
  }, 60_000);

  it('tells both why a tag was not taken off and why it could not be put back', async () => {
    let puts = 0;
    await using hosts = await startGhcr({
      before({ method, path }, response, ghcr) {
        const { id } = ghcr.versions.find(({ tags }) => tags.includes('1.7.0')) ?? {};
        if (path.endsWith('manifests/1.7.0') && method === 'PUT') puts += 1;
        if (puts === 2) refuse(response, 403, 'DENIED', 'not again');
        const isRefused = method === 'DELETE' && path.endsWith(`/versions/${id}`);
        if (isRefused) answerJson(response, 403, { message: 'not this one' });
        return puts === 2 || isRefused;
      },
    });
    const { stderr, code } = await alba(hosts, 'rm', `${target}:1.7.0`);
    expect(stderr).toContain('answered 403 (not this one)');
    expect(stderr).toContain('; the tag 1.7.0 could not be put back: ');
    expect(stderr).toContain('not again');
    expect(code).toBe(1);
  }, 60_000);

  it.each([
    ['while it was found out whether it may delete', 1],
    ['while the tag was being taken off', 2],
  ])(
    'leaves a tag that another publisher has put %s',
    async (_, when) => {
      const [other] = await manifestsIn(releases.slice(0, 1));
      if (!other) throw new Error('no releases');
      let deletions = 0;
      await using hosts = await startGhcr({
        before({ method }, response, ghcr) {
          if (method !== 'DELETE') return false;
          deletions += 1;
          if (deletions === when) ghcr.push(other, ['1.7.0'], new Date());
          if (deletions === 2) answerJson(response, 400, { message: 'not today' });
          return deletions === 2;
        },
      });
      await alba(hosts, 'rm', `${target}:1.7.0`);
      const named = hosts.ghcr.versions.find(({ tags }) => tags.includes('1.7.0'));
      expect(named?.digest).toBe(other.digest);
      expect(deletions).toBe(when);
    },
    60_000,
  );

  it('deletes a version by its only tag, with what nothing else leads to', async () => {
    await using hosts = await startGhcr();
    const { code } = await alba(hosts, 'rm', `${target}:1.5.0`);
    expect(code).toBe(0);
    // One of its images is part of 1.7.0, too.
    expect(hosts.ghcr.digests()).toEqual(
      await digestsIn(releases.filter((release) => release.tag !== '1.5.0')),
    );
  }, 60_000);
});

describe('who may not', () => {
  it.each([
    [
      'fine-grained',
      'fine-grained tokens do not reach packages: give a classic one, with read:packages and delete:packages',
    ],
    [
      'without-scope',
      'the token lacks a scope: give a classic token with read:packages in github-token (GITHUB_TOKEN)',
    ],
  ] as const)(
    'is told so with a %s token',
    async (kind, message) => {
      await using hosts = await startGhcr({ kind });
      const { stderr, code } = await alba(hosts, 'gc', '--keep', '2', target);
      expect(stderr).toContain(message);
      expect(code).toBe(1);
      expect(changes(hosts)).toEqual([]);
    },
    60_000,
  );

  it.each([
    [{ token: 'wrong' }, target, 'the token in github-token (GITHUB_TOKEN) is wrong or expired'],
    [{ token: '' }, target, 'give github-token (GITHUB_TOKEN on the command line), a classic one with'],
    [{ token }, 'docker://ghcr.io/nobody/app', 'knows neither an organization nor a user nobody'],
    [
      { token },
      'docker://ghcr.io/org/none',
      'is there a package ghcr.io/org/none, and may the token see it?',
    ],
    [{ token }, 'docker://ghcr.io/org', 'ghcr.io/org names an owner of packages: add a name'],
  ])(
    'is told so: %j %s',
    async ({ token: given }, place, message) => {
      await using hosts = await startGhcr();
      const env = { ...hosts.env, GITHUB_TOKEN: given };
      const { stderr, code } = await runAlba(['container', 'gc', '--keep', '2', place], { env });
      expect(stderr).toContain(message);
      expect(code).not.toBe(0);
      expect(changes(hosts)).toEqual([]);
    },
    60_000,
  );
});

describe('container ls on GHCR', () => {
  it('lists the packages of an owner, which takes a classic token, and times by GitHub', async () => {
    await using hosts = await startGhcr({ kind: 'classic' });
    expect((await alba(hosts, 'ls', 'docker://ghcr.io/org')).stdout).toBe(
      'ghcr.io/org/app\nghcr.io/org/app/sub\n',
    );
    const { repositories } = JSON.parse((await alba(hosts, 'ls', '-l', '--json', target)).stdout);
    expect(repositories[0].tags[0]).toMatchObject({ tag: '1.7.0', timeFrom: 'stored' });
    await using workflow = await startGhcr();
    const refused = await alba(workflow, 'ls', 'docker://ghcr.io/org');
    expect(refused.stderr).toContain(
      'this token may not list packages, as that of a workflow may not: give a classic token',
    );
    expect(refused.code).toBe(1);
  }, 60_000);

  it('tells what tags lead to where versions may not be listed', async () => {
    await using hosts = await startGhcr({ kind: 'fine-grained' });
    const { stdout, stderr, code } = await alba(hosts, 'rm', '--dry-run', `${target}:1.5.0`);
    expect(stderr).toContain('told is only what tags lead to: ghcr.io/org/app: api.github.com answered 403');

    expect(stdout).toContain('1 tag, ');
    expect(code).toBe(0);
  }, 60_000);
});

describe('whose package it is', () => {
  it.each([
    ['the token’s own', { ownerType: 'User', kind: 'classic', login: 'org' }, '/user/packages'],
    ['another user’s', { ownerType: 'User', kind: 'classic', login: 'bob' }, '/users/org/packages'],
    ['a user’s, in a workflow', { ownerType: 'User' }, '/users/org/packages'],
  ] as const)(
    'is asked for by its own path: %s',
    async (_, options, path) => {
      await using hosts = await startGhcr(options);
      const { code } = await alba(hosts, 'gc', '--keep', '2', target);
      expect(code).toBe(0);
      expect(changes(hosts).every((call) => call.includes(`api.github.com${path}/`))).toBe(true);
      expect(hosts.ghcr.digests()).toEqual(await digestsIn(releases.slice(6)));
    },
    60_000,
  );

  it('is found on a server of one’s own, and one whose name has a slash', async () => {
    await using hosts = await startGhcr({ registry: 'containers.github.example', name: 'app/sub' });
    const ended = await runAlba(
      ['container', 'gc', '--keep', '2', 'docker://containers.github.example/org/app/sub'],
      {
        env: { ...hosts.env, GITHUB_TOKEN: token, GITHUB_API_URL: 'https://github.example/api/v3' },
      },
    );
    expect(ended.stderr + ended.code).toMatch(/0$/);
    expect(hosts.ghcr.digests()).toEqual(await digestsIn(releases.slice(6)));
    expect(changes(hosts)[0]).toContain(
      'github.example/api/v3/orgs/org/packages/container/app%2Fsub/versions/',
    );
    expect(hosts.shown(token)).toEqual(['containers.github.example', 'github.example']);
  }, 60_000);
});

it('shows the token of a server of one’s own neither to ghcr.io nor to api.github.com', async () => {
  await using hosts = await startGhcr();
  const env = { ...hosts.env, GITHUB_TOKEN: token, GITHUB_API_URL: 'https://github.example/api/v3' };
  const ended = await runAlba(['container', 'gc', '--keep', '2', target], { env });
  expect(ended.stderr).toContain(
    'GitHub tells of packages and deletes them through its API: GITHUB_API_URL names github.example, and the token of that is not shown to ghcr.io: leave it out, and give a token of github.com',
  );
  expect(ended.code).toBe(1);
  const listed = await runAlba(['container', 'rm', '--dry-run', `${target}:1.5.0`], { env });
  expect(listed.stderr).toContain('told is only what tags lead to: GitHub tells of packages');
  expect(listed.stdout).toContain('1 tag, ');
  expect(hosts.shown(token)).toEqual([]);
  expect(hosts.calls().filter((call) => call.includes('api.github.com'))).toEqual([]);
}, 60_000);

/** An index of these alone. */
function indexOf(manifests: readonly StoredManifest[]): StoredManifest {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const listed = manifests.map(({ digest, mediaType: type, bytes }) => ({
    ...{ digest, mediaType: type, size: bytes.length },
  }));
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: listed }));
  return { digest: digestOf(bytes), mediaType, bytes };
}
