import { AlbaError } from '../../errors.ts';
import { parseNamedTag } from '../../oci/named-tag.ts';
import { githubReleaseScheme } from '../../place/github-release.ts';
import type { Address } from '../../place/scheme.ts';
import { parseAddress } from '../../place/schemes.ts';
import { parseTargetUrl } from '../../place/target.ts';
import { withoutPassword } from '../../progress/format.ts';
import { command, type Values } from '../command.ts';
import { connection } from '../connection.ts';
import { choice, each, flag, integer, lines, list, pairs, parsed, text } from '../kinds.ts';
import { publicUrl } from '../public-url.ts';
import {
  annotations,
  cacheInputs,
  floating,
  followInput,
  pushInputs,
  pushOutputs,
  targets,
  update,
} from '../push.ts';

/** What `static push` is told. */
export const staticPushInputs = {
  artifacts: lines('folders `<os>/<architecture>[/<variant>]/<files>`', {
    more: 'Paths or globs',
    needed: 'no artifacts: name at least one folder <os>/<architecture>/<files>',
    word: 'tree',
    parse: (paths) => paths,
  }),
  target: targets(['target', 'files'], parseStaticTarget, {
    more: 'A bucket or a directory gets plain files, all else an artifact that oras and others pull, and so does a bucket with `as`. `github-release:[owner/repo]` is the release of the git tag on GitHub, whose assets the files become',
    needed: 'no target: name at least one URL, such as s3://bucket?region=… or file://./site',
  }),
  tag: list('the release, as `name:tag`', {
    more: "Left out, a run for a git tag `v1.2.3` publishes the repository's name with tag `1.2.3`, one for `app/v1.2.3` or `app@1.2.3` `app` with that",
    placeholder: 'name:tag',
    short: 't',
    parse: each(parseNamedTag),
  }),
  as: choice(
    'publish an index with a manifest for each platform: with one packed layer, or with a layer for each file',
    ['artifact', 'files'],
    { more: 'Packed files keep their modes, others are not executable once they are pulled' },
  ),
  'artifact-type': list('media type of such an artifact; a second one is that of its manifests alone', {
    placeholder: 'type',
    parse: (types) => types.map(parseMediaType),
  }),
  'media-type': parsed('media type of its layers', parseMediaType, { placeholder: 'type' }),
  connection,
  concurrency: integer('how many large files are sent at once to each target, 4 if not given', {
    least: 1,
    most: 256,
    placeholder: 'count',
  }),
  floating,
  update,
  annotations,
  ...pushInputs,
  ...cacheInputs,
  extract: parsed(
    "the path in each platform's image whose files are published, such as `/app/out`; artifacts are image archives then",
    parsePath,
    { placeholder: 'path' },
  ),
  follow: followInput,
  archive: choice('of a release on GitHub: one archive for each platform instead of its files', [
    'tar.gz',
    'zip',
  ]),
  'asset-name': text('of a release on GitHub: how assets are called', {
    more: 'Fields are `{name}`, `{version}`, `{tag}`, `{os}`, `{arch}`, and of files `{file}`, `{stem}` and `{ext}`; without it `{stem}-{os}-{arch}{ext}`, and of archives `{name}-{version}-{os}-{arch}`, which get their ending',
    placeholder: 'template',
  }),
  replace: flag('of a release on GitHub: replace assets that are there with other content', {
    more: 'Without it they are an error',
  }),
  page: flag('write a page to download from', {
    more: 'One that is there is kept up to date by every later push',
  }),
  notes: text('what is new in this release: a file such as `CHANGELOG.md`, or the text', {
    more: 'Of a changelog the section of this version is taken. The page shows it, and the date: `SOURCE_DATE_EPOCH`, else that of the commit',
    placeholder: 'path',
  }),
  'source-url': parsed('where the sources of this release are, for a link on the page', parseSourceUrl, {
    placeholder: 'url',
  }),
  installer: flag('write `install.sh`, a script that installs a release on the machine that it runs on', {
    more: 'Needs `public-url`. One that is there is kept up to date by every later push',
  }),
  'public-url': publicUrl(
    'where the target is served, for links on the page, in the summary and in the installer',
  ),
  properties: pairs('what JFrog Artifactory keeps beside each file, such as `build.sourceversion=…`', {
    singular: 'property',
    parse: each(parseProperty),
  }),
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
      digest: {
        about: 'digest of the manifest of the tag; of a release on GitHub that of its SHA256SUMS',
        of: ({ digest }) => digest,
      },
      url: { about: 'where the tag is', of: ({ url }) => url },
      files: {
        about: 'JSON list: platform, path, size, digest, executable, url',
        of: ({ files }) => JSON.stringify(files),
      },
      ...pushOutputs,
    },
    failure: ({ targets }) => {
      const failures = targets.flatMap(({ failure }) => failure ?? []);
      return failures.length > 0 ? [...failures, 'run it again for the rest'].join('\n') : undefined;
    },
    summary: async (result, took) => (await import('./push-summary.ts')).staticPushSummary(result, took),
  },
  async run(values, host, follow) {
    if (values.target.some(({ address }) => address.assets)) {
      const [{ pushAssets }, { pushAssetsRequest }, { declaredChecksums }] = await Promise.all([
        import('./push-assets.ts'),
        import('./push-assets-request.ts'),
        import('./declared-checksums.ts'),
      ]);
      const result = await pushAssets(pushAssetsRequest(values, host), host.progress, follow);
      if (!result.dryRun) await host.declare([declaredChecksums(result)]);
      return result;
    }
    assertNotOfAssets(values);
    if (isArtifact(values)) {
      const { pushArtifact } = await import('./push-artifact.ts');
      return pushArtifact(values, host, follow);
    }
    assertOfFiles(values);
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

function parseProperty(text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new AlbaError('usage', `property "${text}" is no key=value, such as build.sourceversion=1a2b3c`);
}

/** A target of files or of an artifact, or the assets of a release on GitHub. */
interface StaticTarget {
  readonly text: string;
  readonly address: Address;
}

function parseStaticTarget(text: string): StaticTarget {
  const isAssets = githubReleaseScheme.match(text);
  return { text, address: isAssets ? parseAddress(text, 'files') : parseTargetUrl(text) };
}

function assertNotOfAssets({ archive, assetName, replace }: Values<typeof staticPushInputs>): void {
  const given = Object.entries({ archive, 'asset-name': assetName, replace }).filter(([, value]) => value);
  if (given.length === 0) return;
  const names = given.map(([name]) => name).join(', ');
  throw new AlbaError(
    'usage',
    `${names}: of a release on GitHub alone: leave it out, or publish to github-release:`,
  );
}

function parsePath(text: string): string {
  if (text.startsWith('/')) return text;
  throw new AlbaError('usage', `extract "${text}" is not a path from the root of an image, such as /app/out`);
}

function parseSourceUrl(given: string): string {
  if (/^https?:\/\//i.test(given) && URL.canParse(given)) return given;
  throw new AlbaError(
    'usage',
    `source-url "${withoutPassword(given)}" is no URL of the web: expected https://…`,
  );
}

function parseMediaType(text: string): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(text)) return text;
  throw new AlbaError('usage', `"${text}" is no media type, such as application/vnd.example.tool`);
}

/** A release of plain files takes the place of the one under its tag, with all of its platforms. */
function assertOfFiles({ update, annotations }: Values<typeof staticPushInputs>): void {
  const given = Object.entries({ update, annotations: annotations.length > 0 }).filter(
    ([, isGiven]) => isGiven,
  );
  if (given.length === 0) return;
  const names = given.map(([name]) => name).join(', ');
  throw new AlbaError(
    'usage',
    `${names}: of artifacts alone, as a release of plain files takes the place of all that its tag had: give "as: artifact", or bring the files of all platforms together first`,
  );
}

/** Whether an index of manifests is asked for, or the targets hold nothing else. Throws where some do and some do not. */
function isArtifact({ as, target }: Pick<Values<typeof staticPushInputs>, 'as' | 'target'>): boolean {
  const places = target.flatMap(({ address }) => (address.storage === undefined ? address : []));
  if (as !== undefined || (places.length > 0 && places.length === target.length)) return true;
  const [place] = places;
  if (!place) return false;
  throw new AlbaError(
    'usage',
    `${place.url} gets an artifact, other targets plain files: give "as" to have artifacts everywhere, or publish twice`,
  );
}
