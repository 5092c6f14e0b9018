/** A host as it is compared, out of `host[:port]` as a header or a person writes it; undefined where it is none. */
export function hostIn(text: string): string | undefined {
  if (!/^[^\s/\\@?#]+$/.test(text) || !URL.canParse(`http://${text}`)) return undefined;
  return new URL(`http://${text}`).hostname.replace(/\.$/, '') || undefined;
}
