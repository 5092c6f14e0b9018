import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { trusting } from '../network/certificates.ts';
import { proxyFor } from '../network/proxy.ts';
import type { StorageOptions } from './options.ts';
import type { S3Location } from './s3-location.ts';
import { TunnelAgent } from './tunnel.ts';

/** In ms. */
const connectTimeout = 15_000;
/** In ms, without a byte either way; a server that copies a large object is silent for a while. */
const idleTimeout = 120_000;

/**
 * A client for the bucket's server. Sockets are not limited: the time that a request waits for one would count as the
 * time to connect. It tries everything once: who calls repeats, and tells of it.
 */
export function createClient(location: S3Location, options: StorageOptions): S3Client {
  const { region, profile, endpoint, accelerate, dualstack, fips } = location;
  return new S3Client({
    ...(region && { region }),
    ...(profile && { profile }),
    ...(endpoint && { endpoint }),
    ...(accelerate && { useAccelerateEndpoint: true }),
    ...(dualstack && { useDualstackEndpoint: true }),
    ...(fips && { useFipsEndpoint: true }),
    ...(location.anonymous && unsigned),
    forcePathStyle: location.pathStyle,
    // Garage before 1.1 and others refuse the checksums that newer SDKs add.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    logger: silent,
    requestHandler: {
      connectionTimeout: connectTimeout,
      socketTimeout: idleTimeout,
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: createHttpsAgent(endpoint, options),
    },
  });
}

/** Without one, the SDK writes its warnings to standard error itself. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Sends requests as they are, for what everybody may read or write. */
const unsigned: S3ClientConfig = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
};

function createHttpsAgent(endpoint: string | undefined, { ca, proxies }: StorageOptions): HttpsAgent {
  const trust = { keepAlive: true, ...trusting(ca) };
  const url = new URL(endpoint ?? 'https://amazonaws.com');
  const proxy = url.protocol === 'https:' ? proxyFor(url, proxies ?? {}) : undefined;
  return proxy ? new TunnelAgent(proxy, trust) : new HttpsAgent(trust);
}
