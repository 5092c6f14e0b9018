import semver from 'semver';
import { isTag } from './reference.ts';

/** A tag that is a version: `1.2.3`, `v1.2`, `0.9-rc.1`, `2024.01.15`. */
export interface Version {
  readonly prefix: '' | 'v';
  /** Two or three numbers as they are written: `01` may be a month. */
  readonly parts: readonly [major: string, minor: string, patch?: string];
  /** Of a pre-release what follows the dash, else empty; so are variants, `1.2.3-alpine`. */
  readonly preview: string;
  /** What the first number counts: releases, years or days. Versions of two kinds are not compared with each other. */
  readonly kind: 'semantic' | 'calendar' | 'date';
}

/** The version that a tag is, undefined for a name such as `7`, `main` or `20240131`. */
export function parseVersion(tag: string): Version | undefined {
  const [found, v, major, minor, patch, preview = ''] =
    /^(v?)(\d{1,15})\.(\d{1,15})(?:\.(\d{1,15}))?(?:-(.+))?$/.exec(tag) ?? [];
  if (found === undefined || major === undefined || minor === undefined || !isTag(tag)) return undefined;
  if (preview !== '' && !parsePreview(preview)) return undefined;
  const parts = patch === undefined ? ([major, minor] as const) : ([major, minor, patch] as const);
  return { prefix: v === 'v' ? 'v' : '', parts, preview, kind: kindOf(Number(major)) };
}

/** Whether a version has all of its numbers, written as they are: a zero leads those of a calendar alone. */
export function isWhole({ parts: [major, minor, patch] }: Version): boolean {
  if (patch === undefined) return false;
  const isPlain = (number: string): boolean => !/^0\d/.test(number);
  return isPlain(major) && (major.length > 1 || (isPlain(minor) && isPlain(patch)));
}

/** Whether tags may follow a version: it is whole, and no pre-release. */
export function isRelease(version: Version): boolean {
  return isWhole(version) && version.preview === '';
}

/** The order of versions of one kind, the older one first (semver.org, 11). */
export function compareVersions(a: Version, b: Version): number {
  const [left, right] = [a, b].map(({ parts }) => [0, 1, 2].map((at) => Number(parts[at] ?? 0)));
  const at = [0, 1, 2].find((index) => left?.[index] !== right?.[index]);
  if (at !== undefined) return (left?.[at] ?? 0) - (right?.[at] ?? 0);
  if (a.preview === '' || b.preview === '') return Number(a.preview === '') - Number(b.preview === '');
  return semver.compare(previewOf(a.preview), previewOf(b.preview), { loose: true });
}

/** How many majors, or years, two versions are apart. */
export function distance(a: Version, b: Version): number {
  return Math.abs(ageOf(a) - ageOf(b));
}

function kindOf(major: number): Version['kind'] {
  if (major < 1000) return 'semantic';
  return major >= 1900 && major < 2200 ? 'calendar' : 'date';
}

function ageOf({ kind, parts: [major] }: Version): number {
  return Number(kind === 'date' ? major.slice(0, 4) : major);
}

function parsePreview(preview: string): semver.SemVer | null {
  return semver.parse(previewOf(preview), { loose: true });
}

function previewOf(preview: string): string {
  return `0.0.0-${preview}`;
}
