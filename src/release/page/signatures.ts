import type { Resource } from '../documents.ts';

/** A file, and what vouches for it. */
export interface SignedFile {
  readonly file: Resource;
  readonly signatures: readonly Resource[];
}

/** Of OpenPGP, of minisign and signify, of cosign: its signature, its certificate, its bundle. */
const endings = /\.(?:asc|sig|minisig|pem|crt|sigstore(?:\.json)?|bundle|cosign\.bundle|intoto\.jsonl)$/i;

/** The files, each with its signatures: those that are called as it is, and then so. A signature of nothing is a file. */
export function partSignatures(files: readonly Resource[]): readonly SignedFile[] {
  const paths = new Set(files.map(({ path }) => path));
  const signatures = new Map<string, Resource[]>();
  const plain = files.filter((file) => {
    const signed = file.path.replace(endings, '');
    if (signed === file.path || !paths.has(signed)) return true;
    signatures.set(signed, [...(signatures.get(signed) ?? []), file]);
    return false;
  });
  return plain.map((file) => ({ file, signatures: signatures.get(file.path) ?? [] }));
}
