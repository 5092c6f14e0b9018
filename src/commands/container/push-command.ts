import { assertSupported, levels } from '../../compression/levels.ts';
import { parseLabel } from '../../image/parse-label.ts';
import { parseNamedTag } from '../../oci/named-tag.ts';
import { parsePlatform } from '../../oci/platform.ts';
import { parseLocator } from '../../place/locator.ts';
import { parseTargetUrl } from '../../place/target.ts';
import { command, group } from '../command.ts';
import { connection, trustedEndpoints } from '../connection.ts';
import { choice, each, flag, integer, lines, list, pairs, parseInteger } from '../kinds.ts';
import { knownAnnotations, parseKnownAnnotations } from '../known-annotations.ts';
import { assertHostAlone, publicUrl } from '../public-url.ts';
import { annotations, cacheInputs, floating, pushInputs, pushOutputs, targets, update } from '../push.ts';
import { filesInputs } from './files-inputs.ts';
import { expandJson } from './json-artifacts.ts';
import { parseNamedArtifacts } from './named-artifacts.ts';
import { parseNamedSbom } from './named-sboms.ts';
import { commonPlatforms } from './platform-outputs.ts';

const { gzip, zstd } = levels;

const compression = choice('compression of layers that arrive uncompressed', ['gzip', 'zstd', 'none'], {
  usual: 'gzip',
  more: 'Docker before 23 cannot read `zstd`. What is compressed already is kept as it is with `gzip`',
});

/** What `container push` is told. */
export const containerPushInputs = {
  artifacts: lines('what the build left: image archives, OCI layouts, or folders of them', {
    more: 'Paths or globs (`!` excludes) of what docker save, Nix, buildx, podman or skopeo wrote; on the command line `-` for one that is piped in. Or what is published already, as references (`docker://host/repository@sha256:…`), or as JSON of those such as `toJSON(needs.build.outputs)`',
    needed:
      'no artifacts: name at least one path, glob or reference; on the command line before the targets, and a reference with --from',
    word: 'artifact',
    besides: {
      option: 'from',
      placeholder: 'reference',
      about: 'a published image to publish elsewhere, too',
    },
    expand: expandJson,
    parse: parseNamedArtifacts,
  }),
  target: targets(['target'], (text) => ({ text, address: parseTargetUrl(text) }), {
    more: 'Left out, they are the repositories that full references in `tag` name',
  }),
  tag: list('`name:tag` for the release', {
    more: "In a bucket or directory the name is the repository, elsewhere it has to be that of a target's. Or the `tags` of docker/metadata-action: full references go each to the target of its repository. Left out, a run for a git tag `v1.2.3` publishes the repository's name with tag `1.2.3`, one for `app/v1.2.3` or `app@1.2.3` `app` with that",
    placeholder: 'name:tag',
    short: 't',
    parse: each(parseNamedTag),
  }),
  'by-digest': flag('publish without a tag: outputs and references have the digest', {
    more: 'So does a name alone in `tag` that is the last part of the repository of a `docker://` target',
  }),
  platforms: list('the platforms that must be there and no others, such as `linux/amd64,linux/arm64`', {
    more: 'Empty takes what comes',
    placeholder: 'list',
    parse: each(parsePlatform),
  }),
  atomic: flag('send nothing before every artifact was read and found to be right', {
    more: 'Without it blobs of some go out while others are read: with bad input such blobs may stay, and no tag, manifest or list of tags has changed. `immutable`, `platforms` and `dry-run` read all of it first, too',
  }),
  files: filesInputs,
  sbom: lines('files to attach as SBOMs, SPDX or CycloneDX as JSON: `linux/amd64=app.spdx.json`', {
    more: 'One a line. A path alone is about the only platform, or else about the index. They become attestations as BuildKit writes them, and referrers. In format `oci`',
    placeholder: 'platform=path',
    parse: each(parseNamedSbom),
  }),
  format: choice('media types of the index and of manifests made here', ['oci', 'docker'], { usual: 'oci' }),
  compression: group(
    {
      compression,
      'compression-level': integer(
        `of gzip ${gzip.least} (fast) to ${gzip.most} (small), usually ${gzip.usual}; of zstd ${zstd.least} to ${zstd.most}, usually ${zstd.usual}`,
        { least: 0, most: zstd.most, placeholder: 'level' },
      ),
    },
    ({ compression: chosen = compression.usual, compressionLevel }) => {
      assertSupported(chosen);
      const { least, most, usual } = levels[chosen];
      if (compressionLevel === undefined) return { compression: chosen, compressionLevel: usual };
      const level = parseInteger('compression-level', `${compressionLevel}`, least, most);
      return { compression: chosen, compressionLevel: level };
    },
  ),
  connection,
  concurrency: integer(
    'how many requests run at once at each target, at the most; what fits the work if not given',
    {
      more: 'What fits is 4 large uploads, and 32 questions and small uploads beside them. Where a server says that it is too many (429) they get fewer by themselves',
      least: 1,
      most: 64,
      placeholder: 'count',
    },
  ),
  floating,
  update,
  ...pushInputs,
  'public-url': publicUrl(
    'where the bucket or directory is served, for what to pull in references and summary',
    assertHostAlone,
  ),
  annotations,
  labels: pairs('`key=value` for the configs of images whose manifest is written here', {
    singular: 'label',
    parse: (given) => Object.fromEntries(each(parseLabel)(given).flat()),
  }),
  annotate: list('annotations that the workflow knows, by name', {
    more: `These are ${knownAnnotations.map((name) => `\`${name}\``).join(', ')}; \`all\` is all of them but \`created\``,
    only: 'action',
    parse: parseKnownAnnotations,
  }),
  ...cacheInputs,
  'cache-from': lines(
    'published images to learn layers from besides the releases at the targets, such as a branch of a target',
    {
      more: 'As URLs: `docker://host/repository:tag`',
      placeholder: 'url',
      parse: each(parseLocator),
    },
  ),
  'trusted-endpoints': trustedEndpoints(
    'servers that may be shown who we are although an artifact alone names them',
    'Those of targets, `cache-from` and `AWS_ENDPOINT_URL` may be, too. References among the artifacts may come from another job, and name any server',
  ),
};

