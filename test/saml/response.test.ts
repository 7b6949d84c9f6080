// Responses of the attack plan, through gate, signature check and post-checks: who gets in, and why nobody else does.
import { describe, expect, it } from 'vitest'
import { readAssertion, type Assertion } from '#server/saml/assertion.ts'
import { admitResponse } from '#server/saml/gate.ts'
import { verifyResponse } from '#server/saml/verify-response.ts'
import { refusal, SsoRefusal } from '#server/domain/sso/rules/refusal.ts'
import {
  assertionXml,
  bareCertificate,
  encoded,
  honest,
  newIdpKey,
  responseXml,
  signed,
  type Said,
} from '#test/support/saml-pen.ts'
import type { SignedPart } from '#server/domain/sso/rules/connection.ts'
import { battery } from './battery.ts'
import { dice, mutate } from './mutate.ts'

const place = {
  acsUrl: 'https://rollcall.test/saml/o/acs',
  audienceUrl: 'https://rollcall.test/saml/o/metadata',
  issuer: 'https://idp.example/entity',
}
const requestId = '_request'
const now = new Date()
const idp = newIdpKey()
const foreign = newIdpKey()
const said = honest({ ...place, inResponseTo: requestId, nameId: 'ada@example.com', now })

/** Milliseconds of our own work: other programs on the machine do not count. */
const workSince = (begun: NodeJS.CpuUsage): number => process.cpuUsage(begun).user / 1_000

interface Setting {
  readonly certificates?: readonly string[]
  readonly part?: SignedPart
}

async function judge(sent: string, setting: Setting = {}): Promise<Assertion> {
  const admitted = admitResponse(sent, { ...place, allowCbc: false })
  if (admitted.inResponseTo === null) throw refusal('unsolicited')
  const certificates = setting.certificates ?? [bareCertificate(idp.cert)]
  const connection = {
    certificates,
    signed: setting.part ?? 'assertion',
    signInUrl: 'https://idp.example/sso',
  }
  const xml = await verifyResponse(admitted.xml, { ...place, connection, decryptionKey: null })
  return readAssertion(xml, { ...place, requestId: admitted.inResponseTo, now })
}

async function endOf(sent: string, setting?: Setting): Promise<string> {
  try {
    const { nameId } = await judge(sent, setting)
    return `accepted as ${nameId}`
  } catch (error) {
    if (error instanceof SsoRefusal) return error.code.replace('sso/', '')
    throw error
  }
}

describe('a response', () => {
  const cases = battery({ idp, foreign, said })
  it.each(cases.map(each => [each.id, each.what, each] as const))(
    '%s: %s',
    async (_id, _what, { sent, ends }) => {
      const begun = process.cpuUsage()
      const end = await endOf(sent)
      if (ends === 'accepted') expect(end).toBe('accepted as ada@example.com')
      else {
        expect(ends).toContain(end)
        expect(workSince(begun)).toBeLessThan(150)
      }
    },
  )
})

describe('what the connection decides', () => {
  const both = signed(signed(responseXml(said), { by: idp }), { by: idp, part: 'Response' })
  const onlyResponse = signed(responseXml(said), { by: idp, part: 'Response' })
  const onlyAssertion = signed(responseXml(said), { by: idp })

  it.each([
    ['assertion', onlyAssertion, 'accepted as ada@example.com'],
    ['assertion', onlyResponse, 'signature'],
    ['assertion', both, 'accepted as ada@example.com'],
    ['response', onlyAssertion, 'signature'],
    ['response', onlyResponse, 'accepted as ada@example.com'],
    ['response', both, 'accepted as ada@example.com'],
    ['both', onlyAssertion, 'signature'],
    ['both', onlyResponse, 'signature'],
    ['both', both, 'accepted as ada@example.com'],
  ] as const)('S6: where %s must be signed, each response ends as it must', async (part, xml, end) => {
    expect(await endOf(encoded(xml), { part })).toBe(end)
  })

  it('S67: two certificates are good during a change-over, and the old one no longer after it', async () => {
    const next = newIdpKey()
    const [old, fresh] = [bareCertificate(idp.cert), bareCertificate(next.cert)]
    const byNext = encoded(signed(responseXml(said), { by: next }))
    expect(await endOf(byNext, { certificates: [old] })).toBe('signature')
    expect(await endOf(byNext, { certificates: [old, fresh] })).toMatch(/^accepted/)
    expect(await endOf(encoded(onlyAssertion), { certificates: [old, fresh] })).toMatch(/^accepted/)
    expect(await endOf(encoded(onlyAssertion), { certificates: [fresh] })).toBe('signature')
  })
})

