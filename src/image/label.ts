import * as v from 'valibot';
import { type Image, type ImageWithoutManifest, openBytes } from '../content/content.ts';
import { readDocument } from '../content/verify.ts';
import { compareText } from '../oci/compare.ts';
import { digestOf } from '../oci/digest.ts';
import { parseJson } from '../oci/manifest.ts';
import { formatPlatform } from '../oci/platform.ts';

/** Keys and values in an image's config (image-spec, config.md, "Labels"). */
export type Labels = Readonly<Record<string, string>>;

interface Labelled {
  readonly config?: { readonly Labels?: Labels | null } | null;
}

/** Takes the document as it was parsed: an object's schema would put the keys that it knows first. */
const labelledSchema = v.custom<Labelled>(
  isLabelled,
  'expected the config of an image, whose config.Labels are texts',
);

/** The config in these bytes with more labels, which win; all else stays, in its order. */
export function withLabels(bytes: Uint8Array, labels: Labels, where: string): Buffer {
  const document = parseJson(labelledSchema, bytes, where, { keepsNull: true });
  const added = Object.entries(labels).sort(([a], [b]) => compareText(a, b));
  const all = { ...document.config?.Labels, ...Object.fromEntries(added) };
  return Buffer.from(JSON.stringify({ ...document, config: { ...document.config, Labels: all } }));
}

/** The image with these labels, and so with another config; its layers are the same. */
export async function labelImage(image: ImageWithoutManifest, labels: Labels): Promise<ImageWithoutManifest> {
  if (Object.keys(labels).length === 0) return image;
  const where = `${image.origin}: config`;
  const bytes = withLabels(await readDocument(image.config, where), labels, where);
  const descriptor = { ...image.config.descriptor, digest: digestOf(bytes), size: bytes.length };
  return { ...image, config: { descriptor, open: openBytes(bytes) } };
}

/** What labels ask for and do not get, in sentences. */
export function labelWarnings(images: readonly Image[], labels: Labels): string[] {
  const kept = images.filter((image) => image.kind === 'with-manifest');
  const keys = Object.keys(labels).sort().join(', ');
  if (kept.length === 0 || keys === '') return [];
  const names = kept.map(({ origin, platform }) => `${origin} (${formatPlatform(platform)})`).join(', ');
  return [`${names}: images that have a manifest already stay as they are, without labels ${keys}`];
}

function isLabelled(input: unknown): input is Labelled {
  if (!isObject(input)) return false;
  const config = input.config ?? {};
  if (!isObject(config)) return false;
  const labels = config.Labels ?? {};
  return isObject(labels) && Object.values(labels).every((value) => typeof value === 'string');
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
