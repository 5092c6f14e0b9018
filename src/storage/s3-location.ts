/** A bucket and how to reach it; what is undefined is left to AWS's own configuration and defaults. */
export interface S3Location {
  /** `s3://bucket/prefix`: what was asked for without its parameters, for messages. */
  readonly url: string;
  readonly bucket: string;
  /** Put before every key as it is: `folder/` comes from a path, `raw-` from `?prefix=`. */
  readonly prefix: string;
  readonly region: string | undefined;
  /** With its scheme. */
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly anonymous: boolean;
  readonly pathStyle: boolean;
  readonly accelerate: boolean;
  readonly dualstack: boolean;
  readonly fips: boolean;
  readonly encryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse' | undefined;
  readonly encryptionKey: string | undefined;
}
