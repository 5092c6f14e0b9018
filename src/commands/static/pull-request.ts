import process from 'node:process';
import { AlbaError, Problems } from '../../errors.ts';
import { isNameOf } from '../../oci/named-tag.ts';
import type { Address, Place } from '../../place/scheme.ts';
import { isAddress, parseAddress } from '../../place/schemes.ts';
import { assertTrusted, trustOf } from '../../place/trusted-origins.ts';
import { redactUrl } from '../../progress/format.ts';
import type { WantedPlatforms } from '../../pull/choose-platforms.ts';
import { ownSystem } from '../../pull/static/choose-files.ts';
import type { WantedRelease } from '../../pull/static/wanted-release.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';
import type { staticPullInputs } from './pull-command.ts';

/** All that a pull of files is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type StaticPullRequest = ReturnType<typeof staticPullRequest>;

type PullValues = Values<typeof staticPullInputs>;

/** The request in what a person said; throws a usage error where that does not go together. */
export function staticPullRequest(
  { source: given, tag, platform, trustedEndpoints, ...values }: PullValues,
  host: Host,
) {
  const { openStandardOutput, directory, temporaryDirectory, progress } = host;
  const source = parseSource(given);
  const wanted = wantedOf(source, tag);
  checkTogether(values, platform);
  tellLowered(
    [tag?.name === undefined ? [] : { ...tag, name: tag.name }, source.lowered ?? []].flat(),
    progress,
  );
  const place = source.place ?? source.storage;
  const places = place ? [place] : [];
  const trust = trustOf(host.isTyped ? places : [], trustedEndpoints, host.env);
  assertTrusted(
    places.map((one) => ({ place: one })),
    trust,
  );
  const named = places.map((one) => ({ place: one }));
  const connection = { ...values.connection, trustedOrigins: trust.origins };
  return {
    ...values,
    source,
    wanted,
    platforms: platform ?? usualPlatform(),
    connection: signedInAt(connection, {
      targets: [],
      ...(host.isTyped ? { sources: named } : { references: named }),
    }),
    /** Called where the destination is standard output. */
    openStandardOutput,
    directory,
    temporaryDirectory,
  };
}

/** A path is a directory that plain files were published to. */
function parseSource(text: string): Address {
  if (isAddress(text)) return parseAddress(text, 'download');
  const remedy = `write file://${/^\.{0,2}\//.test(text) ? '' : './'}${text} for a directory`;
  throw new AlbaError('usage', `source "${redactUrl(text)}" is no URL: ${remedy}`);
}

/** A repository has its name already; a tag and a digest may be told by the address, or besides. */
function wantedOf(source: Address, given: WantedRelease | undefined): WantedRelease {
  const { place, tag, digest, url } = source;
  const wanted = given ?? { text: '', wanted: { kind: 'newest' } as const };
  if (!place) return wanted;
  if (given?.name !== undefined) assertName(given.name, place, url);
  const isTold = given !== undefined && (given.wanted.kind === 'tag' || given.wanted.range !== undefined);
  if (tag !== undefined && isTold && !(given.wanted.kind === 'tag' && given.wanted.tag === tag)) {
    throw new AlbaError('usage', `${url} says tag ${tag}, "tag" says ${given.text}: name it in one place`);
  }
  if (digest !== undefined && given?.digest !== undefined && given.digest !== digest) {
    throw new AlbaError('usage', `${url} says ${digest}, "tag" says ${given.digest}: name it in one place`);
  }
  return {
    ...wanted,
    ...(tag !== undefined && { wanted: { kind: 'tag' as const, tag } }),
    ...(digest && { digest }),
  };
}

/** A layout on this machine is called as anybody likes. */
function assertName(name: string, { reference, storedName }: Place, url: string): void {
  const isOwn =
    (!reference && storedName === undefined) ||
    name === storedName ||
    (reference && isNameOf({ text: name, name }, reference));
  if (isOwn) return;
  throw new AlbaError(
    'usage',
    `"tag" says ${name}, which is not the repository of ${url}: leave the name out`,
  );
}

/** Files are for the system of this machine, too, other than images. */
function usualPlatform(): WantedPlatforms {
  const { platform, arch, config } = process;
  const armVersion = Object.entries(config.variables).find(([name]) => name === 'arm_version')?.[1];
  const facts = { platform, arch, ...(armVersion !== undefined && { armVersion: `${armVersion}` }) };
  return { kind: 'own', platform: ownSystem(facts) };
}

function checkTogether(
  {
    destination,
    replace,
    current,
    dryRun,
  }: Pick<PullValues, 'destination' | 'replace' | 'current' | 'dryRun'>,
  platform: PullValues['platform'],
): void {
  if (isAddress(destination)) {
    throw new AlbaError('usage', `destination "${redactUrl(destination)}" is no folder on this machine`);
  }
  if (destination !== '-') return;
  const problems = new Problems();
  for (const [name, isGiven] of Object.entries({ replace, current })) {
    if (isGiven) problems.add(`${name} is for a folder, which the destination is not`);
  }
  if (platform?.kind === 'all' || (platform?.platforms.length ?? 0) > 1)
    problems.add('- is one tar: name one platform, or a folder');
  if (dryRun) problems.add('dry-run writes nothing: name a folder to ask about');
  problems.throwIfAny('usage');
}
