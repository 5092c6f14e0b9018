import { execFile, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { startFake } from '../repository/registry/fake.ts';
import { runAction, runAlba } from '../support/alba.ts';
import { type GitHubReleasesOptions, GitHubSite } from '../support/servers/github-releases.ts';
import { answerJson, type Hosts, startHosts } from '../support/servers/hosts.ts';
import { writeTree } from './support.ts';

const temporary = useTemporary();
const token = 'ghs_hush_hush';
const tree = { 'linux/amd64/app': '#!amd64', 'linux/arm/v7/app': '#!arm', 'windows/amd64/app.exe': 'exe' };
const assets = ['SHA256SUMS', 'app-linux-amd64', 'app-linux-armv7', 'app-windows-amd64.exe'];
const hasUnzip = spawnSync('unzip', ['-v']).status === 0;
let made = 0;

async function makeTree(files: Readonly<Record<string, string>> = tree): Promise<string> {
  made += 1;
  return writeTree(join(temporary.path, `${made}`), files);
}

interface Site extends Hosts {
  readonly github: GitHubSite;
}

async function startSite(options: GitHubReleasesOptions = {}): Promise<Site> {
  const github = new GitHubSite(options);
  const hosts = await startHosts({ 'api.github.com': github.answer, 'uploads.github.com': github.answer });
  return Object.assign(hosts, { github });
}

const alba = ({ env }: Pick<Hosts, 'env'>, folder: string, ...words: string[]) =>
  runAlba(['static', 'push', '-t', 'app:v1.0.0', ...words, folder, 'github-release:org/app'], {
    cwd: temporary.path,
    env: { ...env, GITHUB_TOKEN: token },
  });
const github = ({ env }: Pick<Hosts, 'env'>, ...words: string[]) =>
  runAlba(['static', ...words, 'github-release:org/app'], {
    ...{ cwd: temporary.path, env: { ...env, GITHUB_TOKEN: token } },
  });
const uploads = (site: Hosts) => site.calls().filter((call) => call.startsWith('POST uploads'));
const changes = (site: Hosts) => site.calls().filter((call) => !call.startsWith('GET '));

describe('static push to a release on GitHub', () => {
  it('fills a draft, shows it in the end, and sends nothing the second time, in an action for a pushed tag', async () => {
    await using site = await startSite();
    const folder = await makeTree();
    const inputs = {
      command: 'static push',
      artifacts: folder,
      target: 'github-release:',
      'github-token': token,
    };
    const env = { ...site.env, GITHUB_REPOSITORY: 'org/app', GITHUB_REF: 'refs/tags/v1.0.0' };
    const ended = await runAction(inputs, { env });
    expect(ended.stdout + ended.code).toMatch(/0$/);
    expect(site.github.names('v1.0.0')).toEqual(assets);
    expect(site.github.releases).toMatchObject([{ draft: false, prerelease: false }]);
    expect(changes(site).map((call) => call.replace(/\d+/, 'ID'))).toEqual([
      'POST api.github.com/repos/org/app/releases',
      ...assets
        .slice(1)
        .map((name) => `POST uploads.github.com/repos/org/app/releases/ID/assets?name=${name}`),
      'POST uploads.github.com/repos/org/app/releases/ID/assets?name=SHA256SUMS',
      'PATCH api.github.com/repos/org/app/releases/ID',
    ]);
    const sums = site.github.read('v1.0.0', 'SHA256SUMS') ?? Buffer.alloc(0);
    expect(`${sums}`).toContain(`${digestOf(Buffer.from('exe')).slice(7)}  app-windows-amd64.exe\n`);
    expect(ended.outputs).toMatchObject({
      url: 'https://github.com/org/app/releases/tag/v1.0.0',
      digest: digestOf(sums),
    });
    expect(site.shown(token)).toEqual(['api.github.com', 'uploads.github.com']);
    const told = ended.stdout.replace(/^::add-mask::.*$/gm, '') + ended.stderr + ended.summary;
    expect(told).not.toContain(token);
    const before = changes(site).length;
    const again = await runAction(inputs, { env });
    expect(again.outputs['pushed-bytes'], again.stdout).toBe('0');
    expect(changes(site).length).toBe(before);
  }, 60_000);

  it('refuses another content, unless it is to be replaced', async () => {
    await using site = await startSite();
    const folder = await makeTree();
    await alba(site, folder);
    const before = changes(site).length;
    await writeFile(join(folder, 'linux/amd64/app'), '#!other');
    const refused = await alba(site, folder);
    expect(refused.stderr).toContain('has app-linux-amd64 with other content');
    expect(refused.code).not.toBe(0);
    expect(changes(site).length).toBe(before);
    const replaced = await alba(site, folder, '--replace');
    expect(replaced.stderr + replaced.code).toMatch(/0$/);
    expect(`${site.github.read('v1.0.0', 'app-linux-amd64')}`).toBe('#!other');
    expect(uploads(site).slice(4).length).toBe(2);
    expect(site.github.names('v1.0.0')).toEqual(assets);
  }, 60_000);

  it('keeps what an asset was until what replaces it is there, and takes up what a killed run left', async () => {
    const seen: (string | undefined)[] = [];
    let isFailing = true;
    await using site = await startSite({
      before({ query }, response, github) {
        if (!/^app-linux-amd64.*part$/.test(query.get('name') ?? '')) return false;
        seen.push(`${github.read('v1.0.0', 'app-linux-amd64')}`);
        if (isFailing) answerJson(response, 400, { message: 'No' });
        return isFailing;
      },
    });
    const folder = await makeTree();
    await alba(site, folder);
    await writeFile(join(folder, 'linux/amd64/app'), '#!other');
    const refused = await alba(site, folder, '--replace');
    expect(refused.stderr).toContain('answered 400 (No)');
    expect(site.github.names('v1.0.0')).toEqual(assets);
    expect(`${site.github.read('v1.0.0', 'app-linux-amd64')}`).toBe('#!amd64');
    isFailing = false;
    const [release] = site.github.releases;
    const part = `app-linux-amd64.${digestOf(Buffer.from('#!other')).slice(7, 19)}.part`;
    if (release) site.github.keep(release, part, '#!other');
    if (release) site.github.keep(release, 'app-linux-amd64.0123456789ab.part', 'of another run');
    const replaced = await alba(site, folder, '--replace');
    expect(replaced.stderr + replaced.code).toMatch(/0$/);
    expect(seen).toEqual(['#!amd64', '#!amd64']);
    expect(site.github.names('v1.0.0')).toEqual(assets);
    expect(`${site.github.read('v1.0.0', 'app-linux-amd64')}`).toBe('#!other');
    expect(`${site.github.read('v1.0.0', 'SHA256SUMS')}`).not.toContain('.part');
  }, 240_000);

  it('gives an asset back to its name where what replaces it cannot be called so, else says which is missing and who puts it back', async () => {
    let refusals = 1;
    await using site = await startSite({
      before({ method, body }, response) {
        if (method !== 'PATCH' || JSON.parse(`${body}`).name !== 'app-linux-amd64') return false;
        refusals -= 1;
        if (refusals < 0) return false;
        answerJson(response, 403, { message: 'No' });
        return true;
      },
    });
    const folder = await makeTree();
    await alba(site, folder);
    await writeFile(join(folder, 'linux/amd64/app'), '#!other');
    const refused = await alba(site, folder, '--replace');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('app-linux-amd64 stays as it was');
    expect(`${site.github.read('v1.0.0', 'app-linux-amd64')}`).toBe('#!amd64');
    refusals = 2;
    const lost = await alba(site, folder, '--replace');
    expect(lost.code).toBe(1);
    expect(lost.stderr).toMatch(
      /app-linux-amd64 is missing from .*v1\.0\.0 now: the same run again puts it there/,
    );
    expect(site.github.read('v1.0.0', 'app-linux-amd64')).toBeUndefined();
    const again = await alba(site, folder, '--replace');
    expect(again.stderr + again.code).toMatch(/0$/);
    expect(`${site.github.read('v1.0.0', 'app-linux-amd64')}`).toBe('#!other');
    expect(site.github.names('v1.0.0')).toEqual(assets);
  }, 240_000);

  it('says which assets are new where SHA256SUMS is still of before, and leaves none half done that was on its way', async () => {
    const events = new EventEmitter();
    const refused = once(events, 'refused');
    await using site = await startSite({
      before({ method, body, path, query }, response) {
        if (/^app-windows.*part$/.test(query.get('name') ?? '')) {
          answerJson(response, 403, { message: 'No' });
          response.on('close', () => events.emit('refused'));
          return true;
        }
        const name = method === 'PATCH' ? JSON.parse(`${body}`).name : '';
        if (name !== 'app-linux-armv7') return false;
        // Called so after the other one has failed.
        refused.then(() => {
          const [release] = site.github.releases;
          const kept = release?.assets.find((one) => path.endsWith(`/${one.id}`));
          if (kept) kept.name = name;
          answerJson(response, 200, { id: kept?.id });
        });
        return true;
      },
    });
    const folder = await makeTree();
    await alba(site, folder);
    await writeFile(join(folder, 'linux/arm/v7/app'), '#!other');
    await writeFile(join(folder, 'windows/amd64/app.exe'), 'exe 2');
    const ended = await alba(site, folder, '--replace', '--concurrency', '2');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/app-linux-armv7 is new, and SHA256SUMS still of before: run it again/);
    expect(`${site.github.read('v1.0.0', 'app-linux-armv7')}`).toBe('#!other');
  }, 240_000);

  it('counts the assets that are there to what a release may have, before anything is sent', async () => {
    await using site = await startSite();
    const release = site.github.add('v1.0.0');
    for (let at = 0; at < 997; at += 1) site.github.keep(release, `other-${at}`, 'x');
    const folder = await makeTree();
    const full = await alba(site, folder);
    expect(full.code).toBe(1);
    expect(full.stderr).toContain('would have 1001 assets, and a release on GitHub has 1000 at most');
    expect(changes(site)).toEqual([]);
    release.assets.pop();
    expect(await alba(site, folder)).toMatchObject({ code: 0 });
    await writeFile(join(folder, 'linux/amd64/app'), '#!other');
    const tight = await alba(site, folder, '--replace');
    expect(tight.stderr).toContain('to replace an asset takes room for another one');
    expect(`${site.github.read('v1.0.0', 'app-linux-amd64')}`).toBe('#!amd64');
  }, 240_000);

  it('lists releases by their tags and deletes them, but none that is immutable, and leaves tags of git alone', async () => {
    await using site = await startSite();
    for (const [tag, more] of [
      ['v1.0.0', {}],
      ['v1.1.0', {}],
      ['v1.2.0', { immutable: true }],
      ['v1.3.0', { draft: true }],
    ] as const) {
      site.github.keep(site.github.add(tag, more), 'app-linux-armv7', tag);
    }
    const listed = await github(site, 'ls');
    expect(listed.stdout).toBe('v1.2.0\nv1.1.0\nv1.0.0\n');
    expect(listed.stderr).toContain('has 1 draft: v1.3.0');
    const long = JSON.parse((await github(site, 'ls', '--long', '--json')).stdout);
    expect(long.repositories[0].tags[1]).toMatchObject({
      tag: 'v1.1.0',
      size: 6,
      platforms: ['linux/arm/v7'],
    });
    const fixed = await github(site, 'rm', '-t', 'app:v1.2.0');
    expect(fixed.stderr).toContain('v1.2.0: immutable');
    const dry = await github(site, 'rm', '-t', 'app:v1.1.0', '--dry-run');
    expect(dry.stdout).toContain('would go');
    expect(changes(site)).toEqual([]);
    const removed = await github(site, 'rm', '-t', 'app:v1.1.0');
    expect(removed.code, removed.stderr).toBe(0);
    expect(removed.stderr).toContain('release v1.1.0 gone; the git tag stays');
    const swept = await github(site, 'gc', '--keep', '1');
    expect(swept.code, swept.stderr).toBe(0);
    expect(site.github.releases.map(({ tag_name }) => tag_name)).toEqual(['v1.3.0', 'v1.2.0']);
  }, 240_000);

  it('takes a name and a version together for one release, and deletes none where they could be of several', async () => {
    await using site = await startSite();
    for (const tag of ['v1.0.0', 'app/v1.0.0', 'lib@2.0.0', 'v3.0.0']) {
      site.github.keep(site.github.add(tag), 'app-linux-armv7', tag);
    }
    const left = () => site.github.releases.map(({ tag_name }) => tag_name).sort();
    const all = left();
    const both = await github(site, 'rm', '-t', 'app:v1.0.0');
    expect(both.stderr).toContain('has v1.0.0, app/v1.0.0: which of them is app:v1.0.0?');
    const none = await github(site, 'rm', '-t', 'app:2.0.0');
    expect(none.stderr).toContain('has no release of app:2.0.0');
    for (const words of [
      ['gc', '-t', 'app', '--keep', '1'],
      ['ls', '-t', 'app'],
    ]) {
      const named = await github(site, ...words);
      expect(named.stderr).toContain('leave "tag" out (app)');
      expect([both.code, none.code, named.code]).toEqual([1, 1, 2]);
    }
    expect(left()).toEqual(all);
    expect((await github(site, 'rm', '-t', 'lib:2.0.0', '-t', 'app:3.0.0')).code).toBe(0);
    expect(left()).toEqual(['app/v1.0.0', 'v1.0.0']);
  }, 240_000);

  it('sweeps no release that is immutable or names no platform, and needs force beside them alone', async () => {
    await using site = await startSite();
    site.github.keep(site.github.add('v0.1.0'), 'app.jar', 'java');
    site.github.keep(site.github.add('v0.2.0', { immutable: true }), 'app-linux-amd64', 'fixed');
    for (const tag of ['v1.0.0', 'v1.1.0']) site.github.keep(site.github.add(tag), 'app-linux-amd64', tag);
    const plan = await github(site, 'gc', '--keep', '1', '--dry-run');
    expect(plan.stdout).toContain('no asset names a platform');
    expect(plan.stdout).toContain('immutable');
    const swept = await github(site, 'gc', '--keep', '1');
    expect(swept.code, swept.stderr).toBe(0);
    expect(site.github.releases.map(({ tag_name }) => tag_name)).toEqual(['v1.1.0', 'v0.2.0', 'v0.1.0']);
  }, 240_000);

  it('keeps what no rule lets go from a saved plan that says otherwise', async () => {
    await using site = await startSite();
    site.github.keep(site.github.add('v0.1.0'), 'app.jar', 'java');
    for (const tag of ['v1.0.0', 'v1.1.0']) site.github.keep(site.github.add(tag), 'app-linux-amd64', tag);
    const plan = join(temporary.path, 'sweep.json');
    await github(site, 'gc', '--keep', '1', '--save-plan', plan);
    await writeFile(
      plan,
      (await readFile(plan, 'utf8')).replace(
        '"fate": "stays",\n     "why": "no',
        '"fate": "goes", "why": "no',
      ),
    );
    const { code, stderr } = await github(site, 'gc', '--apply', plan);
    expect(stderr).toContain('the plan lets v0.1.0 go, which stays (no asset names a platform)');
    expect(code).toBe(1);
    expect(site.github.releases).toHaveLength(3);
  }, 240_000);

  it('does not delete a release that was changed after the plan was made', async () => {
    let lists = 0;
    await using site = await startSite({
      before({ method, path }, _, found) {
        lists += Number(method === 'GET' && path.endsWith('/releases'));
        const [release] = found.releases;
        if (lists === 1 && path.endsWith('/releases/tags/v1.0.0') && release?.assets.length === 1) {
          found.keep(release, 'app-linux-arm64', 'came meanwhile');
        }
        return false;
      },
    });
    site.github.keep(site.github.add('v1.0.0'), 'app-linux-amd64', 'one');
    const ended = await github(site, 'rm', '--force', '-t', 'app:v1.0.0');
    expect(ended.stderr).toContain('is not what it was when the plan was made');
    expect(ended.code).toBe(1);
    expect(site.github.names('v1.0.0')).toEqual(['app-linux-amd64', 'app-linux-arm64']);
  }, 240_000);

  it('publishes no draft whose git tag is not there, and notes with a release', async () => {
    await using site = await startSite({ gitTags: ['v1.0.0'] });
    site.github.add('v2.0.0', { draft: true });
    const folder = await makeTree();
    const env = { cwd: temporary.path, env: { ...site.env, GITHUB_TOKEN: token } };
    const words = ['static', 'push', folder, 'github-release:org/app'];
    const refused = await runAlba([...words, '-t', 'app:v2.0.0'], env);
    expect(refused.stderr).toContain('has no git tag v2.0.0');
    const missing = await runAlba([...words, '-t', 'app:v1.0.0', '--notes', 'NOPE.md'], env);
    expect(missing.stderr).toContain('NOPE.md');
    expect([refused.code, missing.code]).toEqual([1, 1]);
    expect(changes(site)).toEqual([]);
    const noted = await runAlba([...words, '-t', 'app:v1.0.0', '--notes', 'First, and last.'], env);
    expect(noted.code, noted.stderr).toBe(0);
    expect(site.github.releases[0]).toMatchObject({ tag_name: 'v1.0.0', body: 'First, and last.' });
  }, 240_000);

  it('goes on in the draft that a killed run left, and sends again what was not sent to its end', async () => {
    let isKilled = false;
    let kill = () => {};
    await using site = await startSite({
      before({ query }, response, github) {
        if (isKilled || query.get('name') !== 'app-linux-armv7') return false;
        isKilled = true;
        const [draft] = github.releases;
        if (draft) github.keep(draft, 'app-linux-armv7', '', 'starter');
        kill();
        response.destroy();
        return true;
      },
    });
    const folder = await makeTree();
    const killed = await runAlba(['static', 'push', '-t', 'app:v1.0.0', folder, 'github-release:org/app'], {
      ...{ cwd: temporary.path, env: { ...site.env, GITHUB_TOKEN: token } },
      watch: (child) => {
        kill = () => child.kill('SIGKILL');
      },
    });
    expect(killed.code).toBeNull();
    expect(site.github.releases).toMatchObject([{ draft: true }]);
    expect(site.github.names('v1.0.0')).toEqual(['app-linux-amd64']);
    const ended = await alba(site, folder);
    expect(ended.stderr + ended.code).toMatch(/0$/);
    expect(site.github.releases).toMatchObject([{ draft: false }]);
    expect(site.github.names('v1.0.0')).toEqual(assets);
    expect(uploads(site).filter((call) => call.endsWith('=app-linux-amd64')).length).toBe(1);
  }, 60_000);

  it('adds to a release that is out without hiding it, and leaves what others put there', async () => {
    await using site = await startSite({ hasDigests: false });
    const release = site.github.add('v1.0.0');
    site.github.keep(release, 'notes.txt', 'by hand');
    site.github.keep(release, 'app-linux-amd64', '#!amd64');
    const ended = await alba(site, await makeTree());
    expect(ended.stderr + ended.code).toMatch(/0$/);
    expect(site.github.names('v1.0.0')).toEqual([...assets, 'notes.txt']);
    expect(uploads(site).length).toBe(3);
    expect(changes(site).filter((call) => /^(PATCH|DELETE)/.test(call))).toEqual([]);
  }, 60_000);

  it('leaves an immutable release as it is, and is content where that has all', async () => {
    await using site = await startSite();
    const folder = await makeTree();
    await alba(site, folder);
    for (const release of site.github.releases) release.immutable = true;
    const before = changes(site).length;
    const again = await alba(site, folder);
    expect(again.stderr + again.code).toMatch(/0$/);
    await writeTree(folder, { 'darwin/arm64/app': '#!new' });
    const refused = await alba(site, folder, '--replace');
    expect(refused.stderr).toContain('is published and immutable');
    expect(refused.stderr).toContain('it lacks app-darwin-arm64');
    expect(changes(site).length).toBe(before);
  }, 60_000);

  it('looks before it sends again: after an answer that was lost, after 500, and after 422', async () => {
    const faults = new Map<string, number>();
    await using site = await startSite({
      before(request, response, github) {
        const name = request.query.get('name') ?? '';
        const count = (faults.get(name) ?? 0) + 1;
        faults.set(name, count);
        const [draft] = github.releases;
        if (!draft || count > 1) return false;
        if (name === 'app-linux-amd64') {
          github.keep(draft, name, request.body);
          answerJson(response, 502, { message: 'Bad Gateway' });
          return true;
        }
        if (name === 'app-linux-armv7') github.keep(draft, name, '', 'starter');
        return false;
      },
    });
    const ended = await alba(site, await makeTree());
    expect(ended.code, ended.stderr).toBe(0);
    expect(site.github.names('v1.0.0')).toEqual(assets);
    expect([faults.get('app-linux-amd64'), faults.get('app-linux-armv7')]).toEqual([1, 2]);
  }, 60_000);

  it('waits as a secondary rate limit asks', async () => {
    let limits = 0;
    await using site = await startSite({
      before({ query }, response) {
        if (!query.has('name') || limits > 0) return false;
        limits += 1;
        const message = 'You have exceeded a secondary rate limit.';
        answerJson(response, 403, { message }, { 'retry-after': '1' });
        return true;
      },
    });
    const ended = await alba(site, await makeTree());
    expect(ended.stderr).toContain('it asks to wait 1 s');
    expect(ended.code).toBe(0);
  }, 60_000);

  it.each([
    [401, 'is wrong or expired'],
    [403, 'permissions: contents: write'],
    [404, 'may the token see it?'],
  ])(
    'tells what to do where GitHub answers %d',
    async (status, told) => {
      await using site = await startSite({
        before({ method }, response) {
          if (method === 'GET' && status !== 401) return false;
          answerJson(response, status, { message: 'No' });
          return true;
        },
      });
      const ended = await alba(site, await makeTree());
      expect(ended.stderr).toContain(`answered ${status} (No)`);
      expect(ended.stderr).toContain(told);
      expect(ended.code).not.toBe(0);
      expect(site.github.releases).toEqual([]);
    },
    60_000,
  );

  it('makes no git tag, and in a dry run nothing', async () => {
    await using site = await startSite({ gitTags: [] });
    const folder = await makeTree();
    const refused = await alba(site, folder);
    expect(refused.stderr).toContain('has no git tag v1.0.0: push it first');
    expect(changes(site)).toEqual([]);
    await using tagged = await startSite();
    tagged.github.add('v1.0.0', { draft: true });
    const dry = await alba(tagged, folder, '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, pushedBytes: 0 });
    expect(changes(tagged)).toEqual([]);
  }, 60_000);

  it('publishes on a GitHub server of its own, by its address alone', async () => {
    let url = '';
    const github = new GitHubSite({ uploads: () => `${url}/api/uploads` });
    await using server = await startFake(github.answer);
    url = server.url;
    const ended = await alba({ env: { GITHUB_API_URL: `${url}/api/v3` } }, await makeTree());
    expect(ended.stderr + ended.code).toMatch(/0$/);
    expect(github.names('v1.0.0')).toEqual(assets);
  }, 60_000);

  it('shows the token to no host that an answer names', async () => {
    await using server = await startFake((_, response) => response.writeHead(201).end('{}'));
    await using site = await startSite({ uploads: () => server.url });
    const ended = await alba(site, await makeTree());
    expect(ended.stderr).toContain('sent to a host that is not its own');
    expect(ended.code).not.toBe(0);
    expect(server.seen).toEqual([]);
  }, 60_000);

  it('packs an archive of each platform, the same bytes each time', async () => {
    await using site = await startSite();
    const folder = await makeTree({ ...tree, 'linux/amd64/doc/README.md': 'read' });
    const ended = await alba(site, folder, '--archive', 'tar.gz');
    expect(ended.stderr + ended.code).toMatch(/0$/);
    const names = [
      'app-1.0.0-linux-amd64.tar.gz',
      'app-1.0.0-linux-armv7.tar.gz',
      'app-1.0.0-windows-amd64.tar.gz',
    ];
    expect(site.github.names('v1.0.0')).toEqual(['SHA256SUMS', ...names]);
    const tar = gunzipSync(site.github.read('v1.0.0', names[0] ?? '') ?? Buffer.alloc(0));
    expect(tar.toString('latin1')).toContain('doc/README.md');
    const other = await makeTree({ 'linux/amd64/doc/README.md': 'read', ...tree });
    const again = await alba(site, other, '--archive', 'tar.gz', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ pushedBytes: 0 });
    expect(await readFile(join(other, 'linux/amd64/app'), 'utf8')).toBe('#!amd64');
  }, 60_000);

  it('packs a zip of each platform, which unzip reads, the same bytes in each time zone', async () => {
    await using site = await startSite();
    const files = {
      ...tree,
      'linux/amd64/doc/ä.md': 'read',
      'linux/amd64/large': 'a few words '.repeat(1e6),
    };
    const ended = await alba(site, await makeTree(files), '--archive', 'zip');
    expect(ended.stderr + ended.code).toMatch(/0$/);
    const name = 'app-1.0.0-linux-amd64.zip';
    const zips = ['app-1.0.0-linux-armv7.zip', 'app-1.0.0-windows-amd64.zip'];
    expect(site.github.names('v1.0.0')).toEqual(['SHA256SUMS', name, ...zips]);
    const bytes = site.github.read('v1.0.0', name) ?? Buffer.alloc(0);
    const read = unzipSync(bytes);
    expect(Object.keys(read)).toEqual(['app', 'doc/ä.md', 'large']);
    expect(Buffer.from(read.large ?? []).toString()).toBe(files['linux/amd64/large']);
    expect(bytes.length).toBeLessThan(100_000);
    const other = { ...site, env: { ...site.env, TZ: 'Pacific/Auckland' } };
    const again = await alba(other, await makeTree(files), '--archive', 'zip', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ pushedBytes: 0 });
  }, 60_000);

  it.skipIf(!hasUnzip)(
    'packs a zip that unzip takes apart, programs as programs',
    async () => {
      await using site = await startSite();
      const folder = await makeTree({ ...tree, 'linux/amd64/empty': '', 'linux/amd64/share/doc': 'read' });
      expect((await alba(site, folder, '--archive', 'zip')).code).toBe(0);
      const archive = join(temporary.path, 'app.zip');
      await writeFile(archive, site.github.read('v1.0.0', 'app-1.0.0-linux-amd64.zip') ?? '');
      const out = join(temporary.path, 'unzipped');
      await promisify(execFile)('unzip', ['-q', archive, '-d', out]);
      expect(await readdir(out, { recursive: true }).then((names) => names.sort())).toEqual([
        'app',
        'empty',
        'share',
        'share/doc',
      ]);
      expect((await stat(join(out, 'app'))).mode & 0o777).toBe(0o755);
      expect((await stat(join(out, 'share/doc'))).mode & 0o777).toBe(0o644);
      expect(await readFile(join(out, 'share/doc'), 'utf8')).toBe('read');
    },
    60_000,
  );

  it('refuses names that two assets would have, and those that GitHub would change', async () => {
    await using site = await startSite();
    const folder = await makeTree({
      'linux/amd64/app': '#!1',
      'linux/arm64/app': '#!2',
      'linux/arm64/my app': '#!3',
    });
    const ended = await alba(site, folder, '--asset-name', '{file}');
    expect(ended.stderr).toMatch(/amd64\/app and .*arm64\/app would both be the asset app/);
    expect(ended.stderr).toContain('GitHub would call the asset "my app" otherwise');
    expect(site.calls()).toEqual([]);
  }, 60_000);

  it.each([
    [['static', 'ls', 'github-release:org/app'], 'to read a release takes a token'],
    [['static', 'pull', 'github-release:org/app', './out'], 'is not pulled from'],
    [['static', 'rm', 'github-release:org/app'], 'what is to go? Name a tag'],
    [['static', 'push', '-t', 'app:1', 'df', 'github-release:'], 'means the repository of a workflow'],
    [['static', 'push', '-t', 'app:1', 'df', 'github-releases:org/app'], 'to write a release takes a token'],
    [['container', 'ls', 'github-release:org/app'], 'holds plain files alone'],
    [['container', 'push', '-t', 'app:1', 'a.tar', 'github-release:org/app'], 'holds plain files alone'],
    [['static', 'push', '-t', 'app:1', '--archive', 'rar', 'df', 'github-release:org/app'], 'tar.gz'],
    [['static', 'push', '-t', 'app:1', 'df', 'github-release:org'], 'names no repository'],
    [['static', 'push', '-t', 'app:1', 'df', 'github-release:org/app'], 'takes a token'],
  ])(
    'says of %j what is wrong',
    async (words, told) => {
      const ended = await runAlba(words, { cwd: temporary.path });
      expect(ended.stderr).toContain(told);
      expect(ended.code).not.toBe(0);
    },
    60_000,
  );
});
