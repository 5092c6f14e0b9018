import { AlbaError } from '../../errors.ts';
import { checkAnnotations, toAnnotations } from '../../image/annotate.ts';
import { assignTags } from '../../place/assign-tags.ts';
import type { Locator } from '../../place/locator.ts';
import { assertTrusted, trustOf } from '../../place/trusted-origins.ts';
import type { Values } from '../command.ts';
import { gitNames } from '../git-release.ts';
import type { Host } from '../host.ts';
import { checkUpdate } from '../push.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';
import { containerPushInputs } from './push-command.ts';

/** All that a push is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type ContainerPushRequest = Awaited<ReturnType<typeof containerPushRequest>>;

/** The request in what a person said; throws a usage error where that does not go together. */
export async function containerPushRequest(
  {
    artifacts: { paths, references },
    target: given,
    tag: tags,
    byDigest,
    platforms,
    format = containerPushInputs.format.usual,
    compression: settings,
    annotations: givenAnnotations,
    annotate: names,
    cache,
    cacheDir,
    trustedEndpoints,
    ...values
  }: Values<typeof containerPushInputs>,
  host: Host,
) {
  const { openStandardInput, directory, temporaryDirectory, parallelism, threads, now } = host;
  const git = gitNames(host);
  const addresses = [...given.map(({ address }) => address), ...references, ...values.cacheFrom];
  tellLowered([...tags, ...addresses.flatMap(({ lowered }) => lowered ?? [])], host.progress);
  const targets = assignTags(
    given.map(({ address }) => address),
    { named: tags, byDigest, usual: byDigest ? git.name : git.release },
  );
  if (values.update) checkUpdate(targets, values.immutable);
  if (values.publicUrl !== undefined && !targets.some(({ place }) => place.storedName !== undefined)) {
    throw new AlbaError('usage', 'public-url is where a bucket or a directory is served: no target is one');
  }
  if (format === 'docker' && settings.compression === 'zstd') {
    throw new AlbaError(
      'usage',
      'compression zstd has no media type in format docker that clients pull: give format oci, or compression gzip',
    );
  }
  if (format === 'docker' && values.sbom.length > 0) {
    throw new AlbaError('usage', 'sbom: format docker has no attestations; give format oci, or leave it out');
  }
  const known = names.length > 0 ? toAnnotations(await host.workflowAnnotations(names)) : [];
  const annotations = [...known, ...givenAnnotations];
  checkAnnotations(annotations, format);
  const sources = [...baseLocators(values.files), ...values.cacheFrom];
  const named = [...targets, ...sources].map(({ place }) => place);
  const trust = trustOf(named, trustedEndpoints, host.env);
  assertTrusted(references, trust);
  const connection = { ...values.connection, trustedOrigins: trust.origins };
  return {
    ...values,
    ...settings,
    format,
    /** Paths and globs, relative to `directory`; `-` is what is piped in. */
    artifacts: paths,
    /** Artifacts that are published somewhere already. */
    references,
    openStandardInput,
    directory,
    targets,
    /** The platforms that must be there and no others; undefined takes what comes. */
    ...(platforms.length > 0 && { platforms }),
    /** For the index and for manifests that are ours to write; the last one wins. */
    annotations,
    connection: signedInAt(connection, { targets, sources, references }),
    /** Where compressed layers wait until they are sent. */
    temporaryDirectory,
    /** How many archives are read, and layers compressed, at once. */
    parallelism,
    /** The program that threads start with. */
    threads,
    /** Where the knowledge of earlier runs is kept; undefined: nowhere. */
    store: cache
      ? await host.openStore(
          given.length > 0 ? given.map(({ text }) => text) : targets.map(({ place }) => place.url),
          cacheDir,
        )
      : undefined,
    now,
    /** When a reproducible build says that it happens; undefined where it does not. */
    sourceDateEpoch: host.env.SOURCE_DATE_EPOCH,
  };
}

/** Where the base is published, if it is. */
function baseLocators(files: Values<typeof containerPushInputs>['files']): Locator[] {
  const base = files?.artifact === 'image' ? files.base : undefined;
  return base?.kind === 'published' ? [base.locator] : [];
}
