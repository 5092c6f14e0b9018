import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { unattended } from '../../../__tests__/fixtures/unattended.ts';
import type { GitHubAnswer, GitHubApi } from '../../../src/network/github/github.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { GitHubReleases } from '../../../src/release/github/releases.ts';
import { listPackages, Packages } from '../../../src/repository/github/packages.ts';
import type { Random } from '../damage.ts';
import { judge } from '../judge.ts';
import { anyOf, hostileJson } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Conversations in a round, whose every answer is another. */
const perRound = 60;
/** Requests of one of them: what never ends is a finding. */
const mostRequests = 500;
const digest = digestOf(Buffer.from('x'));
const version = (id: number) => ({
  ...{ id, name: digest, updated_at: '2026-11-01T00:00:00Z', created_at: '2026-10-01T00:00:00Z' },
  metadata: { container: { tags: ['1.0', 'latest'] } },
});
const release = (tag: string) => ({
  ...{
    id: 1,
    tag_name: tag,
    draft: true,
    immutable: false,
    html_url: 'https://github.com/org/app/releases/1',
  },
  upload_url: 'https://uploads.github.com/repos/org/app/releases/1/assets{?name,label}',
});
const asset = {
  id: 7,
  name: 'app.tar.gz',
  size: 3,
  state: 'uploaded',
  digest,
  browser_download_url: 'https://x',
};
/** By what a route ends with; the last ones are for all others. */
const answers = (
  [
    [/\/versions$/, [version(1), version(2)]],
    [/\/versions$/, Array.from({ length: 100 }, (_, id) => version(id))],
    [/\/versions\/\{id\}$/, version(3)],
    [/\/users\/\{owner\}$/, { login: 'org', type: 'Organization' }],
    [/\/users\/\{owner\}$/, { login: 'org', type: 'User' }],
    [/\/user$/, { login: 'org' }],
    [/\/\{package_name\}$/, { owner: { login: 'org' } }],
    [/\/packages$/, [{ name: 'app' }, { name: 'app/sub' }]],
    [/\/tags\/\{tag\}$/, release('1.0')],
    [/\/releases$/, [release('1.0'), release('0.9')]],
    [/^POST .*\/releases$/, release('1.0')],
    [/\/assets$/, [asset, asset]],
    [/^POST https/, asset],
    [/./, asset],
    [/./, [version(1)]],
  ] as const
).map(([route, sample]) => ({ route, answer: hostileJson(sample) }));

/** What GitHub's API says of packages and releases: lists, owners, assets. All that comes out are AlbaErrors, in the end. */
export const target: FuzzTarget = {
  about: "answers of GitHub's API are read or refused, asking ends, and assets go to hosts of GitHub alone",
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) all.push(await converse(random));
    return addCounts(...all);
  },
};

async function converse(random: Random): Promise<Counts> {
  const routes: string[] = [];
  const answer = async (route: string): Promise<GitHubAnswer> => {
    routes.push(route);
    if (routes.length > mostRequests) throw new Error(`there were ${routes.length} requests`);
    const status = anyOf([200, 200, 200, 200, 201, 204, 400, 401, 403, 404, 409, 422], random);
    if (status >= 400)
      return { status, data: undefined, said: anyOf(['', 'no', 'last tagged version'], random) };
    return { status, data: dataOf(answerTo(route, random)), said: '' };
  };
  const retry = {
    ...unattended,
    asked: 'api.github.com',
    retries: { count: 1, firstDelay: 1, longestDelay: 1 },
    passesAfter: () => 0,
  };
  const api: GitHubApi = {
    home: new URL('https://api.github.com'),
    request: answer,
    requestOnce: answer,
    retry,
    digestAt: async () => digest,
    close: async () => {},
  };
  const name = { registry: 'ghcr.io', owner: 'org', name: 'app' };
  const releases = new GitHubReleases(api, 'org/app');
  const file = {
    name: 'app.tar.gz',
    origin: 'app',
    executable: false,
    size: 3,
    digest,
    open: async function* () {},
  };
  const asks: readonly (() => Promise<unknown>)[] = [
    async () => {
      for (const { updated, tags } of await new Packages(api, name).versions()) {
        if (!(updated instanceof Date) || tags.some((tag) => typeof tag !== 'string'))
          throw new Error('a version is none');
      }
    },
    () => new Packages(api, name).delete(1),
    () => new Packages(api, name).newest(digest),
    () => listPackages(api, 'ghcr.io', 'org'),
    async () => {
      const found = await releases.find('1.0');
      if (found) await releases.assets(found);
      if (found) await releases.upload(found, file);
    },
    () => releases.create('1.0', false),
  ];
  const { refusal } = await judge(anyOf(asks, random));
  const host = /^POST https:\/\/([^/]*)/;
  const stranger = routes.find(
    (route) =>
      (host.exec(route)?.[1] ?? 'api.github.com') !== 'api.github.com' &&
      !/^POST https:\/\/uploads\.github\.com\//.test(route),
  );
  if (stranger) throw new Error(`it sends to ${stranger}`);
  return { [refusal ? 'refused' : 'answered']: 1, requests: routes.length };
}

/** Most often of the kind that is asked for. */
function answerTo(asked: string, random: Random): string {
  const fitting = answers.filter(({ route }) => route.test(asked));
  return anyOf(random(8) ? fitting.slice(0, Math.max(1, fitting.length - 2)) : answers, random).answer(
    random,
  );
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
