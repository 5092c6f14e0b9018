import type { Open } from '../../content/content.ts';
import { AlbaError, Problems } from '../../errors.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { spellPlatform } from '../../oci/platform.ts';
import { type FoundFile, pathOf, type ReleaseFile } from '../../source/tree/file.ts';
import { checksumsName, formatChecksums } from '../checksums.ts';
import type { Release } from '../keys.ts';
import { opener } from '../measure.ts';

/** A file of a release on GitHub, as it is to be there. */
export interface Asset {
  /** There are no folders on GitHub: each is different. */
  readonly name: string;
  /** Such as linux/arm64; undefined of the list of checksums. */
  readonly platform?: string;
  /** For messages. */
  readonly origin: string;
  /** In bytes. */
  readonly size: number;
  readonly digest: Digest;
  readonly executable: boolean;
  readonly open: Open;
}

/** How assets are called where nobody says so. */
export const assetNames = { file: '{stem}-{os}-{arch}{ext}', archive: '{name}-{version}-{os}-{arch}' };

const fields = {
  file: ['name', 'version', 'tag', 'os', 'arch', 'file', 'stem', 'ext'],
  archive: ['name', 'version', 'tag', 'os', 'arch'],
};

/** In a release on GitHub; each has to be smaller than the next ("About releases", storage and bandwidth quotas). */
export const mostAssets = 1000;
const tooLarge = 2 * 1024 ** 3;

/** Throws a usage error where a template has a field that is not known. */
export function checkTemplate(template: string, kind: keyof typeof fields): void {
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].find(
    ([, field = '']) => !fields[kind].includes(field),
  );
  if (!unknown) return;
  const known = fields[kind].map((field) => `{${field}}`).join(', ');
  throw new AlbaError('usage', `asset-name "${template}" has ${unknown[0]}: known of ${kind}s are ${known}`);
}

/** The name that a template gives: of a file, or of all files of its platform. */
export function assetName(template: string, file: FoundFile, { name, tag }: Release): string {
  const { os, architecture, variant } = file.platform;
  const base = file.path.slice(file.path.lastIndexOf('/') + 1);
  const ext = /(?<=.)(?:\.tar)?\.[a-z][a-z0-9]*$/i.exec(base)?.[0] ?? '';
  const values: Readonly<Record<string, string>> = {
    ...{ name: name.replaceAll('/', '-'), tag, version: tag.replace(/^v(?=\d)/, ''), os, ext },
    ...{ arch: `${architecture}${variant ?? ''}`, file: base, stem: base.slice(0, base.length - ext.length) },
  };
  return template.replace(/\{(\w+)\}/g, (whole, field: string) => values[field] ?? whole);
}

/** Each file as an asset of its own. */
export function fileAssets(files: readonly ReleaseFile[], template: string, release: Release): Asset[] {
  return files.map((file) => ({
    name: assetName(template, file, release),
    platform: spellPlatform(file.platform),
    ...{ origin: file.origin || pathOf(file), size: file.size, digest: file.digest },
    ...{ executable: file.executable, open: opener(file) },
  }));
}

/** The list of checksums, which `sha256sum -c` reads beside the downloads. */
export function checksumsAsset(assets: readonly { readonly name: string; readonly digest: Digest }[]): Asset {
  const bytes = formatChecksums(assets.map(({ name, digest }) => ({ path: name, digest })));
  return {
    ...{ name: checksumsName, origin: checksumsName, size: bytes.length, digest: digestOf(bytes) },
    ...{ executable: false, open: () => only(bytes) },
  };
}

/** Throws one source error with all that GitHub would refuse or call otherwise, and with names that two have. */
export function checkAssets(assets: readonly Asset[]): void {
  const problems = new Problems();
  const known = new Map<string, Asset>([[checksumsName, checksumsAsset([])]]);
  for (const asset of assets) {
    const { name, origin, size } = asset;
    const other = known.get(name);
    if (other) {
      problems.add(
        `${other.origin} and ${origin} would both be the asset ${name}: give "asset-name" with what tells them apart, or "archive"`,
      );
    }
    known.set(name, asset);
    if (!/^[\w+-](?:[\w.+-]*[\w+-])?$/.test(name)) {
      problems.add(
        `${origin}: GitHub would call the asset "${name}" otherwise: it keeps letters of ASCII, digits, "_", "-", "+" and, within, "."; rename it, or give "asset-name"`,
      );
    }
    if (size === 0)
      problems.add(`${origin} is empty, and GitHub takes no empty asset: leave it out by a line !${origin}`);
    if (size >= tooLarge) problems.add(`${origin} has ${size} bytes, and an asset on GitHub less than 2 GiB`);
  }
  if (assets.length >= mostAssets) {
    problems.add(
      `${assets.length} assets and ${checksumsName}: a release on GitHub has ${mostAssets} at most`,
    );
  }
  problems.throwIfAny('source');
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
