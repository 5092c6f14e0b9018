import { tmpdir } from 'node:os';
import {
  type ContainerPushInput,
  type ContainerPushRequest,
  parseContainerPush,
} from '../../../src/commands/container/push-request.ts';

/** A request as a door would make it, in one thread and without a cache; what is not given is as by default. */
export function requestOf(
  input: Pick<ContainerPushInput, 'artifacts' | 'targets'> & Partial<ContainerPushInput>,
  directory: string,
): Promise<ContainerPushRequest> {
  return parseContainerPush(
    {
      tags: [],
      platforms: [],
      format: 'oci',
      compression: 'gzip',
      compressionLevel: '',
      concurrency: '4',
      dryRun: 'false',
      cacheFrom: [],
      floating: 'false',
      immutable: 'false',
      annotations: [],
      labels: [],
      ...input,
    },
    async () => ({
      connection: { dockerConfig: '', proxies: {}, directory },
      directory,
      temporaryDirectory: tmpdir(),
      parallelism: 2,
      threads: undefined,
      store: undefined,
      now: new Date(0),
      run: undefined,
      annotations: [],
    }),
  );
}
