// How values are written into a file, so that no program that opens it takes one for a formula.
import { describe, expect, it } from 'vitest'
import { csvLine, csvValue } from '#server/domain/exports/rules/csv.ts'

describe('a value', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    // Where a comma is part of numbers, spreadsheets split at semicolons.
    ['Ada;=1+1', '"Ada;=1+1"'],
    ['Ada\t=1+1', '"Ada\t=1+1"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-x', "'-x"],
    ['@x', "'@x"],
    ['\tx', `"'\tx"`],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['=a,"b"', `"'=a,""b"""`],
  ])('H15: %j is written as %j', (value, written) => {
    expect(csvValue(value)).toBe(written)
  })

  it('ends lines as RFC 4180 asks', () => {
    expect(csvLine(['a', null, 3, true, new Date(0)])).toBe('a,,3,true,1970-01-01T00:00:00.000Z\r\n')
  })
})
