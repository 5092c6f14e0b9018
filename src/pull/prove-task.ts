import type { FedTask } from '../concurrency/threads/feed.ts';
import { task } from '../concurrency/threads/task.ts';
import type { Digest } from '../oci/digest.ts';
import type { InflatingLayer } from './inflated-digest.ts';

/** Finding out what a layer inflates to, as a thread does it; undefined where this Node cannot. */
export const proveTask: FedTask<InflatingLayer, Digest | undefined> = task(
  'inflate a layer',
  async () => (await import('./prove-thread.ts')).inflateWaiting,
);
