// Folds noise: equal reads right after each other become one line that counts them.
import type { Line } from './line.ts'

const within = 2000

function isSameRead(one: Line, two: Line): boolean {
  if (one.call?.method !== 'GET' || two.call?.method !== 'GET') return false
  return one.call.path === two.call.path && one.call.status === two.call.status
}

/** Lines newest first; a run of equal GETs, each within two seconds of the next, keeps its newest line. */
export function foldLines(lines: readonly Line[]): Line[] {
  const folded: Line[] = []
  let before: Line | undefined
  for (const line of lines) {
    const shown = folded.at(-1)
    if (shown && before && isSameRead(before, line) && before.at - line.at <= within) {
      folded[folded.length - 1] = { ...shown, times: shown.times + 1 }
    } else folded.push(line)
    before = line
  }
  return folded
}