/** `container push`. */
export const containerPushCommand = command({
  name: 'container push',
  about: 'merge image archives and layouts into one multi-platform index and publish it',
  inputs: containerPushInputs,
  example:
    "alba container push -t albatros:0.9 docker/ 's3://registry.example.org?endpoint=s3.example.org&region=garage'",
  report: {
    schema: async () => (await import('./push-result.ts')).containerPushResult,
    lines: ({ references }) => references,
    outputs: {
      digest: { about: 'digest of the index', of: ({ digest }) => digest },
      index: {
        about: 'the whole index at the first target, as an artifact for another job',
        of: ({ index }) => index,
      },
      references: {
        about: 'what to pull, one a line, each with its digest; each is an artifact for another job, too',
        of: ({ references }) => references.join('\n'),
      },
      platforms: {
        about:
          'JSON object: platform to manifest digest; after `update` of all that the index has. Besides, each platform that was pushed has an output of its own, such as `linux-amd64` or `linux-arm-v7`: a reference that is an artifact for another job',
        of: ({ platforms }) => JSON.stringify(platforms),
      },
      ...pushOutputs,
      'cache-hit': {
        about:
          '`true` when earlier runs spared all reading and compressing, `partial` when some, else `false`',
        of: ({ cacheHit }) => cacheHit,
      },
    },
    // One output a platform, so that the jobs of a matrix do not overwrite each other's.
    moreOutputs: {
      common: Object.fromEntries(
        [...commonPlatforms].map(([name, platform]) => [
          name,
          `the manifest for ${platform}, as an artifact for another job`,
        ]),
      ),
      of: ({ manifests }) =>
        Object.fromEntries(
          manifests.flatMap(({ outputs, reference }) => outputs.map((name) => [name, reference])),
        ),
    },
    failure: ({ targets: places, references }) => {
      const failures = places.flatMap(({ failure }) => failure ?? []);
      if (failures.length === 0) return undefined;
      return [...failures, `published is ${references.join(', ')}: run it again for the rest`].join('\n');
    },
    summary: async (result, took) => (await import('./push-summary.ts')).containerPushSummary(result, took),
  },
  async run(values, host, follow) {
    const [{ containerPush }, { containerPushRequest }, { declaredImages }] = await Promise.all([
      import('./push.ts'),
      import('./push-request.ts'),
      import('../declared-images.ts'),
    ]);
    const request = await containerPushRequest(values, host);
    const result = await containerPush(request, host.progress, follow);
    if (!result.dryRun) await host.declare(declaredImages(request.targets, result.digest));
    return result;
  },
});
