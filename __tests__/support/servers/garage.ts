import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answers, type Daemon, freePort, makeDirectory, retryTakenPort, startDaemon } from '../daemon.ts';
import { run } from '../run.ts';
import type { S3Access } from './s3.ts';

export interface Garage extends Daemon, S3Access {
  /** A bucket that is there from the start and whose website is `web`. */
  readonly bucket: string;
  readonly web: {
    /** `localhost:40123`: what references of its container images begin with. */
    readonly host: string;
    readonly url: string;
  };
  /** Another bucket with a website, which answers at `web` to the Host header `<name>.web.test`. */
  createBucket(name: string): Promise<void>;
}

/**
 * One Garage node: S3, and websites that plain clients read. A website is found by the Host header:
 * the bucket has the alias `localhost`, a name that every client can look up.
 */
export function startGarage(bucket = 'alba'): Promise<Garage> {
  return retryTakenPort(async () => {
    const directory = makeDirectory('garage');
    const [s3Port, webPort, rpcPort] = await Promise.all([freePort(), freePort(), freePort()]);
    const access: S3Access = {
      endpoint: `http://127.0.0.1:${s3Port}`,
      region: 'garage',
      accessKeyId: `GK${randomBytes(12).toString('hex')}`,
      secretAccessKey: randomBytes(32).toString('hex'),
    };
    const config = join(directory, 'garage.toml');
    await writeFile(
      config,
      `metadata_dir = "${directory}/meta"
data_dir = "${directory}/data"
db_engine = "lmdb"
replication_factor = 1
rpc_bind_addr = "127.0.0.1:${rpcPort}"
rpc_public_addr = "127.0.0.1:${rpcPort}"
rpc_secret = "${randomBytes(32).toString('hex')}"

[s3_api]
s3_region = "${access.region}"
api_bind_addr = "127.0.0.1:${s3Port}"

[s3_web]
bind_addr = "127.0.0.1:${webPort}"
root_domain = ".web.test"
index = "index.html"
`,
    );
    const daemon = await startDaemon({
      tool: 'garage',
      directory,
      args: ['--config', config, 'server', '--single-node', '--default-access-key', '--default-bucket'],
      env: {
        GARAGE_DEFAULT_ACCESS_KEY: access.accessKeyId,
        GARAGE_DEFAULT_SECRET_KEY: access.secretAccessKey,
        GARAGE_DEFAULT_BUCKET: bucket,
        RUST_LOG: 'garage=info',
      },
      // Told to end in peace it takes four seconds.
      stopSignal: 'SIGKILL',
      ready: async () => (await answers(access.endpoint)) && answers(`http://127.0.0.1:${webPort}`),
    });
    const garage = (...args: string[]) => run('garage', ['--config', config, ...args]);
    const allowWebsite = (name: string) => garage('bucket', 'website', '--allow', name);
    await garage('bucket', 'alias', bucket, 'localhost');
    await allowWebsite(bucket);
    const host = `localhost:${webPort}`;
    return {
      ...daemon,
      ...access,
      bucket,
      web: { host, url: `http://${host}` },
      createBucket: async (name: string) => {
        await garage('bucket', 'create', name);
        const rights = ['--read', '--write', '--owner', '--key', access.accessKeyId];
        await garage('bucket', 'allow', ...rights, name);
        await allowWebsite(name);
      },
    };
  });
}
