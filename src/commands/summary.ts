import { shortened } from '../oci/digest.ts';

/** A piece of text on the page of a run: plain, as code, or with a link. */
export type Cell = string | { readonly code: string } | { readonly text: string; readonly url: string };

/** A part of that page. */
export type SummaryBlock =
  | { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly list: readonly (readonly Cell[])[] }
  | { readonly paragraph: readonly Cell[] }
  /** Notes of a release, in Markdown. */
  | { readonly notes: string }
  /** A line to copy. */
  | { readonly command: string }
  /** Folded up under its title. */
  | { readonly title: string; readonly blocks: readonly SummaryBlock[] };

/** What a command's result looks like on the page of a workflow's run; texts are not escaped. */
export interface Summary {
  readonly title: string;
  /** What matters most comes first: where all of it is too long for the page, the last ones are left out. */
  readonly blocks: readonly SummaryBlock[];
}

/** A digest, shortened. */
export function shortDigest(digest: string): Cell {
  return { code: shortened(digest) };
}
