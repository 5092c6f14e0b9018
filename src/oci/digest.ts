import { hash } from 'node:crypto';

/** A digest as the image spec writes it; sha256 is the only algorithm in use. */
export type Digest = `sha256:${string}`;

const pattern = /^sha256:[0-9a-f]{64}$/;

/** Whether a text is a well-formed sha256 digest. */
export function isDigest(text: string): text is Digest {
  return pattern.test(text);
}

/** The digest of bytes in memory. */
export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}

/** The first twelve digits of a digest, as docker shows them; a text that is none stays. */
export function shortened(digest: string): string {
  return digest.replace(/^sha256:([0-9a-f]{12})[0-9a-f]*$/, '$1');
}

/** The hexadecimal part of a digest, as file names and keys use it. */
export function hexOf(digest: Digest): string {
  return digest.slice('sha256:'.length);
}
