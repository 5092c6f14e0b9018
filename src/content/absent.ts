import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Blob } from './content.ts';

/** A blob that is used as it is at the targets: its bytes are not here. */
export function absent(descriptor: Descriptor): Blob {
  return { descriptor, open: gone(descriptor) };
}

/** Opens what is not here. */
export function gone({ digest }: Pick<Descriptor, 'digest'>): Blob['open'] {
  return () => {
    throw new AlbaError('target', `${digest} was there a moment ago and is no longer: run this once more`);
  };
}
