import { cleanOnStop } from '../concurrency/stop.ts';
import { AlbaError } from '../errors.ts';

/** Pulls until somebody asks for an end: then what is under way is aborted, and waited for. */
export async function untilStopped<T>(pull: (abort: AbortController) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const work = pull(abort);
  using _ = cleanOnStop(async () => {
    abort.abort(new AlbaError('usage', 'the pull was ended'));
    await work.catch(() => {});
  });
  return await work;
}
