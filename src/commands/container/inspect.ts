import { findContent } from '../../inspect/find-content.ts';
import { findReferrers } from '../../inspect/find-referrers.ts';
import { type NamedSubject, openSubject, type SubjectContext } from '../../inspect/subject.ts';
import type { Platform } from '../../oci/platform.ts';
import { inspectReport } from './inspect-report.ts';
import type { ContainerInspectResult } from './inspect-result.ts';

/** Tells what a subject holds, of these platforms if any are named; no layer of a repository or a layout is read for that. */
export async function containerInspect(
  named: NamedSubject,
  platforms: readonly Platform[],
  context: SubjectContext,
): Promise<ContainerInspectResult> {
  const subject = await openSubject(named, context);
  try {
    const content = await findContent(subject, platforms);
    return inspectReport(subject, content, await findReferrers(subject, content));
  } finally {
    await subject.close();
  }
}
