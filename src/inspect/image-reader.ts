import { type ImageWithoutManifest, type Open, openLater } from '../content/content.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError, messageOf } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Manifest } from '../oci/manifest.ts';
import { mediaTypes } from '../oci/media-type.ts';
import { formatPlatform, type Platform } from '../oci/platform.ts';
import { formatCount } from '../progress/format.ts';
import { nameOf } from '../source/own-annotations.ts';
import type { FoundImage, SeenLayer } from './content.ts';
import { type ReadConfig, readConfig } from './image-facts.ts';
import type { Subject } from './subject.ts';

/** In bytes, of all configs together: they are held until all is told. */
const mostConfigs = 64 * 1024 * 1024;

const unread: ReadConfig = { facts: {}, platform: undefined, diffIds: [], createdBy: [] };

/** Reads images with their configs, up to a limit that all of them share. */
export class ImageReader {
  readonly #subject: Subject;
  #left = mostConfigs;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** An image with a manifest, which indexes offer for these platforms. */
  async read(
    { descriptor, platforms }: { readonly descriptor: Descriptor; readonly platforms: readonly Platform[] },
    { config, layers, annotations }: Manifest,
  ): Promise<FoundImage> {
    const { said, problem = this.#countProblem(config, said, layers.length) } =
      await this.#readConfig(config);
    const [platform, ...alsoFor] = uniqueOf(platforms.length > 0 ? platforms : [said.platform ?? []].flat());
    const name = nameOf(descriptor);
    return {
      platform,
      alsoFor,
      ...(name && { name }),
      manifest: descriptor,
      ...(annotations && { annotations }),
      config,
      facts: said.facts,
      layers: layers.map((layer, index) => ({
        descriptor: layer,
        open: this.#open(layer),
        ...toldOf(said, index),
      })),
      ...(problem && { problem }),
    };
  }

  /** No client unpacks an image whose config lists others than its layers (image-spec 1.1, config.md, "rootfs"). */
  #countProblem(config: Descriptor, { diffIds }: ReadConfig, count: number): string | undefined {
    const isImages =
      config.mediaType === mediaTypes.oci.config || config.mediaType === mediaTypes.docker.config;
    if (!isImages || diffIds.length === count) return undefined;
    const counts = `${formatCount(diffIds.length, 'diffID')}, its manifest ${formatCount(count, 'layer')}`;
    return `${this.#subject.origin} (config ${config.digest}) is damaged: it has ${counts}`;
  }

  /** An image of a docker archive. */
  async readLoose({ name, platform, config, layers }: ImageWithoutManifest): Promise<FoundImage> {
    const said = readConfig(await readDocument(config, this.#subject.origin), this.#subject.origin);
    const { none } = mediaTypes.oci.layer;
    return {
      platform,
      alsoFor: [],
      ...(name && { name }),
      config: config.descriptor,
      facts: said.facts,
      layers: layers.map(({ diffId, size, open, compressed }, index) => ({
        descriptor: compressed?.descriptor ?? { mediaType: none, digest: diffId, size },
        open: compressed?.open ?? open,
        ...toldOf(said, index),
      })),
    };
  }

  #open(descriptor: Descriptor): Open {
    const { origin, find } = this.#subject;
    return openLater(async () => {
      const open = await find(descriptor);
      if (open) return open();
      throw new AlbaError(
        'source',
        `${origin} is incomplete: ${descriptor.digest} is not in it; build or copy it again`,
      );
    });
  }

  async #readConfig(config: Descriptor): Promise<{ readonly said: ReadConfig; readonly problem?: string }> {
    const { origin } = this.#subject;
    const where = `${origin} (config ${config.digest})`;
    this.#left -= config.size;
    if (this.#left < 0) {
      return {
        said: unread,
        problem: `${where} is not read: all configs have more than ${mostConfigs} bytes`,
      };
    }
    try {
      const bytes = await readDocument({ descriptor: config, open: this.#open(config) }, where);
      return { said: readConfig(bytes, where) };
    } catch (failure) {
      if (!(failure instanceof AlbaError) || failure.code === 'auth') throw failure;
      return { said: unread, problem: messageOf(failure) };
    }
  }
}

function uniqueOf(platforms: readonly Platform[]): Iterable<Platform> {
  return new Map(platforms.map((platform) => [formatPlatform(platform), platform])).values();
}

function toldOf({ diffIds, createdBy }: ReadConfig, index: number): Pick<SeenLayer, 'diffId' | 'createdBy'> {
  const [diffId, made] = [diffIds[index], createdBy[index]];
  return { ...(diffId && { diffId }), ...(made && { createdBy: made }) };
}
