import { formatPlatform, isSamePlatform, type Platform } from './platform.ts';

/** Variants of an architecture from the best on: what is made for a lesser one runs on it, too. */
const lesser: Readonly<Record<string, readonly string[]>> = {
  amd64: ['v4', 'v3', 'v2', 'v1'],
  arm: ['v8', 'v7', 'v6', 'v5'],
  arm64: ['v9', 'v8'],
};

/** What runs on a platform, the best first: itself, and the lesser variants of its architecture. */
export function runsOn(platform: Platform): Platform[] {
  const all = lesser[platform.architecture] ?? [];
  const own = all.findIndex(
    (variant) => formatPlatform({ ...platform, variant }) === formatPlatform(platform),
  );
  return [platform, ...all.slice(own + 1).map((variant) => ({ ...platform, variant }))];
}

/** Those of these that run best on a platform, which may differ in their versions of Windows; none where none does. */
export function nearestTo<T extends { readonly platform: Platform }>(
  wanted: Platform,
  offered: readonly T[],
): T[] {
  for (const candidate of runsOn(wanted)) {
    const found = offered.filter(({ platform }) => isSamePlatform(candidate, platform));
    if (found.length > 0) return found;
  }
  return [];
}
