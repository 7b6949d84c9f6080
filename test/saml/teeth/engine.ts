// Other versions of the SAML engine, alone and behind our gate.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readAssertion } from '#server/saml/assertion.ts'
import { admitResponse } from '#server/saml/gate.ts'
import { bareCertificate, type Said } from '#test/support/saml-pen.ts'
import type { SelfSigned } from '#test/support/self-signed.ts'
import { evil, type Case } from '../attack.ts'

interface Profile {
  readonly nameID?: string
  readonly getAssertionXml?: () => string
}
interface Engine {
  readonly validatePostResponseAsync: (form: { SAMLResponse: string }) => Promise<{ profile: Profile | null }>
}

export interface Versions {
  /** Such as `node-saml 5.1.0, xml-crypto 6.1.2`. */
  readonly name: string
  /** An engine that believes `idp` and nobody else. */
  readonly alone: (idp: SelfSigned, said: Said) => (sent: string) => Promise<string>
  readonly behindGate: (idp: SelfSigned, said: Said) => (sent: string) => Promise<string>
}

/** `folder` has the packages in its `node_modules`. */
export function versionsIn(folder: string): Versions {
  const require = createRequire(join(folder, 'package.json'))
  const { SAML } = require('@node-saml/node-saml') as { SAML: new (options: object) => Engine }
  const versionOf = (name: string): string =>
    (require(join(folder, 'node_modules', name, 'package.json')) as { version: string }).version
  const engine = (idp: SelfSigned, { acsUrl, audienceUrl }: Said, audience: string | false): Engine =>
    new SAML({
      callbackUrl: acsUrl,
      issuer: audienceUrl,
      entryPoint: 'https://idp.example/sso',
      idpCert: bareCertificate(idp.cert),
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      audience,
      acceptedClockSkewMs: audience === false ? -1 : 60_000,
    })
  const profileOf = async (by: Engine, sent: string): Promise<Profile> => {
    const { profile } = await by.validatePostResponseAsync({ SAMLResponse: sent })
    if (profile === null) throw new Error('Nobody.')
    return profile
  }
  return {
    name: `node-saml ${versionOf('@node-saml/node-saml')}, xml-crypto ${versionOf('xml-crypto')}`,
    alone: (idp, said) => {
      const by = engine(idp, said, said.audienceUrl)
      return async sent => (await profileOf(by, sent)).nameID ?? 'nobody'
    },
    behindGate: (idp, said) => {
      const by = engine(idp, said, false)
      return async sent => {
        const { inResponseTo } = admitResponse(sent, { ...said, allowCbc: false })
        if (inResponseTo === null) throw new Error('Unsolicited.')
        const xml = (await profileOf(by, sent)).getAssertionXml?.() ?? ''
        return readAssertion(xml, { ...said, requestId: inResponseTo }).nameId
      }
    },
  }
}

/** How the battery ended, by the ids of the cases. */
export interface Outcome {
  /** The owner was let in, whom nobody signed. */
  readonly forged: readonly string[]
  /** Had to be refused. */
  readonly wronglyAccepted: readonly string[]
  /** Had to be accepted. */
  readonly wronglyRefused: readonly string[]
}

export async function outcomeOf(
  cases: readonly Case[],
  judge: (sent: string) => Promise<string>,
): Promise<Outcome> {
  const ended: { id: string; good: boolean; name: string | null }[] = []
  for (const { id, sent, ends } of cases)
    ended.push({ id, good: ends === 'accepted', name: await judge(sent).catch(() => null) })
  const ids = (wrong: (each: (typeof ended)[number]) => boolean): string[] =>
    ended.filter(wrong).map(({ id }) => id)
  return {
    forged: ids(({ name }) => name === evil),
    wronglyAccepted: ids(({ good, name }) => !good && name !== null),
    wronglyRefused: ids(({ good, name }) => good && name === null),
  }
}
