import { encodeName } from '../../content/tar/tar-name.ts';
import type { NameRules } from './name-rules.ts';

/** In bytes; UTF-16 units on Windows. */
const longestName = 255;

/** What Windows means something else by (Microsoft, "Naming Files, Paths, and Namespaces"); with any ending. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;
const signs = '<>:"|?*\\';

/** Why a name cannot be one in a place, as the end of a sentence; undefined where it can. */
export function impossibleName(name: string, rules: NameRules): string | undefined {
  if (name.includes('\0')) return 'has a NUL in its name';
  if (rules.isText && /\p{Surrogate}/u.test(name))
    return 'has a name that is not UTF-8, and this file system takes no other';
  if ((rules.windows ? name.length : lengthOf(name)) > longestName)
    return `has a name of more than ${longestName} bytes`;
  if (!rules.windows) return undefined;
  const sign = [...name].find((sign) => signs.includes(sign) || sign < ' ');
  if (sign !== undefined) return `has ${JSON.stringify(sign)} in its name, which Windows does not take`;
  if (/[. ]$/.test(name)) return 'has a name that ends in a dot or a blank, which Windows leaves out';
  return reserved.test(name) ? 'has a name that Windows keeps for a device' : undefined;
}

/** Two names in one folder are one to the place where these are the same. */
export function sameName(name: string, { ignoresCase, normalizes }: NameRules): string {
  const composed = normalizes || ignoresCase ? name.normalize('NFC') : name;
  // Upper case first: some letters have one of it in common that they have not of the other.
  return ignoresCase ? composed.toUpperCase().toLowerCase() : composed;
}

function lengthOf(name: string): number {
  return name.length * 3 <= longestName ? name.length : Buffer.byteLength(encodeName(name));
}
