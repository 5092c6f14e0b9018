/** What a referrer is, as far as its types tell. */
export type ReferrerKind = 'signature' | 'attestation' | 'sbom' | 'other';

const isSbom = /sbom|spdx|cyclonedx|syft/i;
const isSignature = /cosign\/sign\b|notary|signature|simplesigning|cosign\.[\w.]*sig\b|pgp|\.sig\b/i;
const isAttestation = /in-toto|attest|dsse|provenance|slsa|openvex|\bvuln/i;

/**
 * The kind that types tell: those of the artifact, its media type, its predicates. A bundle of sigstore says in an annotation
 * what is in it (cosign, specs/BUNDLE_SPEC.md).
 */
export function referrerKind(
  types: readonly string[],
  annotations: Readonly<Record<string, string>> = {},
): ReferrerKind {
  const predicate =
    annotations['dev.sigstore.bundle.predicateType'] ?? annotations['in-toto.io/predicate-type'];
  const said = [predicate ?? [], types].flat();
  if (annotations['dev.sigstore.bundle.content'] === 'message-signature') return 'signature';
  if (said.some((type) => isSignature.test(type))) return 'signature';
  if (said.some((type) => isSbom.test(type)) && said.every((type) => !/provenance/i.test(type)))
    return 'sbom';
  if (annotations['dev.sigstore.bundle.content'] === 'dsse-envelope') return 'attestation';
  return said.some((type) => isAttestation.test(type)) ? 'attestation' : 'other';
}
