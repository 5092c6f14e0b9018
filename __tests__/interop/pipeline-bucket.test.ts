import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { craneValidate, pullWithRegctl, pullWithSkopeo } from '../support/clients.ts';
import { type S3Server, s3Client, s3Environment, s3Url, startMinio } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { makeBuilds, matrix, step } from './pipeline.ts';

const temporary = useTemporary();

// What docs/registries.md tells to do: everybody may read, and a proxy has the bucket as its root.
describeWith(['minio', 'skopeo', 'crane', 'regctl'], 'a bucket of MinIO behind a proxy', () => {
  let minio: S3Server;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  const platform = matrix['linux-arm64'] ?? expect.fail();

  beforeAll(async () => {
    minio = await startMinio();
    await minio.createBucket('registry');
    await letEverybodyRead(minio, 'registry');
    const builds = await makeBuilds(temporary.path);
    await step(
      {
        artifacts: [builds['linux-amd64'], builds['linux-arm64']].join('\n'),
        tag: 'org/app:1',
        target: s3Url(minio, 'registry'),
      },
      temporary.path,
      s3Environment(minio),
    );
    proxy = await startProxy(minio.endpoint, '/registry');
  });
  afterAll(async () => {
    await proxy?.stop();
    await minio?.stop();
  });

  it('answers as a registry does', async () => {
    const statusOf = async (path: string) => (await fetch(`http://${proxy.host}${path}`)).status;
    expect(await statusOf('/v2/')).toBe(200);
    expect(await statusOf('/v2/org/app/manifests/1')).toBe(200);
    expect(await statusOf('/v2/org/app/manifests/2')).toBe(404);
    expect(await statusOf(`/v2/org/app/referrers/sha256:${'0'.repeat(64)}`)).toBe(404);
  });

  it('is pulled from', async () => {
    const reference = `${proxy.host}/org/app:1`;
    await craneValidate(reference);
    for (const pull of [pullWithSkopeo, pullWithRegctl]) {
      expect((await pull(reference, platform)).diffIds).toHaveLength(3);
    }
  });
});

/** `mc anonymous set download`, without its right to list. */
async function letEverybodyRead(server: S3Server, bucket: string): Promise<void> {
  const client = s3Client(server);
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: ['*'] },
    Action: ['s3:GetObject'],
    Resource: [`arn:aws:s3:::${bucket}/*`],
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  client.destroy();
}

/** A reverse proxy as nginx would be: `location / { proxy_pass <url><prefix>/; }`. */
async function startProxy(url: string, prefix: string): Promise<{ host: string; stop(): Promise<void> }> {
  const { hostname, port, host } = new URL(url);
  const server = createServer((incoming, response) => {
    const { method, headers } = incoming;
    const path = `${prefix}${incoming.url}`;
    const onward = request({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
