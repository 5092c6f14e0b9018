/** A piece of text on the page of a run: plain, as code, or with a link. */
export type Cell = string | { readonly code: string } | { readonly text: string; readonly url: string };

/** A part of that page. */
export type SummaryBlock =
  | { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly list: readonly Cell[] }
  | { readonly paragraph: readonly Cell[] };

/** What a command's result looks like on the page of a workflow's run; texts are not escaped. */
export interface Summary {
  readonly title: string;
  readonly blocks: readonly SummaryBlock[];
}
