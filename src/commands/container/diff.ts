import { diffContent } from '../../inspect/diff/diff-content.ts';
import { LayerReader } from '../../inspect/diff/layer-reader.ts';
import { findContent } from '../../inspect/find-content.ts';
import { type NamedSubject, openSubject, type SubjectContext } from '../../inspect/subject.ts';
import type { Platform } from '../../oci/platform.ts';
import { diffReport } from './diff-report.ts';
import type { ContainerDiffResult } from './diff-result.ts';

/** What is compared, and how far. */
export interface ContainerDiffRequest {
  readonly before: NamedSubject;
  readonly after: NamedSubject;
  /** All of both, if none is named. */
  readonly platforms: readonly Platform[];
  /** Whether layers are not read, and files not told of. */
  readonly layersOnly: boolean;
  /** Told in the result, for who fails then. */
  readonly failsOnDifference: boolean;
}

/** Tells how two subjects differ. */
export async function containerDiff(
  { before, after, platforms, layersOnly, failsOnDifference }: ContainerDiffRequest,
  context: SubjectContext,
): Promise<ContainerDiffResult> {
  const reader = new LayerReader(context.progress);
  const first = await openSubject(before, context);
  try {
    const second = await openSubject(after, context);
    try {
      const [old, young] = [
        { origin: first.origin, content: await findContent(first, platforms) },
        { origin: second.origin, content: await findContent(second, platforms) },
      ];
      const diffs = await diffContent(old, young, layersOnly ? undefined : reader);
      const problems = [old, young].flatMap(({ content }) =>
        content.images.flatMap(({ problem }) => problem ?? []),
      );
      const compared = { before: first.origin, after: second.origin, problems, failsOnDifference };
      return diffReport(diffs, { ...compared, readBytes: reader.bytes });
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}
