import { compareVersions, distance, isRelease, parseVersion, type Version } from './version.ts';

/** Majors, or years, between a release and another one that is no successor of it but a slip or another product. */
const farApart = 100;

/** Which tags follow a release. */
export interface FloatingPlan {
  readonly moves: readonly string[];
  /** Those that name a higher release, which `why` tells. */
  readonly stays: readonly { readonly tag: string; readonly why: string }[];
  /** Why no tag can follow this one at all. */
  readonly why?: string;
}

/**
 * The tags that follow a release `1.2.3`, as far as they do not go backwards: `1.2` and `1` unless a higher release
 * of theirs exists, `latest` unless any does. Those of `v1.2.3` are `v1.2` and `v1`, and follow releases with a `v`
 * alone. There is no `0`: what follows it would break with each `0.x` (semver.org, 4). Calendar versions, `2024.01.15`,
 * are no different. Nothing follows a pre-release, such as `1.2.3-rc.1` or `1.2.3-alpine`, nor a tag that is not a whole
 * version, such as `1.2`. A release of another kind (a date beside semantic versions), or more than {@link farApart}
 * majors away, holds nothing.
 */
export function planFloating(tag: string, existing: readonly string[]): FloatingPlan {
  const version = parseVersion(tag);
  if (!version || !isRelease(version)) {
    const more = version?.preview ? ': nothing follows a pre-release' : '';
    return { moves: [], stays: [], why: `${tag} is no release such as 1.2.3 or 2024.01.15${more}` };
  }
  const { prefix, parts } = version;
  const [major, minor] = parts;
  const higher = existing.flatMap((text) => higherRelease(text, version));
  const alike = higher.filter((other) => other.version.prefix === prefix && isSameNumber(0, other, version));
  const plan = [
    { tag: `${prefix}${major}.${minor}`, held: alike.filter((other) => isSameNumber(1, other, version)) },
    ...(Number(major) === 0 ? [] : [{ tag: `${prefix}${major}`, held: alike }]),
    { tag: 'latest', held: higher },
  ];
  return {
    moves: plan.flatMap(({ tag: name, held }) => (held.length === 0 ? [name] : [])),
    stays: plan.flatMap(({ tag: name, held }) => {
      const [highest] = held.toSorted((a, b) => compareVersions(b.version, a.version));
      return highest ? [{ tag: name, why: `${highest.text} is there` }] : [];
    }),
  };
}

interface Named {
  readonly text: string;
  readonly version: Version;
}

function higherRelease(text: string, than: Version): Named[] {
  const version = parseVersion(text);
  if (!version || !isRelease(version) || version.kind !== than.kind) return [];
  const isHigher = compareVersions(version, than) > 0 && distance(version, than) <= farApart;
  return isHigher ? [{ text, version }] : [];
}

function isSameNumber(at: 0 | 1, { version: one }: Named, other: Version): boolean {
  return Number(one.parts[at]) === Number(other.parts[at]);
}
