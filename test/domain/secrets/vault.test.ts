// What is sealed can be opened with the master key that sealed it, as what it is, and in no other way.
import { describe, expect, test } from 'vitest'
import { createVault, type Vault } from '#server/domain/secrets/vault.ts'

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const vaultOf = (...fills: number[]): Vault => {
  const vault = createVault(fills.map(key))
  if (vault === null) throw new Error('A vault needs a key.')
  return vault
}
const secret = new TextEncoder().encode('a private key')
const mine = { orgId: 'a', purpose: 'saml-key' }

describe('a sealed secret', () => {
  test('is opened with its key and hides what it holds', () => {
    const sealed = vaultOf(1).seal(secret, mine)
    expect(vaultOf(1).open(sealed, mine)).toEqual(secret)
    expect(Buffer.from(sealed).includes(Buffer.from('private'))).toBe(false)
    expect(vaultOf(1).seal(secret, mine)).not.toEqual(sealed)
  })

  test.each([
    ['by another key', vaultOf(2), mine],
    ['as that of another organization', vaultOf(1), { ...mine, orgId: 'b' }],
    ['as something else', vaultOf(1), { ...mine, purpose: 'totp' }],
  ])('is not opened %s', (_how, vault, of) => {
    expect(vault.open(vaultOf(1).seal(secret, mine), of)).toBeNull()
  })

  test('is not opened after any byte of it was changed, or some of it is missing', () => {
    const sealed = vaultOf(1).seal(secret, mine)
    for (const index of sealed.keys()) {
      const changed = sealed.map((byte, at) => (at === index ? byte ^ 1 : byte))
      expect(vaultOf(1).open(changed, mine), `byte ${String(index)}`).toBeNull()
      expect(vaultOf(1).open(sealed.subarray(0, index), mine), `${String(index)} bytes`).toBeNull()
    }
  })

  test('is opened after the key was changed while the old one is given, and told to be sealed anew', () => {
    const sealed = vaultOf(1).seal(secret, mine)
    const both = vaultOf(2, 1)
    expect([vaultOf(1).isCurrent(sealed), both.isCurrent(sealed)]).toEqual([true, false])
    const anew = both.seal(both.open(sealed, mine) ?? secret, mine)
    expect(both.isCurrent(anew)).toBe(true)
    expect(vaultOf(2).open(anew, mine)).toEqual(secret)
  })
})

test('without a key there is no vault', () => {
  expect(createVault([])).toBeNull()
})
