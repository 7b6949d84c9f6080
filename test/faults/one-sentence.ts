// What a person sees of a start that cannot succeed.
import { expect } from 'vitest'
import type { Ending } from '#test/support/server-process.ts'

/** One line for a person: a sentence or two, and no trace of code. */
export function expectOneSentence(ending: Ending, sentence: RegExp): void {
  expect(ending.output).toMatch(sentence)
  expect(ending.output.trimEnd().split('\n')).toHaveLength(1)
  expect(ending.output).not.toMatch(/\bat .*:\d+:\d+|node:internal|Error:|\[object|undefined/)
  expect(ending.output.trimEnd()).toMatch(/[.]$/)
  expect(ending.code).toBe(1)
}
