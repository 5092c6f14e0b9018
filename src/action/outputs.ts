import * as core from '@actions/core';

/** Outputs by the names that action.yml gives them. */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}
