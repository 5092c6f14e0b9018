import { expect, it } from 'vitest';
import { commonPlatforms, platformOutputs } from '../../../src/commands/container/platform-outputs.ts';
import { parsePlatform } from '../../../src/oci/platform.ts';

it.each([
  [['linux/amd64'], [['linux-amd64']]],
  [['linux/amd64/v1'], [['linux-amd64', 'linux-amd64-v1']]],
  [['linux/arm64/v8'], [['linux-arm64', 'linux-arm64-v8']]],
  [['linux/arm'], [['linux-arm-v7', 'linux-arm']]],
  [
    ['linux/arm/v6', 'linux/arm'],
    [['linux-arm-v6'], ['linux-arm-v7', 'linux-arm']],
  ],
  [
    ['linux/amd64', 'linux/amd64/v3'],
    [['linux-amd64'], ['linux-amd64-v3']],
  ],
  [['windows(10.0.17763)/amd64'], [['windows-10.0.17763-amd64', 'windows-amd64']]],
  [
    ['windows(10.0.17763)/amd64', 'windows(10.0.20348)/amd64'],
    [['windows-10.0.17763-amd64', 'windows-amd64'], ['windows-10.0.20348-amd64']],
  ],
  [
    ['linux/amd64', 'linux/amd64/v1'],
    [['linux-amd64'], ['linux-amd64-v1']],
  ],
])('outputs of %j are called %j', (platforms, expected) => {
  expect(platformOutputs(platforms.map(parsePlatform))).toEqual(expected);
});

it('the outputs that action.yml declares are those of their platforms', () => {
  for (const [name, platform] of commonPlatforms) {
    expect(platformOutputs([parsePlatform(platform)])).toEqual([[name]]);
  }
});
