import { AlbaError, Problems } from '../errors.ts';
import type { Place } from './scheme.ts';

/** Variables by which the AWS SDK is told an endpoint, and a profile. */
const endpointVariables = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] as const;
const profileVariable = 'AWS_PROFILE';

/** AWS's own servers for buckets, as one may name them, too. */
const aws =
  /^https:\/\/s3(?:[.-](?:fips|dualstack))*(?:[.-][a-z]{2,4}(?:-[a-z]+)+-\d+)?\.amazonaws\.com(?:\.cn)?$/;

/** What the workflow itself names: an artifact that another job made may name anything. */
export interface NamedByWorkflow {
  /** Origins that may be shown who we are: `https://s3.example.org`. */
  readonly origins: ReadonlySet<string>;
  /** Profiles of AWS whose keys may be used. */
  readonly profiles: ReadonlySet<string>;
}

/** The origin in `host[:port]`, which is one of https, or in a URL without more than that; else a usage error. */
export function parseTrustedOrigin(text: string): string {
  const full = text.includes('://') ? text : `https://${text}`;
  if (/^https?:\/\/[^/@?#\\\s]+\/?$/i.test(full) && URL.canParse(full)) return new URL(full).origin;
  throw new AlbaError(
    'usage',
    `trusted-endpoints "${text}" is no server: expected host[:port], or https://host[:port] or http://host[:port]`,
  );
}

/** What these places, inputs and the environment name. */
export function trustOf(
  places: readonly Pick<Place, 'origin' | 'profile'>[],
  named: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): NamedByWorkflow {
  const inEnvironment = endpointVariables
    .flatMap((name) => env[name] ?? [])
    .filter((url) => URL.canParse(url));
  const origins = [
    ...places.flatMap(({ origin }) => origin ?? []),
    ...inEnvironment.map((url) => new URL(url).origin),
    ...named,
  ];
  const profiles = [...places.flatMap(({ profile }) => profile ?? []), env[profileVariable] ?? []].flat();
  return { origins: new Set(origins), profiles: new Set(profiles) };
}

/**
 * Fails where an artifact in a bucket would have somebody shown who we are whom nothing but the artifact names, or by
 * keys that nothing else names. A registry is not asked for here: it is shown nothing before it wants a login.
 */
export function assertTrusted(
  references: readonly { readonly place: Pick<Place, 'url' | 'loginHost' | 'origin' | 'profile'> }[],
  { origins, profiles }: NamedByWorkflow,
): void {
  const problems = new Problems();
  for (const { place } of references) {
    const { url, origin, profile, loginHost } = place;
    if (loginHost === undefined && origin !== undefined && !origins.has(origin) && !aws.test(origin)) {
      problems.add(
        `${url} is not read: an artifact alone names ${origin}, and it would be shown the access key and the session token; if it is yours, name it in trusted-endpoints, else have a target there, or ?anonymous=true`,
      );
    }
    if (profile !== undefined && !profiles.has(profile)) {
      problems.add(
        `${url} is not read: an artifact alone names the profile "${profile}"; name it in the URL of a target or in ${profileVariable}`,
      );
    }
  }
  problems.throwIfAny('usage');
}
