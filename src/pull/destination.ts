import * as v from 'valibot';

/** An entry of a tree as it was written, for a comparison that reads no content. */
export interface RecordedEntry {
  /** From the destination, with slashes. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970, as stat gives it. */
  readonly mtime: number;
  readonly inode: string;
}

/** What was asked for and what it came to; two pulls that have the same are the same pull. */
export const pulledSchema = v.object({
  digest: v.string(),
  platform: v.optional(v.string()),
  /** What else decides the tree: paths, layer, owners kept. */
  options: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())])),
});
export type Pulled = v.InferOutput<typeof pulledSchema>;

/** How a destination is filled. */
export interface DestinationOptions {
  /** Whether a folder that is not empty and that no pull wrote is taken. */
  readonly replace: boolean;
  /** Whether the destination is a symbolic link, swapped in one step. */
  readonly current: boolean;
}

/** What is to be said of a destination before anything is pulled. */
export type Standing =
  /** It is empty, or not there. */
  | { readonly kind: 'new' }
  /** What is asked for is there, and nothing of it differs. */
  | { readonly kind: 'same' }
  /** What is asked for is there, but these paths were changed, added or taken away. */
  | { readonly kind: 'changed'; readonly paths: readonly string[] }
  /** Something else is there, of an earlier pull, or of anybody where it may be replaced. */
  | { readonly kind: 'other'; readonly pulled?: Pulled };

/** A folder of this machine that a pull fills, in one step when all of it is there. */
export interface Destination extends AsyncDisposable {
  readonly path: string;
  compare(wanted: Pulled): Promise<Standing>;
  /** A fresh, empty folder on the same file system; removed unless it was taken. */
  stage(): Promise<string>;
  /** Lets the staged folder take the place of what was there, and records it. On a failure what was there stays. */
  take(pulled: Pulled): Promise<void>;
}
