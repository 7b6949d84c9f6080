// Passwords are hashed a few at a time: a rush waits, a flood is told to come back, and everybody else is served.
import { expect, test } from 'vitest'
import { createDecoy, hashPassword, verifyPassword } from '#server/domain/sessions/hash-password.ts'

test('S83: of forty at once two are worked on, twenty wait, and the rest is told to come back', async () => {
  const ended = await Promise.allSettled(Array.from({ length: 40 }, () => hashPassword('a long sentence')))
  const hashes = ended.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  const refused = ended.flatMap(each => (each.status === 'rejected' ? [each.reason as unknown] : []))
  expect([hashes.length, refused.length]).toEqual([22, 18])
  expect(refused[0]).toMatchObject({ kind: 'unavailable', code: 'sessions/busy' })
  expect(new Set(hashes).size).toBe(22)
  expect(await verifyPassword(hashes[0] ?? '', 'a long sentence')).toBe(true)
})

test('S79: a busy moment is forgotten: unknown addresses are compared with a hash again right after it', async () => {
  const decoy = createDecoy()
  const rush = Array.from({ length: 22 }, () => hashPassword('a long sentence'))
  await expect(decoy()).rejects.toMatchObject({ code: 'sessions/busy' })
  await Promise.all(rush)
  expect(await verifyPassword(await decoy(), 'a long sentence')).toBe(false)
  expect(await decoy()).toBe(await decoy())
})

test('S83: while twenty are hashed the process answers others as quickly as before', async () => {
  let turns = 0
  let going = true
  const turn = (): void => {
    turns += 1
    if (going) setImmediate(turn)
  }
  turn()
  const begun = process.cpuUsage()
  await Promise.all(Array.from({ length: 20 }, () => hashPassword('a long sentence')))
  going = false
  expect(process.cpuUsage(begun).user).toBeGreaterThan(20_000)
  expect(turns).toBeGreaterThan(1_000)
})
