// What the simulator prints: a line a step, the first failure in plain words, a summary.
import type { StepReport } from './run-cycle.ts'

const titleWidth = 36

/** One line, and a second one when something failed. */
export function stepText(report: StepReport): string {
  const mark = report.failed === 0 ? 'ok  ' : 'FAIL'
  const requests = `${String(report.count).padStart(6)} ${report.count === 1 ? 'request ' : 'requests'}`
  const failed = report.failed === 0 ? ''.padEnd(14) : `${String(report.failed)} failed`.padEnd(14)
  const line = `  ${mark}  ${report.title.padEnd(titleWidth)}${requests}   ${failed}median ${report.medianMs.toFixed(1)} ms`
  return report.firstFailure === null ? line : `${line}\n        first failure: ${report.firstFailure}`
}

/** The last line. */
export function summaryText(reports: readonly StepReport[], run: { seconds: number; waits: number }): string {
  const requests = reports.reduce((sum, report) => sum + report.count, 0)
  const failed = reports.filter(report => report.failed > 0)
  const waits =
    run.waits === 0 ? '' : ` The server asked to wait ${String(run.waits)} times, which is normal.`
  const outcome =
    failed.length === 0
      ? 'Everything an identity provider needs works.'
      : `Failed: ${failed.map(report => report.title).join(', ')}.`
  return `${String(requests)} requests in ${run.seconds.toFixed(1)} s.${waits} ${outcome}`
}

/** True when every step did all it should. */
export function passed(reports: readonly StepReport[]): boolean {
  return reports.every(report => report.failed === 0)
}
