/** Writes one docker archive a platform into a folder; returns their paths. */
export function makeArtifacts(folder: string): string[];
