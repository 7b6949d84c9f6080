// Codes of authenticator apps, as RFC 6238 has them.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { stepOfCode } from '#server/domain/two-step/totp.ts'
import { codeAt } from './authenticator.ts'

describe('codes', () => {
  // RFC 6238, appendix B: the last six of their eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %d seconds are those of RFC 6238', (seconds, code) => {
    const secret = new TextEncoder().encode('12345678901234567890')
    expect(stepOfCode(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30))
    expect(
      stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, new Date(seconds * 1000)),
    ).not.toBeNull()
  })

  it.each([
    [-61, null],
    [-30, -1],
    [0, 0],
    [30, 1],
    [61, null],
  ])('of a clock %d seconds off count for their own step, one step apart at most', (off, delta) => {
    const secret = new TextEncoder().encode('12345678901234567890')
    const at = new Date(1_111_111_110_000)
    const code = codeAt('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ', new Date(at.getTime() + off * 1000))
    const step = stepOfCode(secret, code, at)
    expect(step).toBe(delta === null ? null : 37_037_037 + delta)
  })

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is none', typed => {
    expect(stepOfCode(randomBytes(20), typed, new Date())).toBeNull()
  })
})
