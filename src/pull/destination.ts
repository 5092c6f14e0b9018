import * as v from 'valibot';
import type { Progress } from '../progress/progress.ts';

/** What was asked for and what it came to; two pulls that have the same are the same pull. */
export const pulledSchema = v.object({
  /** Of what was pulled: an index, a manifest, a layer, an archive. */
  digest: v.string(),
  platform: v.optional(v.string()),
  /** What else decides the tree: paths, layer, owners kept. */
  options: v.optional(
    v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())])),
    {},
  ),
  /** What is told of it again by a pull that finds it unchanged; no part of what was asked for. */
  told: v.optional(
    v.object({
      /** Of the image that it was, where `digest` is that of an index. */
      image: v.string(),
      files: v.number(),
      /** In bytes: of the files. */
      size: v.number(),
      /** In bytes: of the layers, as they are stored. */
      layers: v.number(),
    }),
  ),
});
export type Pulled = v.InferOutput<typeof pulledSchema>;

/** How a destination is filled. */
export interface DestinationOptions {
  /** Whether a folder is taken that is not empty and that no pull wrote. */
  readonly replace: boolean;
  /** Whether the destination is a symbolic link, swapped in one step. */
  readonly current: boolean;
  /** The working directory: relative paths begin there, and it is not renamed under anybody's feet. Absolute. */
  readonly directory: string;
  /** What the pull itself reads, its source and its store, as absolute paths: no folder is replaced that holds one. */
  readonly needed?: readonly string[];
  readonly progress: Pick<Progress, 'line' | 'warn' | 'debug'>;
  /** Whether nothing at all is written, not even that what is there is on the disk by now. */
  readonly dryRun?: boolean;
  /** How long another pull into the same destination is waited for, in ms; ten minutes if not given. */
  readonly patience?: number;
}

/** What is to be said of a destination before anything is pulled. */
export type Standing =
  /** It is empty, or not there. */
  | { readonly kind: 'new' }
  /** What is asked for is there, and nothing of it differs. */
  | { readonly kind: 'same'; readonly pulled: Pulled }
  /** What is asked for is there, but these paths were changed, added or taken away: sorted, from the destination. */
  | { readonly kind: 'changed'; readonly paths: readonly string[] }
  /** Something else is there: of an earlier pull, with what was changed in it since; or of anybody, if it may be replaced. */
  | { readonly kind: 'other'; readonly pulled?: Pulled; readonly paths: readonly string[] };

/** What is at a destination, for somebody who writes nothing. */
export interface SeenDestination {
  /** Absolute. */
  readonly path: string;
  compare(wanted: Pulled): Promise<Standing>;
}

/** A folder of this machine that a pull fills, in one step when all of it is there. It is locked until it is disposed of. */
export interface DestinationFolder extends SeenDestination, AsyncDisposable {
  /** A fresh, empty folder on the same file system, for the tree; removed unless it is taken. One at a time. */
  stage(): Promise<string>;
  /** Another one, for whatever is wanted until the destination is disposed of, such as layers taken apart. */
  scratch(): Promise<string>;
  /**
   * Lets the staged folder take the place of what was there, and records it. On a failure, an AlbaError, what was there stays.
   * Afterwards there may be another stage.
   */
  take(pulled: Pulled): Promise<void>;
}
