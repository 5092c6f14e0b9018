import { AlbaError } from '../../errors.ts';
import { type NamedTag, parseNamedTag } from '../../oci/named-tag.ts';
import { nearestTag } from '../../oci/reference.ts';
import { parseFilesTarget } from '../../place/target.ts';
import { parseRelease, type Release } from '../../release/keys.ts';
import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { choice, flag, lines, list, parsed } from '../kinds.ts';
import { publicUrl } from '../public-url.ts';
import { followInput, pushInputs, pushOutputs, targets, uploads } from '../push.ts';

/** What `static push` is told. */
export const staticPushInputs = {
  artifacts: lines('folders `<os>/<architecture>[/<variant>]/<files>`', {
    more: 'Paths or globs',
    needed: 'no artifacts: name at least one folder <os>/<architecture>/<files>',
    word: 'tree',
    parse: (paths) => paths,
  }),
  target: targets('files', parseFilesTarget, {
    needed: 'no target: name at least one URL, such as s3://bucket?region=… or file://./site',
  }),
  tag: list('the release, as `name:tag`', {
    more: "Left out, a run for a git tag `v1.2.3` publishes the repository's name with tag `1.2.3`, one for `app/v1.2.3` or `app@1.2.3` `app` with that",
    takesOne: true,
    placeholder: 'name:tag',
    short: 't',
    parse: parseOneRelease,
  }),
  connection,
  concurrency: uploads(256),
  ...pushInputs,
  extract: parsed(
    "the path in each platform's image whose files are published, such as `/app/out`; artifacts are image archives then",
    parsePath,
    { placeholder: 'path' },
  ),
  follow: followInput,
  page: flag('write a page to download from', {
    more: 'One that is there is kept up to date by every later push',
  }),
  'public-url': publicUrl('where the target is served, for links on the page and in the summary'),
  'content-disposition': choice('has browsers save the files rather than show them', ['attachment'], {
    placeholder: 'attachment',
  }),
};

/** `static push`. */
export const staticPushCommand = command({
  name: 'static push',
  about: 'publish a tree <os>/<architecture>/<files> as df-dist-v1',
  inputs: staticPushInputs,
  example:
    "alba static push -t albatros:0.9 df/ 's3://download.example.org?endpoint=s3.example.org&region=garage'",
  report: {
    schema: async () => (await import('./push-result.ts')).staticPushResult,
    lines: ({ url, targets: [, ...others] }) => [url, ...others.map((target) => target.url)],
    outputs: {
      digest: { about: 'digest of the manifest of the tag', of: ({ digest }) => digest },
      url: { about: 'where the tag is', of: ({ url }) => url },
      files: {
        about: 'JSON list: platform, path, size, digest, executable, url',
        of: ({ files }) => JSON.stringify(files),
      },
      ...pushOutputs,
    },
    summary: async (result, took) => (await import('./push-summary.ts')).staticPushSummary(result, took),
  },
  async run(values, host, follow) {
    const [{ staticPush }, { staticPushRequest }, { declaredChecksums }] = await Promise.all([
      import('./push.ts'),
      import('./push-request.ts'),
      import('./declared-checksums.ts'),
    ]);
    const result = await staticPush(staticPushRequest(values, host), host.progress, follow);
    if (!result.dryRun) await host.declare([declaredChecksums(result)]);
    return result;
  },
});

/** A release, and how its name was written where that had capital letters. */
type NamedRelease = Release & Pick<NamedTag, 'spelled'>;

function parseOneRelease([text, ...others]: readonly string[]): NamedRelease | undefined {
  if (text === undefined) return undefined;
  if (others.length > 0) {
    const all = [text, ...others];
    throw new AlbaError(
      'usage',
      `one tag is published at a time, not ${all.length}: run it once for each of ${all.join(', ')}`,
    );
  }
  const { name, tag, spelled } = parseNamedTag(text);
  if (tag !== undefined) return { ...parseRelease(name, tag), ...(spelled !== undefined && { spelled }) };
  const meant = `did you mean name:${nearestTag(text) ?? 'tag'}, or ${name}:tag?`;
  throw new AlbaError('usage', `"${text}" has no tag: name the release as name:tag; ${meant}`);
}

function parsePath(text: string): string {
  if (text.startsWith('/')) return text;
  throw new AlbaError('usage', `extract "${text}" is not a path from the root of an image, such as /app/out`);
}
