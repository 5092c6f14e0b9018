import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import { makeTemporaryFolder } from '../../content/temporary-folder.ts';
import { AlbaError } from '../../errors.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import { formatBytes, formatCount } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { DeliveryOptions } from '../../release/delivery.ts';
import { type Draft, draftRelease } from '../../release/draft.ts';
import { tagKey } from '../../release/keys.ts';
import { publishTag } from '../../release/publish.ts';
import { publishInstaller, refreshInstaller } from '../../release/publish-installer.ts';
import { publishPage, refreshPage } from '../../release/publish-page.ts';
import { type SentDraft, sendFiles } from '../../release/send.ts';
import { whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Reached, TargetState } from '../reached.ts';
import { usualConcurrency } from '../usual-concurrency.ts';
import { readStaticFiles } from './files.ts';
import type { StaticPushRequest } from './push-request.ts';
import type { StaticPushResult } from './push-result.ts';
import { readAbout } from './read-about.ts';
import { type Front, staticReachedBy, staticResultOf } from './report.ts';

/**
 * Plain files by platform become one tag on every target; none is tagged before all have all the files. `follow` is told
 * how to find out, where this fails, how far it had come.
 */
export async function staticPush(
  request: StaticPushRequest,
  progress: Progress,
  follow: (reached: () => Reached) => void = () => {},
): Promise<StaticPushResult> {
  const { targets, directory, dryRun } = request;
  await assertWritable(directoriesOf(targets, directory));
  const abort = new AbortController();
  const context = { progress, signal: abort.signal };
  const storages: Storage[] = [];
  await using temporary = makeTemporaryFolder(request.temporaryDirectory);
  try {
    progress.group('Read files');
    const files = await readStaticFiles(request, temporary.path, progress);

    const about = await readAbout(request, progress);

    progress.group('Compare with the targets');
    for (const target of targets) {
      storages.push(await target.openStorage(request.connection, context));
    }
    const compare = (storage: Storage): Promise<Draft> =>
      draftRelease(storage, request.release, files, progress, about);
    const drafts = await allOrAbort(storages.map(compare), abort);
    for (const draft of drafts) tellPlan(draft, request, progress);
    if (dryRun) {
      for (const storage of storages) await storage.assertTakes?.();
      return staticResultOf(request, drafts, bare);
    }

    progress.group('Publish');
    const stages = new Map<Draft, TargetState['stage']>();
    follow(() => staticReachedBy(request, drafts, stages));
    const { concurrency = usualConcurrency } = request;
    const published = await publish(drafts, { ...request, ...context, concurrency }, abort, stages);
    const fronts = published.map((draft) => bringFront(draft, request, progress));
    const [front = bare] = await allOrAbort(fronts, abort);
    return staticResultOf(request, published, front);
  } finally {
    await Promise.allSettled(storages.map((storage) => storage.close()));
  }
}

/** Sends the files everywhere, then the tags. Where that fails, it is told which tags may be gone until it succeeds. */
async function publish(
  drafts: readonly Draft[],
  options: DeliveryOptions,
  abort: AbortController,
  stages: Map<Draft, TargetState['stage']>,
): Promise<Draft[]> {
  const send = (draft: Draft): Promise<SentDraft> => {
    stages.set(draft, draft.isThere ? 'published' : draft.isReplacing ? 'unsure' : 'begun');
    return sendFiles(draft, options);
  };
  const tag = async (sent: SentDraft, draft: Draft | undefined): Promise<Draft> => {
    if (draft && !draft.isThere) stages.set(draft, 'unsure');
    const published = await publishTag(sent, options);
    if (draft) stages.set(draft, 'published');
    return published;
  };
  try {
    const sent = await allOrAbort(drafts.map(send), abort);
    return await allOrAbort(
      sent.map((draft, at) => tag(draft, drafts[at])),
      abort,
    );
  } catch (failure) {
    for (const draft of drafts) {
      const { storage, release, isReplacing } = draft;
      const isPublished = stages.get(draft) === 'published';
      if (!isPublished && !isReplacing) continue;
      const what = isPublished
        ? 'is published, whatever failed elsewhere'
        : 'was being replaced, and may be missing until it is published again';
      options.progress.warn(`${whereIs(storage, tagKey(release))} ${what}`);
    }
    throw failure;
  }
}

const bare: Front = { hasPage: false, installerUrl: undefined };

/** Brings the installer and the page up to date, which would else tell of an older release as the latest. */
async function bringFront(
  { storage, release: { name } }: Draft,
  { page, installer, publicUrl }: StaticPushRequest,
  progress: Progress,
): Promise<Front> {
  const installerUrl =
    installer && publicUrl
      ? await publishInstaller(storage, name, publicUrl, progress)
      : await refreshInstaller(storage, name, progress);
  if (!page) return { hasPage: await refreshPage(storage, name, progress), installerUrl };
  await publishPage(storage, name, publicUrl, progress);
  return { hasPage: true, installerUrl };
}

const doing = { pushed: 'to send', copied: 'to copy from other releases', skipped: 'there already' };

/** Fails where an immutable tag holds other files; elsewhere tells that they are replaced, and what is to be done. */
function tellPlan(
  { storage, release, steps, isReplacing }: Draft,
  { dryRun, immutable }: StaticPushRequest,
  progress: Progress,
): void {
  const key = tagKey(release);
  if (isReplacing && immutable) {
    throw new AlbaError(
      'target',
      `${whereIs(storage, key)} has other files and, as "immutable" asks, stays so: give this release another tag`,
    );
  }
  if (isReplacing) {
    progress.line(
      `${storage.url}: ${key} is there with other files: ${dryRun ? 'would be replaced' : 'replaced'}`,
    );
  }
  const parts = (['pushed', 'copied', 'skipped'] as const).flatMap((fate) => {
    const found = steps.filter((step) => step.fate === fate);
    const size = sum(found.map(({ file }) => file.size));
    return found.length > 0
      ? `${formatCount(found.length, 'file')} (${formatBytes(size)}) ${doing[fate]}`
      : [];
  });
  progress.line(`${storage.url}: ${parts.join(', ')}`);
  if (!dryRun) return;
  for (const { file, key, fate } of steps) progress.line(`${file.origin} -> ${key}: ${doing[fate]}`);
}
