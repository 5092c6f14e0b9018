import type { Store } from '../cache/store.ts';
import type { Annotations } from '../image/annotate.ts';
import type { Run } from '../oci/tag-rules.ts';
import type { Progress } from '../progress/progress.ts';
import type { OpenStandardInput } from '../source/standard-input.ts';
import type { DeclaredArtifact } from './declared-artifact.ts';
import type { KnownAnnotation } from './known-annotations.ts';

/** What a door has for a command besides its inputs: the machine it runs on, and whom it tells of its work. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly openStandardInput: OpenStandardInput;
  /** Gives standard output, which has nothing else then; throws a usage error where it is a log. */
  readonly openStandardOutput: () => NodeJS.WritableStream;
  /** Whether a person wrote all that is given: what a workflow gives, another job may have made. */
  readonly isTyped: boolean;
  /** Where relative paths begin. */
  readonly directory: string;
  readonly temporaryDirectory: string;
  /** How many cores there are. */
  readonly parallelism: number;
  /** The program that threads start with; undefined: all work is done in this one. */
  readonly threads: string | undefined;
  readonly now: Date;
  readonly progress: Progress;
  /** What a workflow runs for, to name the release where nobody does. */
  readonly workflowRun: Run | undefined;
  /** Annotations that the workflow knows the values of, by the ends of their keys; none outside a workflow. */
  workflowAnnotations(names: readonly KnownAnnotation[]): Promise<Annotations>;
  /** Where the knowledge of earlier runs with these targets is kept: in `folder` if there is a choice. */
  openStore(targets: readonly string[], folder: string | undefined): Promise<Store>;
  /** Tells the machine what was published, for proofs of its origin; a release that is out does not fail for it. */
  declare(artifacts: readonly DeclaredArtifact[]): Promise<void>;
  /** Calls back once, when a person or the machine asks for an end by this signal. */
  onStop(stop: (signal: NodeJS.Signals) => void): void;
}
