import * as v from 'valibot';
import { parseJson } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';

const schema = v.looseObject({
  mediaType: v.exactOptional(v.string()),
  manifests: v.exactOptional(v.array(v.unknown())),
});

/** The media type of a manifest or index where no header tells it; OCI's may leave it out of the document. */
export function embeddedMediaType(bytes: Uint8Array, where: string): string {
  const { mediaType, manifests } = parseJson(schema, bytes, where);
  return mediaType ?? (manifests ? mediaTypes.oci.index : mediaTypes.oci.manifest);
}
