import type { DestinationState } from '../publish/destination-state.ts';

/** How far a push had come at one target when it failed. */
export interface TargetState extends Omit<DestinationState, 'pushedBytes'> {
  /** In bytes: what was sent, if that is known. */
  readonly pushedBytes?: number;
}

/** What a command that failed has come to. */
export interface Reached {
  readonly targets: readonly TargetState[];
  /** Outputs that tell of what is published; none where nothing is. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Before anything was sent. */
export const nothingReached: Reached = { targets: [], outputs: {} };
