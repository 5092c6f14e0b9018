import process from 'node:process';
import { Problems } from '../../errors.ts';
import { type Locator, parseLocator } from '../../place/locator.ts';
import { type PullDestination, parsePullDestination } from '../../place/pull-destination.ts';
import { isAddress } from '../../place/schemes.ts';
import { assertTrusted, trustOf } from '../../place/trusted-origins.ts';
import { ownPlatform, type WantedPlatforms } from '../../pull/choose-platforms.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import { parseAll } from '../problems.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';
import type { containerPullInputs } from './pull-command.ts';

/** All that a pull is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type ContainerPullRequest = ReturnType<typeof containerPullRequest>;

/** What is pulled: something published, or a path; `-` is what is piped in. */
export type NamedSource =
  | { readonly kind: 'published'; readonly locator: Locator }
  | { readonly kind: 'path'; readonly path: string };

type PullValues = Values<typeof containerPullInputs>;

/** The request in what a person said; throws a usage error where that does not go together. */
export function containerPullRequest(
  { source: given, destination: where, platform, trustedEndpoints, ...values }: PullValues,
  host: Host,
) {
  const { openStandardInput, openStandardOutput, directory, temporaryDirectory, parallelism, threads, now } =
    host;
  const { source, destination } = parseAll({
    source: () => parseSource(given),
    destination: () => parsePullDestination(where),
  });
  checkTogether(values, destination, platform);
  const locators = source.kind === 'published' ? [source.locator] : [];
  tellLowered(
    locators.flatMap(({ lowered }) => lowered ?? []),
    host.progress,
  );
  const trust = trustOf(host.isTyped ? locators.map(({ place }) => place) : [], trustedEndpoints, host.env);
  assertTrusted(locators, trust);
  const connection = { ...values.connection, trustedOrigins: trust.origins };
  return {
    ...values,
    source,
    destination,
    platforms: platform ?? usualPlatforms(destination, host),
    connection: signedInAt(connection, {
      targets: [],
      ...(host.isTyped ? { sources: locators } : { references: locators }),
    }),
    openStandardInput,
    /** Called where the destination is standard output. */
    openStandardOutput,
    directory,
    temporaryDirectory,
    /** How many archives are read, and layers compressed, at once. */
    parallelism,
    /** The program that threads start with. */
    threads,
    now,
  };
}

function parseSource(text: string): NamedSource {
  return isAddress(text) ? { kind: 'published', locator: parseLocator(text) } : { kind: 'path', path: text };
}

/** A layout is a copy, of all there is; files are for this machine, which runs images for Linux if any. */
function usualPlatforms({ kind }: PullDestination, { progress }: Host): WantedPlatforms {
  if (kind === 'layout') return { kind: 'all' };
  const { platform, arch, config } = process;
  const armVersion = Object.entries(config.variables).find(([name]) => name === 'arm_version')?.[1];
  const own = ownPlatform({ arch, ...(armVersion !== undefined && { armVersion: `${armVersion}` }) });
  if (platform !== 'linux') {
    progress.line(
      `images are for Linux: that for ${own.os}/${own.architecture} is taken, unless "platform" names another`,
    );
  }
  return { kind: 'own', platform: own };
}

const ofFolders = ['replace', 'current'] as const;
const ofTrees = ['path', 'layer', 'store', 'link', 'keep-owner', 'keep-special'] as const;

/** What means nothing for a destination is no mistake that is passed over. */
function checkTogether(
  values: Omit<PullValues, 'source' | 'destination' | 'platform' | 'trustedEndpoints'>,
  { kind }: PullDestination,
  platform: PullValues['platform'],
): void {
  const problems = new Problems();
  const isSet = (name: (typeof ofFolders)[number] | (typeof ofTrees)[number]): boolean =>
    ({
      replace: values.replace,
      current: values.current,
      path: values.path.length > 0,
      layer: values.layer !== undefined,
      store: values.store !== undefined,
      link: values.link,
      'keep-owner': values.keepOwner,
      'keep-special': values.keepSpecial,
    })[name];
  const isTree = kind === 'folder' || kind === 'stream';
  for (const name of ofFolders) {
    if (isSet(name) && kind !== 'folder')
      problems.add(`${name} is for a folder, which the destination is not`);
  }
  for (const name of ofTrees) {
    if (isSet(name) && !isTree) {
      problems.add(`${name} is for files, and an image in a layout or an archive stays whole: leave it out`);
    }
  }
  if (values.link && values.store === undefined) problems.add('link is to a store: name one in "store"');
  if (values.link && kind === 'stream') problems.add('link is for a folder: a tar has its own bytes');
  const isSeveral = platform?.kind === 'all' || (platform?.platforms.length ?? 0) > 1;
  if (isSeveral && kind === 'docker-archive') {
    problems.add('docker-archive: holds one platform: name one in "platform", or take oci-archive:');
  }
  if (isSeveral && kind === 'stream') problems.add('- is one tar: name one platform, or a folder');
  if (values.dryRun && kind === 'stream') problems.add('dry-run writes nothing: name a folder to ask about');
  problems.throwIfAny('usage');
}
