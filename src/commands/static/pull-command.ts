import { AlbaError } from '../../errors.ts';
import { formsIn } from '../../place/schemes.ts';
import { parseSize } from '../../pull/size-limit.ts';
import { parseWantedRelease } from '../../pull/static/wanted-release.ts';
import { command } from '../command.ts';
import { connection, trustedEndpoints } from '../connection.ts';
import { flag, integer, lines, list, parsed, text } from '../kinds.ts';
import { pullOutputs } from '../pull-outputs.ts';
import { parseWantedPlatforms } from '../wanted-platforms.ts';

/** What `static pull` is told. */
export const staticPullInputs = {
  source: text('where the files are published', {
    more: 'Plain files (df-dist-v1) below a URL, or an artifact of files, as `static push` and oras make them',
    needed: 'no source: name where the files are published, such as https://download.example.org',
    word: 'source',
    forms: formsIn('download'),
  }),
  destination: text('where to: a folder', {
    more: 'On the command line `-` writes a tar to standard output',
    needed: 'no destination: name a folder, such as ./bin',
    word: 'destination',
  }),
  tag: list('the release, as `name`, `name:1.2.3` or `name:^1.2`, each with `@sha256:…` or without', {
    more: 'A name alone, or a range of versions, takes the newest release of them; pre-releases are taken where they are named. Left out, the only name that is there',
    placeholder: 'name:tag',
    short: 't',
    takesOne: true,
    parse: (items) => oneRelease(items),
  }),
  platform: list('the platforms to pull, such as `linux/arm64`, or `all`', {
    more: "Empty means this machine's. Of several, or all, each gets its folder `<os>/<architecture>[/<variant>]` in the destination",
    placeholder: 'list',
    parse: parseWantedPlatforms,
  }),
  path: lines("paths among a platform's files: what lies below them is pulled, and nothing else", {
    more: 'It lies at the root of the destination; a path that is a file keeps its name',
    placeholder: 'path',
    parse: (paths) => paths,
  }),
  replace: flag('take a folder that is not empty and that no pull wrote; all in it goes'),
  current: flag('let the destination be a symbolic link to the tree, which is swapped in one step'),
  'max-size': parsed('what the files may come to, such as `2GB` or `500MiB`; more is an error', parseSize, {
    more: 'Empty means 64 GB, and nine tenths of what is free where they go',
    placeholder: 'size',
  }),
  connection,
  concurrency: integer('how many large files are fetched at once, 4 if not given', {
    least: 1,
    most: 64,
    placeholder: 'count',
  }),
  'trusted-endpoints': trustedEndpoints(
    'servers that may be shown who we are although the source alone names them',
    'The source of a step may come from another job, and name any server; `AWS_ENDPOINT_URL` may be shown it, too. What is typed on the command line is trusted',
  ),
  'dry-run': flag('say what would be fetched, write nothing'),
};

/** `static pull`. */
export const staticPullCommand = command({
  name: 'static pull',
  about: "fetch the files of a release for this machine's platform, or for others, into a folder",
  inputs: staticPullInputs,
  example: 'alba static pull -t albatros https://download.example.org ./bin',
  report: {
    schema: async () => (await import('./pull-result.ts')).staticPullResult,
    lines: ({ path }) => (path === '-' ? [] : [path]),
    outputs: pullOutputs({
      digest: 'digest of what the tag leads to: a document, an index or a manifest',
      files: 'how many files there are',
      'pulled-bytes': 'bytes of files that were fetched',
      'skipped-bytes': 'bytes of files that were here already',
    }),
    summary: async (result, took) => (await import('./pull-summary.ts')).staticPullSummary(result, took),
  },
  async run(values, host) {
    const [{ staticPull }, { staticPullRequest }] = await Promise.all([
      import('./pull.ts'),
      import('./pull-request.ts'),
    ]);
    return staticPull(staticPullRequest(values, host), host.progress);
  },
});

function oneRelease([text, ...others]: readonly string[]) {
  if (others.length === 0) return text === undefined ? undefined : parseWantedRelease(text);
  const all = [text, ...others].join(', ');
  throw new AlbaError('usage', `one release is pulled at a time: run it once for each of ${all}`);
}
