import { parseTag } from '../oci/reference.ts';

/** A path, and the tag behind the colon at its end, if there is one. */
export function splitTag(text: string): { readonly path: string; readonly tag?: string } {
  const colon = tagColon(text);
  return colon < 0 ? { path: text } : { path: text.slice(0, colon), tag: parseTag(text.slice(colon + 1)) };
}

/** A colon begins a tag only when no slash follows it, so that `oci:C:\dir` is a path; -1 where none does. */
export function tagColon(text: string): number {
  const colon = text.lastIndexOf(':');
  return colon > 0 && !/[/\\]/.test(text.slice(colon)) ? colon : -1;
}
