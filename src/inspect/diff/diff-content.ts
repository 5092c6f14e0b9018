import { formatPlatform } from '../../oci/platform.ts';
import { artifactKindName } from '../artifact-kind-name.ts';
import type { FoundContent, FoundImage, SeenLayer } from '../content.ts';
import { sizesOf } from '../sizes.ts';
import { type ConfigChange, diffConfig, type SaidOfImage } from './diff-config.ts';
import { diffFiles, type FileChange } from './diff-files.ts';
import { type Change, diffLayers, type LayerChange } from './diff-layers.ts';
import type { LayerReader } from './layer-reader.ts';

/** An image or an artifact as it is compared. */
interface Compared extends SaidOfImage {
  /** The platform, or what an artifact is. */
  readonly name: string;
  /** Of the manifest, else of the config. */
  readonly digest: string;
  /** In bytes: config and layers, each once. */
  readonly size: number;
  /** Undefined where there is no manifest: then configs tell whether two are the same. */
  readonly manifest?: string;
  readonly config: string;
  readonly layers: readonly SeenLayer[];
  /** Whether its layers come to a tree of files. */
  readonly isImage: boolean;
}

/** How one platform differs, or one artifact. */
export interface PlatformDiff {
  readonly name: string;
  readonly change: Change;
  readonly before?: Pick<Compared, 'digest' | 'size'>;
  readonly after?: Pick<Compared, 'digest' | 'size'>;
  readonly layers: readonly LayerChange<SeenLayer>[];
  readonly config: readonly ConfigChange[];
  /** Undefined where the layers were not read. */
  readonly files?: readonly FileChange[];
}

/** Content, and what begins the sentences of errors. */
export interface ComparedContent {
  readonly origin: string;
  readonly content: FoundContent;
}

/**
 * How two subjects differ, by platform; those of the first come first. Files of platforms that both have are told by reading layers, which
 * is left out without a reader.
 */
export async function diffContent(
  before: ComparedContent,
  after: ComparedContent,
  reader: LayerReader | undefined,
): Promise<PlatformDiff[]> {
  const [old, young] = [comparedOf(before.content), comparedOf(after.content)];
  const diffs: PlatformDiff[] = [];
  for (const name of new Set([...old.keys(), ...young.keys()])) {
    const [was, is] = [old.get(name), young.get(name)];
    const layers = diffLayers(was?.layers ?? [], is?.layers ?? []);
    const config = was && is ? diffConfig(was, is) : [];
    const files =
      was?.isImage && is?.isImage && reader && !isSame(was, is)
        ? await diffFiles({ ...before, layers: was.layers }, { ...after, layers: is.layers }, reader)
        : undefined;
    reader?.tidy();
    diffs.push({
      name,
      change: changeOf(was, is),
      ...(was && { before: was }),
      ...(is && { after: is }),
      ...{ layers, config },
      ...(files && { files }),
    });
  }
  return diffs;
}

function changeOf(was: Compared | undefined, is: Compared | undefined): Change {
  if (!was) return 'added';
  if (!is) return 'removed';
  return isSame(was, is) ? 'same' : 'changed';
}

function isSame(was: Compared, is: Compared): boolean {
  if (was.manifest !== undefined && is.manifest !== undefined) return was.manifest === is.manifest;
  return was.config === is.config;
}

/** By name; of several for one platform the first counts, as clients take that. */
function comparedOf({ images, artifacts }: FoundContent): ReadonlyMap<string, Compared> {
  const found = new Map<string, Compared>();
  const add = (one: Compared): unknown => !found.has(one.name) && found.set(one.name, one);
  for (const image of images) {
    const { platform, alsoFor, manifest, annotations, config, facts, layers } = image;
    const compared = {
      digest: (manifest ?? config).digest,
      ...(manifest && { manifest: manifest.digest }),
      config: config.digest,
      size: sizeOf(image),
      ...(annotations && { annotations }),
      ...{ facts, layers, isImage: true },
    };
    const names = platform ? [platform, ...alsoFor].map(formatPlatform) : ['unknown'];
    for (const name of names) add({ name, ...compared });
  }
  for (const artifact of artifacts) {
    const { descriptor, config, annotations } = artifact;
    const { digest } = descriptor;
    const layers = artifact.layers.map((layer) => ({ descriptor: layer, open: nothing }));
    const size = sizeOf({ config, layers });
    add({
      ...{ name: artifactKindName(artifact), digest, manifest: digest, config: config.digest, size },
      ...(annotations && { annotations }),
      ...{ facts: {}, layers, isImage: false },
    });
  }
  return found;
}

function sizeOf({ config, layers }: Pick<FoundImage, 'config' | 'layers'>): number {
  return sizesOf([[config, ...layers.map(({ descriptor }) => descriptor)]]).total;
}

/** Layers of artifacts are not read. */
async function* nothing(): AsyncGenerator<never> {}
