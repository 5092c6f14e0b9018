import type { Digest } from '../oci/digest.ts';

/** What a push published, as a proof of its origin names it: an image by its digest, or a file whose bytes are told. */
export type DeclaredArtifact =
  | {
      /** `ghcr.io/org/app`, without a tag. */
      readonly name: string;
      readonly digest: Digest;
    }
  | {
      /** Without a folder; of letters, digits, `.`, `_` and `-`, no longer than file systems take. */
      readonly fileName: string;
      readonly content: Uint8Array;
    };