describe('what is read of an assertion', () => {
  const plain = (name: string, ...values: string[]): string =>
    `<saml:Attribute Name="${name}">${values.map(value => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`
  const reading = (changed: Partial<Said>) =>
    judge(encoded(signed(responseXml({ ...said, ...changed }), { by: idp })))

  it('S59: attributes with hostile names are values in a map and nothing else', async () => {
    const names = ['__proto__', 'constructor', 'role', 'getAssertion', 'getAssertionXml', 'nameID', 'issuer']
    const { attributes, nameId } = await reading({
      attributesXml: names.map(name => plain(name, 'owner')).join(''),
    })
    expect([...attributes.keys()]).toEqual(names)
    expect(nameId).toBe('ada@example.com')
    expect(({} as Record<string, unknown>)['owner']).toBeUndefined()
  })

  it('S59: an attribute with markup in its value, or of more than 1 kB, is no attribute', async () => {
    const { attributes } = await reading({
      attributesXml:
        plain('deep', '<x xmlns="urn:x">owner</x>') +
        plain('long', 'x'.repeat(1_025)) +
        plain('two', 'a', 'b'),
    })
    expect([...attributes]).toEqual([['two', ['a', 'b']]])
  })

  it('keeps the time at which the identity provider ends the session', async () => {
    const sessionEnd = new Date(now.getTime() + 600_000)
    expect((await reading({ sessionEnd })).sessionEnd).toEqual(sessionEnd)
    expect((await reading({})).sessionEnd).toBeNull()
  })
})

/** `SAML_MUTATIONS=100000 SAML_SEED=1` for the long run. */
const mutations = Number(process.env['SAML_MUTATIONS'] ?? 1_000)
const seed = Number(process.env['SAML_SEED'] ?? 20_261_122)

describe('mutated responses', () => {
  const attributesXml =
    '<saml:Attribute Name="mail"><saml:AttributeValue>ada@example.com</saml:AttributeValue></saml:Attribute>'
  const whole = responseXml({ ...said, attributesXml })
  const shown = (assertion: Assertion): string =>
    JSON.stringify({ ...assertion, attributes: [...assertion.attributes] })
  const evilXml = assertionXml({ ...said, nameId: 'owner@example.com', assertionId: '_evil' })
  const originals = [
    signed(whole, { by: idp }),
    signed(signed(whole, { by: idp }), { by: idp, part: 'Response' }),
    signed(whole, { by: idp, part: 'Response' }),
  ]

  it(`S70: of ${String(mutations)} by seed ${String(seed)}, none gets in as someone who was not signed`, async () => {
    const roll = dice(seed)
    const genuine = shown(await judge(encoded(originals[0] ?? '')))
    const ends = new Map<string, number>()
    for (let count = 0; count < mutations; count += 1) {
      const which = count % originals.length
      const xml = mutate(originals[which] ?? '', evilXml, roll)
      const begun = process.cpuUsage()
      const end = await endIn(encoded(xml), which === 2 ? 'response' : 'assertion', genuine)
      expect(workSince(begun), `mutation ${String(count)} took too long`).toBeLessThan(3_000)
      expect(end, `mutation ${String(count)}:\n${xml}`).not.toMatch(/^accepted as another/)
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
    expect(ends.get('signature') ?? 0, JSON.stringify([...ends])).toBeGreaterThan(mutations / 20)
    if (process.env['SAML_MUTATIONS'] !== undefined) process.stdout.write(`${JSON.stringify([...ends])}\n`)
  }, 3_600_000)

  async function endIn(sent: string, part: SignedPart, genuine: string): Promise<string> {
    try {
      const accepted = shown(await judge(sent, { part }))
      return accepted === genuine ? 'accepted unchanged' : `accepted as another: ${accepted}`
    } catch (error) {
      if (error instanceof SsoRefusal) return error.code.replace('sso/', '')
      throw error
    }
  }
})
