import { answers, type Daemon, freePort, makeDirectory, retryTakenPort, startDaemon } from '../daemon.ts';

export interface Olareg extends Daemon {
  /** `127.0.0.1:40123`, as references begin. */
  readonly host: string;
}

/** A registry with the referrers API, which those of the distribution project do not have. */
export function startOlareg(): Promise<Olareg> {
  return retryTakenPort(async () => {
    const port = await freePort();
    const host = `127.0.0.1:${port}`;
    const daemon = await startDaemon({
      tool: 'olareg',
      directory: makeDirectory('olareg'),
      args: ['serve', '--addr', '127.0.0.1', '--port', `${port}`, '--store-type', 'mem', '--api-delete'],
      ready: () => answers(`http://${host}/v2/`),
    });
    return { ...daemon, host };
  });
}
