import type { Descriptor } from './descriptor.ts';

/** Whether a manifest describes another one beside it in its index (BuildKit, docs/attestations/attestation-storage.md). */
export function isAttestation({ annotations }: Descriptor): boolean {
  return annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}

/** The digest of the manifest that an attestation describes, as it was written there. */
export function attestedBy({ annotations }: Descriptor): string | undefined {
  return annotations?.['vnd.docker.reference.digest'];
}
