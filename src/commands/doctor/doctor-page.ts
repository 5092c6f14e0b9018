import { alignedRows } from '../../progress/columns.ts';
import { printable } from '../../progress/format.ts';
import type { Summary } from '../summary.ts';
import type { DoctorResult } from './doctor-result.ts';

/** A table for each target, with the remedy below each no. */
export function doctorLines({ targets }: DoctorResult): string[] {
  return targets.flatMap(({ url, findings }, at) => {
    const rows = alignedRows(
      findings.map(({ outcome, capability, detail }) => ['', outcome, capability, printable(detail)]),
    );
    return [
      ...(at > 0 ? [''] : []),
      url,
      ...rows.flatMap((row, index) => {
        const remedy = findings[index]?.remedy;
        return remedy === undefined ? [row] : [row, `           -> ${printable(remedy)}`];
      }),
    ];
  });
}

/** The page of a run of a workflow. */
export function doctorSummary({ targets }: DoctorResult): Summary {
  return {
    title: 'What targets can do',
    blocks: targets.flatMap(({ url, findings }) => [
      { paragraph: [{ code: url }] },
      {
        header: ['Can it', '', 'Seen', 'What to do'],
        rows: findings.map(({ capability, outcome, detail, remedy = '' }) => [
          capability,
          outcome,
          detail,
          remedy,
        ]),
      },
    ]),
  };
}
