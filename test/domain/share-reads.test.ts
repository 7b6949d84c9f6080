// Reads that are shared: never older than the question, one at a time, and a failure ends with those who waited.
import { describe, expect, it } from 'vitest'
import type { Sql } from '#server/domain/context.ts'
import { shareReads } from '#server/domain/share-reads.ts'

const key = (text: string): Uint8Array => Buffer.from(text)
const organization = (): Sql => ({ run: () => Promise.reject(new Error('nobody reads here')) })

/** A read whose answers the test gives, in the order in which they were asked for. */
function readByHand(): {
  readonly ask: (sql: Sql, key: Uint8Array) => Promise<string>
  readonly begun: string[]
  readonly answer: (text: string) => Promise<void>
  readonly fail: () => Promise<void>
} {
  const begun: string[] = []
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void }[] = []
  const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
  return {
    ask: shareReads((_sql, name) => {
      begun.push(Buffer.from(name).toString())
      return new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }))
    }),
    begun,
    answer: text => {
      waiting.shift()?.resolve(text)
      return settled()
    },
    fail: () => {
      waiting.shift()?.reject(new Error('lost'))
      return settled()
    },
  }
}

describe('shared reads', () => {
  it('trust T11: answer nobody with a read that began before the question', async () => {
    const { ask, begun, answer } = readByHand()
    const org = organization()
    const first = ask(org, key('a'))
    const late = [ask(org, key('a')), ask(org, key('a'))]
    expect(begun).toEqual(['a'])
    await answer('before the revocation')
    expect(begun).toEqual(['a', 'a'])
    const later = ask(org, key('a'))
    await answer('after the revocation')
    await answer('later')
    expect(await first).toBe('before the revocation')
    expect(await Promise.all(late)).toEqual(['after the revocation', 'after the revocation'])
    expect(await later).toBe('later')
    expect(begun).toHaveLength(3)
  })

  it('do not mix keys or organizations', async () => {
    const { ask, begun, answer } = readByHand()
    const [one, other] = [organization(), organization()]
    const answers = [ask(one, key('a')), ask(one, key('b')), ask(other, key('a'))]
    expect(begun).toEqual(['a', 'b', 'a'])
    for (const text of ['1a', '1b', '2a']) await answer(text)
    expect(await Promise.all(answers)).toEqual(['1a', '1b', '2a'])
  })

  it('fail for those who wait as well, and for nobody after them', async () => {
    const { ask, begun, answer, fail } = readByHand()
    const org = organization()
    const failed = [ask(org, key('a')), ask(org, key('a')), ask(org, key('a'))].map(asked =>
      asked.catch((error: unknown) => String(error)),
    )
    await fail()
    expect(await Promise.all(failed)).toEqual(['Error: lost', 'Error: lost', 'Error: lost'])
    expect(begun).toHaveLength(1)
    const later = ask(org, key('a'))
    await answer('well')
    expect(await later).toBe('well')
  })

  it('begin anew when nobody is under way', async () => {
    const { ask, begun, answer } = readByHand()
    const org = organization()
    for (const text of ['one', 'two', 'three']) {
      const asked = ask(org, key('a'))
      await answer(text)
      expect(await asked).toBe(text)
    }
    expect(begun).toHaveLength(3)
  })
})
