import type { Image } from '../content/content.ts';
import type { Digest } from '../oci/digest.ts';
import type { WantedPlatforms } from './choose-platforms.ts';

/** Something that can be pulled. Disposed of it lets go what it is read from. */
export interface PullSource extends AsyncDisposable {
  /** For messages. */
  readonly origin: string;
  /** What a tag names, or what was asked for by it: known before anything is read. Undefined for an archive or a layout. */
  readonly digest?: Digest;
  /** `app:1.0`, where it is known what it is called. */
  readonly name?: string;
  /** The images for these platforms; a source error that names those that there are, where one is missing. */
  images(wanted: WantedPlatforms): Promise<readonly Image[]>;
}

/** What an image is known by: its manifest, or where it has none its config. */
export function digestOfImage(image: Image): Digest {
  return image.kind === 'with-manifest' ? image.manifest.descriptor.digest : image.config.descriptor.digest;
}
