import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import {
  type Daemon,
  type DaemonOptions,
  freePort,
  makeDirectory,
  retryTakenPort,
  startDaemon,
} from '../daemon.ts';

/** What a client of a bucket has to know. */
export interface S3Access {
  /** `http://127.0.0.1:40123`; buckets are named in the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Server extends Daemon, S3Access {
  createBucket(name: string): Promise<void>;
}

/** The environment by which AWS's credential chain finds this access. */
export function s3Environment(access: S3Access): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
    AWS_REGION: access.region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The target URL, in Go CDK's words, of a bucket there. */
export function s3Url(access: S3Access, bucket: string, prefix = ''): string {
  const parameters = new URLSearchParams({
    endpoint: access.endpoint,
    region: access.region,
    s3ForcePathStyle: 'true',
  });
  return `s3://${bucket}${prefix && `/${prefix}`}?${parameters}`;
}

/** A client as tests use it, to look at what was written or to write by hand. */
export function s3Client(access: S3Access): S3Client {
  return new S3Client({
    endpoint: access.endpoint,
    region: access.region,
    credentials: access,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  });
}

/**
 * versitygw over a folder: it checks signatures and conditions, and pages its lists.
 * It cannot hold a key that is also a prefix.
 */
export function startS3(): Promise<S3Server> {
  return startServer('versitygw', (access, content) => ({
    args: [
      '--port',
      new URL(access.endpoint).host,
      '--region',
      access.region,
      '--keep-alive',
      'posix',
      content,
    ],
    env: { ROOT_ACCESS_KEY: access.accessKeyId, ROOT_SECRET_KEY: access.secretAccessKey },
  }));
}

/** MinIO over a folder, with what is its own: a key that is also a prefix hides what is below it from lists. */
export function startMinio(): Promise<S3Server> {
  return startServer('minio', (access, content) => ({
    args: ['server', '--quiet', '--address', new URL(access.endpoint).host, content],
    env: {
      MINIO_ROOT_USER: access.accessKeyId,
      MINIO_ROOT_PASSWORD: access.secretAccessKey,
      MINIO_REGION: access.region,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
    },
  }));
}

function startServer(
  tool: string,
  command: (access: S3Access, content: string) => Pick<DaemonOptions<true>, 'args' | 'env'>,
): Promise<S3Server> {
  return retryTakenPort(async () => {
    const directory = makeDirectory(tool);
    const content = join(directory, 'content');
    await mkdir(content);
    const access: S3Access = {
      endpoint: `http://127.0.0.1:${await freePort()}`,
      region: 'us-east-1',
      accessKeyId: `alba${randomBytes(8).toString('hex')}`,
      secretAccessKey: randomBytes(20).toString('hex'),
    };
    const daemon = await startDaemon({
      tool,
      directory,
      ...command(access, content),
      ready: () => accepts(access),
    });
    return { ...daemon, ...access, createBucket: (name: string) => createBucket(access, name) };
  });
}

/** Whether the server takes signed requests by now; MinIO listens before it does. */
async function accepts(access: S3Access): Promise<true> {
  const client = s3Client(access);
  try {
    await client.send(new ListBucketsCommand(), { abortSignal: AbortSignal.timeout(2_000) });
    return true;
  } finally {
    client.destroy();
  }
}

async function createBucket(access: S3Access, name: string): Promise<void> {
  const client = s3Client(access);
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } finally {
    client.destroy();
  }
}
