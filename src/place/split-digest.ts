import { AlbaError } from '../errors.ts';
import { type Digest, isDigest } from '../oci/digest.ts';

/** Takes `@sha256:…` off the end of a text. With a slash after it, it is a part of a path. */
export function splitDigest(text: string, where: string): { before: string; digest?: Digest } {
  const at = text.lastIndexOf('@sha256:');
  if (at < 0 || /[/\\]/.test(text.slice(at))) return { before: text };
  const digest = text.slice(at + 1);
  if (isDigest(digest)) return { before: text.slice(0, at), digest };
  throw new AlbaError(
    'usage',
    `${where}: "${digest}" is not a digest: expected sha256: and 64 hexadecimal digits`,
  );
}
