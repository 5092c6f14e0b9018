import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { trusting } from '../network/certificates.ts';
import type { StorageOptions } from './options.ts';
import { S3Handler } from './s3-handler.ts';
import type { S3Location } from './s3-location.ts';

/**
 * A client for the bucket's server. It tries everything once: who calls repeats, and tells of it.
 */
export function createClient(
  location: S3Location,
  { certificates, proxies = {}, timeouts = {} }: StorageOptions,
): S3Client {
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
    // It would cost each large object a round trip before its first byte.
    expectContinueHeader: false,
    maxAttempts: 1,
    logger: silent,
    requestHandler: new S3Handler(proxies, () => trusting(certificates), timeouts),
  });
}

/** Without one, the SDK writes its warnings to standard error itself. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Sends requests as they are, for what everybody may read or write. */
const unsigned: S3ClientConfig = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
};
