import { AlbaError } from '../../errors.ts';
import { checkAnnotations, toAnnotations } from '../../image/annotate.ts';
import type { NamedTag } from '../../oci/named-tag.ts';
import { defaultTag, type Run } from '../../oci/tag-rules.ts';
import type { Connection } from '../../place/connection.ts';
import type { Locator } from '../../place/locator.ts';
import type { Address, Place } from '../../place/scheme.ts';
import { addTags, type Target } from '../../place/target.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import { parseEach } from '../problems.ts';
import { containerPushInputs } from './push-command.ts';

/** All that a push is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type ContainerPushRequest = Awaited<ReturnType<typeof containerPushRequest>>;

/** The request in what a person said; throws a usage error where that does not go together. */
export async function containerPushRequest(
  {
    artifacts: { paths, references },
    target: named,
    tag: tags,
    platforms,
    format = containerPushInputs.format.usual,
    compression: settings,
    annotations: given,
    annotate: names,
    cache,
    cacheDir,
    ...values
  }: Values<typeof containerPushInputs>,
  host: Host,
) {
  const { openStandardInput, directory, temporaryDirectory, parallelism, threads, now } = host;
  const targets = parseEach(named, ({ address }) =>
    addTags(address, tagsFor(address, tags, host.workflowRun)),
  ).flat();
  if (format === 'docker' && settings.compression === 'zstd') {
    throw new AlbaError(
      'usage',
      'compression zstd has no media type in format docker that clients pull: give format oci, or compression gzip',
    );
  }
  const known = names.length > 0 ? toAnnotations(await host.workflowAnnotations(names)) : [];
  const annotations = [...known, ...given];
  checkAnnotations(annotations, format);
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
    connection: signedInAt(values.connection, targets, [
      ...references,
      ...baseLocators(values.files),
      ...values.cacheFrom,
    ]),
    /** Where compressed layers wait until they are sent. */
    temporaryDirectory,
    /** How many archives are read, and layers compressed, at once. */
    parallelism,
    /** The program that threads start with. */
    threads,
    /** Where the knowledge of earlier runs is kept; undefined: nowhere. */
    store: cache
      ? await host.openStore(
          named.map(({ text }) => text),
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
  return files?.base?.kind === 'published' ? [files.base.locator] : [];
}

/** Where no tag is named at all, a workflow run for a tag of git's names one. */
function tagsFor({ tag }: Address, tags: readonly NamedTag[], run: Run | undefined): readonly NamedTag[] {
  if (tags.length > 0 || tag !== undefined || !run) return tags;
  return [defaultTag(run) ?? []].flat();
}

/** A password is for one registry, that of the targets, else the one that is read from: no other is shown it. */
function signedInAt(
  connection: Connection,
  targets: readonly Target[],
  sources: readonly Locator[],
): Connection {
  const { login } = connection;
  if (!login) return connection;
  const [own, others] = [registriesOf(targets), registriesOf(sources)];
  const [registry, ...more] = own.length > 0 ? own : others;
  if (more.length === 0) return { ...connection, login: { ...login, ...(registry && { registry }) } };
  throw new AlbaError(
    'usage',
    `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`,
  );
}

function registriesOf(places: readonly { readonly place: Place }[]): string[] {
  return [...new Set(places.flatMap(({ place }) => place.loginHost ?? []))];
}
