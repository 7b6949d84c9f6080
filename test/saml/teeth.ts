// Whether the battery bites: the same responses against an engine alone, without our gate. By hand:
// node scripts/run.mjs test/saml/teeth.ts <folder with node_modules/@node-saml/node-saml of another version>
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bareCertificate, honest, newIdpKey } from '#test/support/saml-pen.ts'
import { battery } from './battery.ts'

interface Engine {
  readonly validatePostResponseAsync: (form: {
    SAMLResponse: string
  }) => Promise<{ profile: { nameID?: string } | null }>
}

async function main(folder: string): Promise<void> {
  const { SAML } = createRequire(join(folder, 'package.json'))('@node-saml/node-saml') as {
    SAML: new (options: object) => Engine
  }
  const place = {
    acsUrl: 'https://sp.example/acs',
    audienceUrl: 'https://sp.example',
    issuer: 'https://idp.example',
  }
  const [idp, foreign] = [newIdpKey(), newIdpKey()]
  const said = honest({ ...place, inResponseTo: '_request', nameId: 'ada@example.com', now: new Date() })
  const engine = new SAML({
    callbackUrl: place.acsUrl,
    issuer: place.audienceUrl,
    entryPoint: 'https://idp.example/sso',
    idpCert: bareCertificate(idp.cert),
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: 60_000,
  })
  let wrong = 0
  for (const { id, what, sent, ends } of battery({ idp, foreign, said })) {
    const end = await engine.validatePostResponseAsync({ SAMLResponse: sent }).then(
      ({ profile }) => `accepted as ${profile?.nameID ?? 'nobody'}`,
      () => 'refused',
    )
    if (end.startsWith('accepted') === (ends === 'accepted')) continue
    wrong += 1
    process.stdout.write(`${id} ${what}: ${end}\n`)
  }
  process.stdout.write(`${String(wrong)} of the battery end wrongly without the gate\n`)
}

await main(process.argv[2] ?? '.')
