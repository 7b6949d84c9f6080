// Whether the battery bites: engines with known holes let the attacker in without our gate, and nobody with it.
import { describe, expect, it } from 'vitest'
import { honest, newIdpKey } from '#test/support/saml-pen.ts'
import { battery } from '../battery.ts'
import { outcomeOf, versionsIn } from './engine.ts'

/** Folders, separated by commas, of which each has its own versions of the packages. */
const folders = (process.env['SAML_ENGINES'] ?? '').split(',').filter(folder => folder !== '')

const [idp, foreign] = [newIdpKey(), newIdpKey()]
const said = honest({
  acsUrl: 'https://sp.example/acs',
  audienceUrl: 'https://sp.example',
  issuer: 'https://idp.example',
  inResponseTo: '_request',
  nameId: 'ada@example.com',
  now: new Date(),
})
const cases = battery({ idp, foreign, said })

/** What each engine alone lets in as the owner, whom nobody signed: a comment in a digest, an instruction, an attribute. */
const forgedAlone: Readonly<Record<string, readonly string[]>> = {
  'node-saml 5.0.0, xml-crypto 6.0.0': ['S25', 'S27', 'S56'],
  'node-saml 5.1.0, xml-crypto 6.1.2': ['S56'],
  'node-saml 5.1.0, xml-crypto 6.3.2': ['S56'],
}

describe.each(folders.map(folder => [versionsIn(folder)] as const))('S71: $name', versions => {
  it('alone lets the battery in where its holes are known', async () => {
    const outcome = await outcomeOf(cases, versions.alone(idp, said))
    process.stdout.write(
      `${versions.name} alone, ${String(cases.length)} cases: ${JSON.stringify(outcome)}\n`,
    )
    expect(outcome.forged).toEqual(forgedAlone[versions.name])
    expect(outcome.wronglyAccepted.length).toBeGreaterThan(10)
  })

  it('behind our gate lets nobody in who must stay out', async () => {
    const outcome = await outcomeOf(cases, versions.behindGate(idp, said))
    process.stdout.write(`${versions.name} behind the gate: ${JSON.stringify(outcome)}\n`)
    expect(outcome.forged).toEqual([])
    expect(outcome.wronglyAccepted).toEqual([])
    // RSA-PSS is what older engines do not know.
    expect(outcome.wronglyRefused).toEqual(versions.name.endsWith('6.3.2') ? [] : ['S1'])
  })
})

it('S71: the oldest engine is among them, and at least two forged owners show that the battery bites', () => {
  const names = folders.map(folder => versionsIn(folder).name)
  expect(names).toContain('node-saml 5.0.0, xml-crypto 6.0.0')
  expect(forgedAlone['node-saml 5.0.0, xml-crypto 6.0.0']?.length).toBeGreaterThanOrEqual(2)
})
